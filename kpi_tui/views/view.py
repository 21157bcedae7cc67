"""A View: one answer laid out once, for screen, command and report. It knows no language and no medium."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, TypeVar

from kpi_tui.definitions.period import Period
from kpi_tui.text.phrase import Word
from kpi_tui.views.cells import Cell, TextCell, Tone
from kpi_tui.views.charts import Chart

METRIC = "metric "
"""Before the key of a row that is a metric: a screen can go on from there."""
OWNER = "owner "
"""Before the key of a row that is a role or a person."""
ADVICE = "advice"
"""The key of a sentence that a screen shows below the table too; other notes have a place of their own there."""
WIDE = 9
"""The `drop` of columns that only a wide table has room for, not the page on a screen."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and how it is meant; `key` says what it is about, for who wants it in a place of its own.

    `hint`: what a person at a screen can press; paper and commands go without it.
    """

    word: Word
    tone: Tone = ""
    key: str = ""
    hint: Word = ""


@dataclass(frozen=True, slots=True)
class Headline:
    """Who, when and how good, for the head of a screen: the score of `possible`, and its change where comparable.

    `what` is counted: a score, or the points of a chain; `possible` is None where nothing is scored.
    """

    who: Word
    period: Period
    as_of: date | None = None
    score: float | None = None
    possible: float | None = None
    change: float | None = None
    partial: bool = False
    what: Literal["score", "points"] = "score"
    change_mark: str = ""

    @property
    def share(self) -> float | None:
        """The score as a share of what was possible."""
        return self.score / self.possible if self.score is not None and self.possible else None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet. `key` heads csv files, `title` heads tables, `short` does where room is dear.

    Widths in terminal cells: fixed (`width`), as wide as its text (`least` … `most`), or elastic (`flex` > 0).
    `drop`: columns with the highest number leave first when room is short, 0 always stays. `csv` False: drawn
    only (a bar, a glyph); `hidden`: for csv only; `back`: a hidden one that a workbook keeps too, out of sight, because
    the file is read back by it.
    """

    key: str
    title: Word = ""
    width: int = 0
    least: int = 1
    most: int = 40
    flex: int = 0
    right: bool = False
    drop: int = 0
    short: Word = ""
    csv: bool = True
    hidden: bool = False
    back: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A line, a heading over lines (the cursor steps over it), or a total. `key`: what the cursor stands on.

    `told`: the heading is a sentence over the whole line and names nothing below it.
    """

    key: str
    cells: tuple[Cell, ...] = ()
    heading: Word = ""
    total: bool = False
    told: bool = False

    @property
    def kind(self) -> Literal["line", "heading", "total"]:
        """A heading may name the figures below it in cells of its own."""
        return "heading" if self.heading else "total" if self.total else "line"


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows under columns, a title above, sentences below. `key` names the sheet within its view.

    `tab`: what a workbook calls it, where its title does not tell.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...] = ()
    title: Word = ""
    notes: tuple[Sentence, ...] = ()
    key: str = ""
    tab: Word = ""

    def only(self, *keys: str) -> Sheet:
        """The sheet with these columns, in this order: a command and a screen show different ones of the same rows."""
        at = {column.key: place for place, column in enumerate(self.columns)}
        places = [at[key] for key in keys]
        rows = (replace(row, cells=tuple(row.cells[n] for n in places)) if row.cells else row for row in self.rows)
        return replace(self, columns=tuple(self.columns[n] for n in places), rows=tuple(rows))

    def bare(self) -> Sheet:
        """The rows alone: a screen has the title and what is said in places of their own."""
        return replace(self, title="", notes=())

    def shown(self) -> list[int]:
        """Places of the columns a person sees: not hidden, and with something in them."""
        places = [place for place, column in enumerate(self.columns) if not column.hidden]
        return [place for place in places if any(place < len(row.cells) for row in self.rows)]


@dataclass(frozen=True, slots=True)
class View:
    """An answer: title, sentences, sheets, charts, and `data`, its JSON contract.

    `name`: what a file of it is called, where the title does not tell it from others.
    """

    title: Word = ""
    sentences: tuple[Sentence, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    charts: tuple[Chart, ...] = ()
    data: object = None
    headline: Headline | None = None
    name: str = ""

    def sentence(self, key: str) -> Sentence | None:
        """The first sentence of that key, of the view or under one of its sheets."""
        notes = (note for sheet in self.sheets for note in sheet.notes)
        return next((one for one in (*self.sentences, *notes) if one.key == key), None)

    def charts_of(self, sheet: Sheet) -> tuple[Chart, ...]:
        """The pictures of one of its sheets."""
        return tuple(one for one in self.charts if one.key and one.key == sheet.key)

    def own_charts(self) -> tuple[Chart, ...]:
        """Those of none of its sheets; what is the picture of a row is for a screen, which has a cursor."""
        return tuple(one for one in self.charts if not one.key)

    def sheet(self, key: str) -> Sheet | None:
        """The sheet of that key."""
        return next((one for one in self.sheets if one.key == key), None)


def sheet(
    columns: Sequence[Column],
    rows: Iterable[Row | Sequence[Cell]],
    title: Word = "",
    notes: Iterable[Sentence | Word] = (),
    key: str = "",
) -> Sheet:
    """A sheet whose lines all have a cell per column; plain lists of cells become lines numbered from 0."""
    lines = tuple(row if isinstance(row, Row) else Row(str(n), tuple(row)) for n, row in enumerate(rows))
    if any(len(row.cells) != len(columns) for row in lines if row.kind != "heading"):
        raise ValueError("a row has another number of cells than the sheet has columns")
    said = tuple(note if isinstance(note, Sentence) else Sentence(note) for note in notes if note)
    return Sheet(tuple(columns), lines, title, said, key)


def left_out(word: Word) -> Sentence:
    """How many lines more there are than stand in a sheet: a screen says it too, else the lines look like all."""
    return Sentence(word, key=ADVICE)


def line(columns: Sequence[Column], key: str, cells: Mapping[str, Cell], total: bool = False) -> Row:
    """The cells of these columns by their keys, blank where there is none: lines of several kinds in one sheet."""
    return Row(key, tuple(cells.get(column.key, TextCell()) for column in columns), total=total)


Thing = TypeVar("Thing")
Columns = list[tuple[Column, Callable[[Thing], Cell]]]
"""Columns, each beside what it shows of a thing."""


def listed(
    things: Iterable[Thing],
    columns: Sequence[tuple[Column, Callable[[Thing], Cell]]],
    key: Callable[[Thing], str],
    title: Word = "",
    notes: Iterable[Sentence | Word] = (),
    name: str = "",
) -> Sheet:
    """A line per thing; a column stands beside what it shows of a thing. `key` is of a row, `name` of the sheet."""
    rows = [Row(key(one), tuple(cell(one) for _column, cell in columns)) for one in things]
    return sheet([column for column, _cell in columns], rows, title, notes, name)


def pairs(title: Word, found: Iterable[tuple[Word, Word] | tuple[Word, Word, Tone]], key: str = "") -> Sheet:
    """Label and text, and perhaps how the text is meant."""
    from kpi_tui.views.cells import text

    columns = [Column("key"), Column("value", flex=1)]
    return sheet(columns, [[text(label, "muted"), text(word, *tone)] for label, word, *tone in found], title, key=key)
