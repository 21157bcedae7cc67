"""Bars that say more than a share: with a mark where the target lies, or left or right of zero."""

from __future__ import annotations

from math import isfinite

from kpi_tui.text.format import TRACK, decimals

SPAN = 1.25  # share of the target at the right end of a marked bar
OPEN, MET = "│", "┿"
"""The target's mark: not reached, reached."""


def marked(share: float | None, cells: int) -> str:
    """`━━━━╸┈┈┈│┈`: how far towards the target; only what reaches it touches the mark, unknown is a track."""
    at = min(int(cells / SPAN), cells - 1)
    if share is None or not isfinite(share):
        return TRACK * at + OPEN + TRACK * (cells - at - 1)
    halves = round(max(share, 0.0) * at * 2)
    if share < 1:
        halves = min(halves, at * 2 - 1)
    whole, rest = divmod(min(halves, cells * 2), 2)
    line = ("━" * whole + "╸" * rest).ljust(cells, TRACK)
    return line[:at] + (MET if share >= 1 else OPEN) + line[at + 1 :]


def sided(value: float | None, most: float, half: int) -> str:
    """`    ▓▓│      `: a bar of at most `half` cells left (below zero) or right of an axis; `most` fills a side."""
    if value is None or not isfinite(value) or not most:
        return " " * half + OPEN + " " * half
    cells = max(round(abs(value) / most * half), 1) if value else 0
    bar = "━" * min(cells, half)
    left, right = (bar, "") if value < 0 else ("", bar)
    return left.rjust(half) + OPEN + right.ljust(half)


def of_points(score: float | None, points: float) -> str:
    """`0.88 / 2`: points earned of those at stake; a dash while unknown."""
    if not points:
        return ""
    limit = decimals(points, 0 if float(points).is_integer() else 1)
    return f"{decimals(score, 2) if score is not None else '—'} / {limit}"
