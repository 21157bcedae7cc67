"""Edits of what a workspace says, and what of it reaches into a period that is closed. A class per part of the Book.

Owns when an edit is late, and since when it counts. Never knows how TOML is written.
"""
