"""Rows sorted by a column: by what its cells say, each group for itself, what is not known last."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from kpi_tui.render.drawn import exact
from kpi_tui.text.format import DASH
from kpi_tui.text.phrase import joined, translate
from kpi_tui.views.cells import Cell, SparkCell, StateCell, TextCell
from kpi_tui.views.view import Column, Row

_RANKS = {"weak": 0.0, "near": 1.0, "on_target": 2.0}


@dataclass(frozen=True, slots=True)
class RowOrder:
    """By which column and which way; `group`: the heading whose lines alone are sorted, empty for every group.

    `turned`: it was the other way round before.
    """

    column: str
    down: bool
    group: str = ""
    turned: bool = False

    @property
    def mark(self) -> str:
        """Beside the column's title: ▼ the largest first, ▲ the smallest."""
        return "▼" if self.down else "▲"

    def reversed(self) -> RowOrder:
        """The other way round."""
        return replace(self, down=not self.down, turned=True)


def in_order(
    rows: Iterable[Row], columns: Sequence[Column], order: RowOrder, trees: Collection[str] = ()
) -> tuple[Row, ...]:
    """Lines between two headings or totals sorted among themselves; those two keep their places.

    `trees`: headings whose lines mean something by their order and keep it.
    """
    place = next((n for n, column in enumerate(columns) if column.key == order.column), None)
    done: list[Row] = []
    heading = ""
    for is_line, run in groupby(rows, lambda row: row.kind == "line"):
        found = list(run)
        if is_line:
            wanted = place is not None and order.group in ("", heading) and heading not in trees
            done += _sorted(found, place or 0, order.down) if wanted else found
            continue
        done += found
        heading = next((row.key for row in reversed(found) if row.kind == "heading"), heading)
    return tuple(done)


def starts_down(rows: Iterable[Row], place: int) -> bool:
    """Whether the largest comes first at the first press: numbers do so, words begin with A."""
    known = [said for row in rows if row.kind == "line" and (said := _said(row, place)) is not None]
    return bool(known) and not isinstance(known[0], str)


def _sorted(rows: Sequence[Row], place: int, down: bool) -> list[Row]:
    """Numbers, then words, then what is not known; equals stay as they were."""
    said = [(row, _said(row, place)) for row in rows]
    numbers = [(value, row) for row, value in said if isinstance(value, float)]
    words = [(value, row) for row, value in said if isinstance(value, str)]
    numbers.sort(key=lambda pair: pair[0], reverse=down)
    words.sort(key=lambda pair: _alphabetic(pair[0]), reverse=down)
    unknown = [row for row, value in said if value is None]
    return [*(row for _, row in numbers), *(row for _, row in words), *unknown]


def _alphabetic(word: str) -> bytes:
    """Latin letters by A to Z, Chinese by pinyin: GB 2312 lists its 3755 common characters so, and GB 18030 keeps that.

    Code points follow the radicals, an order nobody can look a name up in. Rarer characters stand before the common
    ones or behind them, by radical.
    """
    return word.encode("gb18030", "replace")


def _said(row: Row, place: int) -> float | str | None:
    return _value(row.cells[place]) if place < len(row.cells) else None


def _value(cell: Cell) -> float | str | None:
    match cell:
        case TextCell(exact=int() | float() as number):
            return float(number)
        case TextCell():
            return translate(cell.word, brief=True).replace(DASH, "").strip().casefold() or None
        case StateCell():
            return _RANKS.get(cell.state)
        case SparkCell():
            return next((one.value for one in reversed(cell.series.points) if one.value is not None), None)
        case _:
            kept = exact(cell)
            return float(kept) if isinstance(kept, int | float) else None


def marked(row: Row, columns: Sequence[Column], order: RowOrder | None) -> Row:
    """As drawn: a heading that names its figures itself, with the mark beside the sorted one; other rows as they are.

    The mark is no part of the row: copied, found and sorted is what the row says.
    """
    if order is None or not order.group or row.key != order.group:
        return row
    cells = [
        replace(cell, word=joined(cell.word, order.mark, between=" "))
        if column.key == order.column and isinstance(cell, TextCell)
        else cell
        for cell, column in zip(row.cells, columns, strict=False)
    ]
    return replace(row, cells=tuple(cells))
