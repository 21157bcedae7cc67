"""Rows as they stand in the files, before any mapping."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from kpi_tui.definitions.answers.value import Rejected

ROW = "kpi:row"  # number of the row in its file, as an editor or spreadsheet counts
NAME = "kpi:name"  # of its file, as messages say it: only where a mapping asks for it
FILE = "kpi:file"  # index of the file in the source
EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class MetJoin:
    """How far the rows of another file met: `found` of `rows` have a match; `share` of the keys of the shorter side.

    `columns` are those it gave; `example` is a key of ours without a match, `beside` one of theirs.
    """

    name: str
    key: str
    columns: tuple[str, ...]
    rows: int
    found: int
    share: float
    example: str = ""
    beside: str = ""


@dataclass(frozen=True, slots=True)
class SheetStart:
    """A sheet among those of a workbook that are one table: its first row is `before` + 1 of them all."""

    file: int
    before: int
    sheet: str


def in_sheet(starts: Sequence[SheetStart], file: int, row: int) -> tuple[str, int]:
    """The sheet of a row and its number there; "" and the row itself where a file has no such sheets."""
    found = [one for one in starts if one.file == file and one.before < row]
    return (found[-1].sheet, row - found[-1].before) if found else ("", row)


@dataclass(frozen=True, slots=True)
class Raw:
    """Rows of one or more files: `frame` has the file's columns plus ROW (Int64) and FILE (Int32)."""

    frame: pl.DataFrame
    rows_read: int
    rejected: tuple[Rejected, ...] = ()
    encoding: str = ""
    notes: tuple[str, ...] = ()
    twice: frozenset[str] = frozenset()  # names the header has more than once
    kinds: Mapping[str, frozenset[pl.DataType]] = field(default_factory=dict)  # of columns that differ between files
    joined: tuple[MetJoin, ...] = ()
    absent: tuple[tuple[str, tuple[str, ...]], ...] = ()  # file, and the columns of other files that it lacks
    merged_down: Mapping[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    """Column -> first and last row of each cell that is merged over several rows."""
    titles: str = ""
    """The name of the sheet and what stands above the header."""
    starts: tuple[SheetStart, ...] = ()
    """Where the sheets of a workbook begin that are read one after the other."""

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the file's own columns."""
        return tuple(name for name in self.frame.columns if name not in (ROW, FILE))


def numbered(frame: pl.DataFrame, rows: pl.Series | None = None, first: int = 1) -> pl.DataFrame:
    """Add ROW (given, or counted from `first`) and FILE 0."""
    count = pl.int_range(first, first + frame.height, dtype=pl.Int64, eager=True) if rows is None else rows
    return frame.with_columns(count.cast(pl.Int64).alias(ROW), pl.lit(0, dtype=pl.Int32).alias(FILE))


def merged(parts: Iterable[tuple[Sequence[Rejected], str]]) -> tuple[Rejected, ...]:
    """Rejections with the same reason counted together; examples say their file when a name is given."""
    counts: dict[str, int] = {}
    examples: dict[str, list[tuple[int, str]]] = {}
    days: dict[str, Counter[str]] = {}
    for rejected, name in parts:
        for item in rejected:
            counts[item.reason] = counts.get(item.reason, 0) + item.count
            said = [(row, f"{name}: {text}" if name else text) for row, text in item.examples]
            examples.setdefault(item.reason, []).extend(said)
            days.setdefault(item.reason, Counter()).update(item.days)
    return tuple(
        Rejected(why, count, tuple(examples[why][:EXAMPLES]), dict(days[why])) for why, count in counts.items()
    )
