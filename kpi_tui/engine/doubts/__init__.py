"""Rows that hardly mean what they should, noted at the values that rest on them.

Owns currencies, keys that do not meet and amounts that are unknown. Never changes a number.
"""

from __future__ import annotations
