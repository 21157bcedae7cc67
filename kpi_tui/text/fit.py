"""Text in terminal cells: how wide it is, and fitted to a width without cutting a wide character in half."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from rich.cells import cell_len, set_cell_size

from kpi_tui.text.clean import clean

ELLIPSIS = "…"
_BESIDE, _LEADS_TO = " · ", " → "
_SHORTEST = 5
"""Cells of a name at least: with fewer of them its id alone would tell no more."""
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


def fit_name(text: str, cells: int) -> str:
    """As `fit`, but a name that is cut keeps the id behind it: `Corporate gift… · P20`, on both sides of `→`."""
    text = clean(text)
    if cell_len(text) <= cells:
        return fit(text, cells)
    sides = text.split(_LEADS_TO)
    room = cells - cell_len(_LEADS_TO) * (len(sides) - 1)
    parts = [_with_id(part, wide) for part, wide in zip(sides, _shares(sides, room), strict=True)]
    return fit(_LEADS_TO.join(parts), cells) if all(parts) else fit(text, cells)


def _with_id(text: str, cells: int) -> str:
    """A name in at most so many cells, its id whole; "" where there is none, or no room for both."""
    name, between, id_ = text.rpartition(_BESIDE)
    if cell_len(text) <= cells:
        return text
    room = cells - cell_len(between + id_)
    is_one = between and " " not in id_ and between not in name  # `name · id  days · who` is no id at the end
    return _cut(name, room).rstrip() + between + id_ if is_one and room >= _SHORTEST else ""


def _shares(parts: Sequence[str], room: int) -> list[int]:
    """So many cells for each: what a short one leaves is the others'."""
    shares = [0] * len(parts)
    for left, at in enumerate(sorted(range(len(parts)), key=lambda at: cell_len(parts[at]))):
        shares[at] = min(cell_len(parts[at]), (room - sum(shares)) // (len(parts) - left))
    return shares


def _cut(text: str, cells: int) -> str:
    if cells <= 0:
        return ""
    # A wide character cut in half leaves a blank: the mark goes right behind the last whole one.
    kept = set_cell_size(text, cells - 1).rstrip(" " + ELLIPSIS) + ELLIPSIS
    return kept + " " * (cells - cell_len(kept))
