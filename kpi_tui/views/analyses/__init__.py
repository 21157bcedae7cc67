"""Analyses that stand on pages beside the metrics: moves between states, campaigns.

Owns the layout of these answers, for commands and screens alike. Never computes one.
"""
