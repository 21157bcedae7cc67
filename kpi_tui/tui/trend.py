"""A trend drawn tall: blocks of several rows between the smallest and the largest value, gaps for unknown."""

from __future__ import annotations

from collections.abc import Sequence

_BLOCKS = " ▁▂▃▄▅▆▇█"


def tall(values: Sequence[float | None], rows: int, step: int = 2) -> list[str]:
    """`rows` lines from the top; each value is `step` cells wide, the smallest one eighth high."""
    known = [value for value in values if value is not None]
    if not known:
        return []
    low, high = min(known), max(known)
    heights = [_height(value, low, high, rows * 8) for value in values]
    return [_row(heights, rows - 1 - row, step) for row in range(rows)]


def _height(value: float | None, low: float, high: float, eighths: int) -> int:
    """1 … eighths; 0 for unknown. Halved first: the span of two huge floats would overflow."""
    if value is None:
        return 0
    if high == low:
        return eighths // 2
    share = (value / 2 - low / 2) / (high / 2 - low / 2)
    return 1 + round(share * (eighths - 1))


def _row(heights: Sequence[int], floor: int, step: int) -> str:
    """One line; `floor`: rows below it."""
    cells = (_BLOCKS[min(max(height - floor * 8, 0), 8)] for height in heights)
    line = "".join(cell * (step - 1) + " " * (step > 1) for cell in cells)
    if floor == 0:
        gaps = "".join(("·" if height == 0 else " ") + " " * (step - 1) for height in heights)
        return "".join(gap if gap == "·" else cell for cell, gap in zip(line, gaps, strict=True))
    return line
