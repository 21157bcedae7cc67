"""Answers to who plans, chooses metrics, makes posts and gives weights: frozen, they know no screen and no language.

Owns what is told beside definitions. Never a definition itself.
"""
