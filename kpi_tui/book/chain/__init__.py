"""Chains in the Book: what is agreed and typed for them, their cards, and the metrics that are read off them.

Owns what a chain is scored from. Never scores it or judges its links.
"""
