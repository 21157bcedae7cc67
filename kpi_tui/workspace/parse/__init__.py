"""TOML tables into definitions, one file per kind.

Owns names and defaults of keys. Never judges one definition against another.
"""
