"""Lines that no table has: one that never ends, or millions of hardly a character, told before they take the memory."""

from __future__ import annotations

from pathlib import Path

from kpi_tui.definitions.issue import TableError
from kpi_tui.definitions.message import say

MOST_BYTES = 10_000_000
"""Of one line: a sheet of 16,384 columns has some 200,000."""
_MANY = 2_000_000
_SHORT = 4.0
"""Bytes of `a,b` and its line end."""


def expect_lines(path: Path, content: bytes, first: int = 1) -> None:
    """TableError where a line is too long, or many are too short; `first`: the row number of the first line."""
    end = b"\n" if b"\n" in content else b"\r"
    at = 0
    while len(content) - at > MOST_BYTES:
        after = content.rfind(end, at, at + MOST_BYTES) + 1
        if not after:
            raise TableError(
                say("{path}: row {row} has more than {most:,} characters: a line end is missing, or a cell holds a"
                    " whole file; export it again", path=path, row=first + content.count(end, 0, at), most=MOST_BYTES)
            )  # fmt: skip
        at = after
    if len(content) > _MANY and (lines := content.count(end)) > _MANY and len(content) < lines * _SHORT:
        raise TableError(
            say("{path}: hardly a character a line ({lines:,} in all), so it is no table; export it again",
                path=path, lines=lines)
        )  # fmt: skip
