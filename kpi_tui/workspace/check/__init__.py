"""Definitions judged against each other and against good practice.

Owns cross checks and advice. Never reads TOML.
"""
