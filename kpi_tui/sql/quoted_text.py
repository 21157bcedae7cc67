"""A text as SQL writes it: in single quotes, its own doubled."""

from __future__ import annotations


def quoted_text(text: str) -> str:
    """`it's` → `'it''s'`."""
    return "'" + text.replace("'", "''") + "'"
