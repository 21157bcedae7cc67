"""How much of a large table is read, prepared or computed at a time."""

from __future__ import annotations

PART_ROWS = 500_000
"""Rows of a part; a table or fact of not more rows is held in memory and read as a whole."""

ROW_BYTES = 100
"""Bytes taken for a row of a delimited file, whose rows cannot be counted before they are read."""
