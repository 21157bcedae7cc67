"""Amounts of rows: those a condition asks for, those that are not known, and both sides of a quotient without them.

Owns which rows and columns of a measure these are, as SQL conditions. Never runs a query.
"""

from __future__ import annotations
