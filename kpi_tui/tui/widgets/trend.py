"""A trend drawn tall: blocks of several rows on the axis of a spark, gaps for unknown."""

from __future__ import annotations

from collections.abc import Container, Sequence

from kpi_tui.text.marks_behind_numbers import PARTIAL
from kpi_tui.text.sparks import Axis, axis

_BLOCKS = " ▁▂▃▄▅▆▇█"


def tall(values: Sequence[float | None], rows: int, step: int = 2, partial: Container[int] = ()) -> list[str]:
    """`rows` lines from the top; each value is `step` cells wide, at least one eighth high.

    The places in `partial` are marked on the ground and not compared.
    """
    if all(value is None for value in values):
        return []
    whole = [None if place in partial else value for place, value in enumerate(values)]
    span = axis([value for value in whole if value is not None])
    heights = [_height(value, span, rows * 8) for value in whole]
    ground = [PARTIAL if place in partial and value is not None else "·" for place, value in enumerate(values)]
    return [_row(heights, rows - 1 - row, step, ground) for row in range(rows)]


def _height(value: float | None, span: Axis, eighths: int) -> int:
    """1 … eighths; 0 for unknown."""
    return 0 if value is None else max(round(span.height(value) * eighths), 1)


def _row(heights: Sequence[int], floor: int, step: int, ground: Sequence[str]) -> str:
    """One line; `floor`: rows below it. What has no height shows its sign on the lowest line."""
    blocks = (_BLOCKS[min(max(height - floor * 8, 0), 8)] * max(step - 1, 1) for height in heights)
    cells = (
        sign if floor == 0 and not height else block
        for block, height, sign in zip(blocks, heights, ground, strict=True)
    )
    return "".join(cell.ljust(step) for cell in cells)
