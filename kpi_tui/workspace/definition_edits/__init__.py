"""Edits of what a workspace says: roles, people, bonus, stages, modules, north star, with their date.

Owns how a key path leads through hand-written TOML and what a change of it writes. Never decides what a role should be.
"""
