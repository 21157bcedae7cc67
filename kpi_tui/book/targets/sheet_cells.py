"""The cells of a sheet as wishes: whose number, of what and when, and the number meant; or why it cannot be told."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from kpi_tui.book.targets.period_headings import SaidPeriod, said_period
from kpi_tui.book.targets.sheet_layout import Layout, as_months, meant_period
from kpi_tui.definitions.answers.targets.imported_cells import FileCell, FileTrouble
from kpi_tui.definitions.message import say
from kpi_tui.definitions.target import TargetKey
from kpi_tui.definitions.written.plain_word import CLEAR, NOTHING, plain
from kpi_tui.definitions.written.printed_amount import either_way, printed_amount, uses_decimal_comma
from kpi_tui.definitions.written.total_words import TOTAL_WORDS
from kpi_tui.definitions.written.typed_amount import AmountError, either_percent, is_doubtful, possible

if TYPE_CHECKING:
    from kpi_tui.book.targets.cell_names import NameIndex
    from kpi_tui.definitions.period import Period
    from kpi_tui.tables.source.cell_grid import Grid

_TOTAL = frozenset(map(plain, TOTAL_WORDS))


@dataclass(frozen=True, slots=True)
class Wish:
    """One cell as the file wants it. `is_exported`: the file tells what it was when it was written."""

    cell: FileCell
    period: Period
    key: TargetKey
    to: float | None
    is_exported: bool
    exported: float | None
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Keys:
    """How the cells of a folder are named: who can hold one, what, and the unit it is in."""

    key: Callable[[str, str], TargetKey | str]  # texts of the owner and the metric -> the cell, or why there is none
    unit: Callable[[TargetKey], str]
    names: NameIndex


class SheetCells:
    """Reads the rows of one sheet below its header."""

    def __init__(self, grid: Grid, layout: Layout, keys: Keys, period: Period | None) -> None:
        self._grid, self._layout, self._keys, self._period = grid, layout, keys, period
        places = [(row, column) for row in self._below() for column in self._columns()]
        texts = [text for place in places if (text := self._text(*place))]
        self._comma = uses_decimal_comma(texts)
        self._months = as_months([one for row in self._below() if (one := self._said(row))])

    def read(self) -> Iterator[Wish | FileTrouble]:
        """A wish or a trouble per cell with something in it, from the top."""
        owner = ""
        for row in self._below():
            owner = self._text(row, self._layout.role) or owner  # cells joined over several rows hold the first
            named = self._text(row, self._layout.metric)
            if not named or plain(named) in _TOTAL or plain(owner) in _TOTAL:
                continue
            cells = [column for column in self._columns() if self._says_something(row, column)]
            if cells:
                yield from self._row(row, owner, named, cells)

    def _row(self, row: int, owner: str, named: str, cells: list[int]) -> Iterator[Wish | FileTrouble]:
        key = self._keys.key(owner, named)
        if not isinstance(key, TargetKey):
            yield self._trouble(row, self._layout.metric, key)
            return
        exported = _exported(self._text(row, self._layout.exported))
        for column in cells:
            period = self._layout.periods.get(column) or self._when(row)
            if period is None:
                yield self._no_period(row, column)
            else:
                yield self._wish(row, column, period, key, exported)

    def _wish(
        self, row: int, column: int, period: Period, key: TargetKey, exported: Mapping[str, float | None]
    ) -> Wish | FileTrouble:
        text = self._text(row, column)
        cell = self._cell(row, column)
        known, was = period.id in exported, exported.get(period.id)
        if plain(text) in CLEAR:
            return Wish(cell, period, key, None, known, was, False)
        if self._grid.lacks_value(row, column):
            why = say("a formula without a stored value: open the file in Excel and save it")
            return FileTrouble(cell, why)
        try:
            to = possible(self._amount(row, column, self._keys.unit(key), was), self._keys.unit(key))
        except AmountError as error:
            return FileTrouble(cell, str(error))
        return Wish(cell, period, key, to, known, was, is_doubtful(text.lstrip("-−(+"), to, self._keys.unit(key)))

    def _amount(self, row: int, column: int, unit: str, was: float | None) -> float:
        text = self._text(row, column)
        number = _float(text)
        if self._grid.is_percent(row, column) and number is not None:
            return number
        if was is not None and number is not None and unit == "percent":
            return _of_export(text, number, was)
        if self._grid.divider == ";" and self._comma is None and (why := either_way(text)):
            raise AmountError(why)
        return printed_amount(text, unit, decimal_comma=bool(self._comma))

    def _when(self, row: int) -> Period | None:
        said = self._said(row)
        return meant_period(said, self._months) if said else None if self._layout.when >= 0 else self._period

    def _said(self, row: int) -> SaidPeriod | None:
        layout = self._layout
        return said_period(self._text(row, layout.when), layout.year, layout.calendar)

    # --- cells -------------------------------------------------------------------------------
    def _below(self) -> range:
        return range(self._layout.header + 1, len(self._grid.rows))

    def _columns(self) -> list[int]:
        return list(self._layout.periods) or [self._layout.value]

    def _text(self, row: int, column: int) -> str:
        cells = self._grid.rows[row]
        return (cells[column] or "") if 0 <= column < len(cells) else ""

    def _says_something(self, row: int, column: int) -> bool:
        return plain(self._text(row, column)) not in NOTHING or self._grid.lacks_value(row, column)

    def _cell(self, row: int, column: int) -> FileCell:
        return FileCell(self._grid.sheet, self._grid.address(row, column), self._text(row, column))

    def _trouble(self, row: int, column: int, why: str) -> FileTrouble:
        return FileTrouble(self._cell(row, column), why)

    def _no_period(self, row: int, column: int) -> FileTrouble:
        if self._layout.when < 0:
            return self._trouble(row, column, say("the sheet does not say of which period: --period says it"))
        return self._trouble(row, self._layout.when, say("no period; write 2026-10, 2026-W43, 2026-Q4 or 2026"))


def _exported(text: str) -> dict[str, float | None]:
    """`2026-10=0.28 2026-11=`: what the cells of a row were when the file was written; nothing where it is damaged."""
    parts = [part.partition("=") for part in text.split()]
    read = {period: (value, _float(value)) for period, sign, value in parts if sign}
    return {period: number for period, (value, number) in read.items() if number is not None or not value}


def _of_export(text: str, number: float, was: float) -> float:
    """A rate in a file of ours is a fraction as all others in it; 5 where 0.05 stood may be 5 % or 500 %."""
    if abs(number) >= 1 and abs(was) < 1:
        raise AmountError(either_percent(text, Decimal(text)))
    return number


def _float(text: str) -> float | None:
    """A number as a program writes it; None for all else."""
    try:
        number = float(text) if text.isascii() and "_" not in text else math.nan
    except ValueError:
        return None
    return number if math.isfinite(number) else None
