"""Text in terminal cells: how wide it is, and fitted to a width without cutting a wide character in half."""

from __future__ import annotations

from typing import Literal

from rich.cells import cell_len, set_cell_size

from kpi_tui.text.clean import clean

ELLIPSIS = "…"
Align = Literal["left", "right", "centre"]


def width(text: str) -> int:
    """Terminal cells of a cleaned text: 2 for a Chinese character."""
    return cell_len(text)


def fit(text: str, cells: int, align: Align = "left") -> str:
    """The cleaned text in exactly `cells` terminal cells: padded, or cut with `…`."""
    text = clean(text)
    size = cell_len(text)
    if size > cells:
        return _cut(text, cells)
    room = cells - size
    if align == "right":
        return " " * room + text
    if align == "centre":
        return " " * (room // 2) + text + " " * (room - room // 2)
    return text + " " * room


def _cut(text: str, cells: int) -> str:
    if cells <= 0:
        return ""
    # A wide character cut in half leaves a blank: the mark goes right behind the last whole one.
    kept = set_cell_size(text, cells - 1).rstrip(" ") + ELLIPSIS
    return kept + " " * (cells - cell_len(kept))
