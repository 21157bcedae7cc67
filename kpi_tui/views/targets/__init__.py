"""Targets as a list, the history of what was changed, roles and their weights.

Owns the wording and the columns of these answers, for command and screen. Never changes a target.
"""
