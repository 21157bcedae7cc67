"""Rows that hardly mean what they should: counted for `check`, noted at the values that rest on them.

Owns counts of rows by condition, words of columns and keys that do not meet. Never changes a number.
"""

from __future__ import annotations
