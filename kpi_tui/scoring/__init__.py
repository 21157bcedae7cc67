"""Attainment, scorecards, bonus, and the targets and scores of a chain: plain arithmetic over numbers already known.

Owns every formula between an actual, a target and points. Never asks for a number, imports polars or says what a
score means.
"""
