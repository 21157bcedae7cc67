"""Attainment, scorecards and bonus: plain arithmetic over numbers that are already known."""
