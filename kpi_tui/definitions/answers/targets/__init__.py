"""Answers about targets of many cells: proposed with their backtest, read from a file, laid out over a year.

Owns the shape of these answers. Never computes one.
"""
