"""Answers of analyses that stand on pages: moves between states, campaigns, lists.

Owns their frozen values. Never how one is found or laid out.
"""
