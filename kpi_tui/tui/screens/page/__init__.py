"""The pages of a workspace: one at a time, every section below the other.

Owns the choice of the page, what of it stands on the screen, and its notes. Never says what a section shows.
"""
