"""Targets as a list and to be edited, roles and their weights.

Owns the wording and the columns of these answers, for command and screen. Never changes a target.
"""
