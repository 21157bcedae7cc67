"""Segments of a break-down (`--by`): how a value of the column is called, and their order."""

from __future__ import annotations

from collections.abc import Iterable

NULL_SEGMENT = "(none)"
"""How rows without a value in the column are called."""


def segment_of(value: object) -> str:
    """The segment of a value of the column."""
    return NULL_SEGMENT if value is None else str(value)


def in_order(segments: Iterable[str | None]) -> list[str]:
    """Each segment once, by name; the total (None) is none of them."""
    return sorted({segment for segment in segments if segment is not None})
