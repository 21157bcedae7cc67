"""Analyses that stand on pages beside the metrics: moves between states, campaigns.

Owns the questions behind them. Never lays an answer out.
"""
