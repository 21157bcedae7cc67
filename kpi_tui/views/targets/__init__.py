"""Targets as a list, their history, what is not saved; roles and their weights."""
