"""The names of the columns of a delimited file, read from its header or given by the source."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kpi_tui.definitions.issue import TableError
from kpi_tui.definitions.message import say, says
from kpi_tui.definitions.written.blanks import BLANKS_AROUND
from kpi_tui.tables.source.csv.delimiter import BLANKS, check_delimiter, commonest, guessed
from kpi_tui.tables.source.title_rows import LOOKED, ONE_ROW, HeaderRows, header_of

_DATA = re.compile(r"[+-]?\d+([.,:/-]\d+)*")
_MOST_LINES = 20


@dataclass(frozen=True, slots=True)
class Header:
    """Names of the columns, each once; `lines` is how many lines of the file they take up."""

    names: tuple[str, ...]
    delimiter: str
    lines: int
    twice: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()
    nameless: frozenset[str] = frozenset()
    """Names made for columns whose header is blank."""

    @property
    def mark(self) -> str:
        """What stands between two cells of a line; a tab where lines divided by blanks were tidied."""
        return "\t" if self.delimiter == BLANKS else self.delimiter


def read_header(path: Path, lines: Sequence[str], delimiter: str, names: Sequence[str] = ()) -> Header:
    """The header in the first line that is not blank, or `names` before it. TableError when there is none."""
    start = next((i for i, line in enumerate(lines) if line.strip()), None)
    if start is None:
        raise TableError(say("{path}: the file is empty", path=path))
    check_delimiter(path, delimiter)
    if names:
        return _given(path, lines[start:], delimiter, names)
    above = _above(lines[start : start + LOOKED], delimiter)
    first, start = start, start + above.titles
    delimiter = delimiter or guessed(lines[start], lines[start + 1 :])
    if delimiter == BLANKS:
        cells, used = lines[start].split(), 1
    else:
        cells, used = _cells(path, lines[start:], delimiter)
    if above.rows > above.titles:
        cells, used = list(above.names), 1 + above.rows - above.titles
    cells = [cell.strip(BLANKS_AROUND) for cell in cells]
    found, twice = _unique(cells)
    nameless = frozenset(name for name, cell in zip(found, cells, strict=True) if not cell)
    notes: list[str] = [
        say("{path}: the header has {name!r} more than once; the later one is {name}_2", path=path.name, name=name)
        for name in twice
    ]
    notes += above.notes(path.name, first + 1)
    if data := [cell for cell in cells if _DATA.fullmatch(cell)]:
        notes.append(
            say(
                "{path}: the first row looks like data, not like names ({data!r}); a header is needed",
                path=path.name,
                data=data[0],
            )
        )
        notes.append(
            says(
                '{path}: write header = ["…"], a name for its only column, or add it',
                '{path}: write header = ["…", "…"], a name for each of the {count} columns, or add it',
                len(found),
                path=path.name,
            )
        )
    return Header(tuple(found), delimiter, start + used, frozenset(twice), tuple(notes), nameless)


def _given(path: Path, lines: Sequence[str], delimiter: str, given: Sequence[str]) -> Header:
    """Names the source gives; every line of the file is data."""
    delimiter = delimiter or guessed(lines[0], lines[1:])
    width = len(lines[0].split() if delimiter == BLANKS else _cells(path, lines, delimiter)[0])
    if width != len(given):
        raise TableError(
            says(
                "{path}: the first row has {width} cell, but `header` names {names}",
                "{path}: the first row has {width} cells, but `header` names {names}",
                width,
                path=path,
                width=width,
                names=len(given),
            )
        )
    if len(set(given)) < len(given) or not all(name.strip() for name in given):
        raise TableError(say("{path}: `header` needs a name of its own for every column", path=path))
    return Header(tuple(given), delimiter, 0)


def _above(lines: Sequence[str], delimiter: str) -> HeaderRows:
    """How many lines above the header are titles, and whether it has two rows."""
    sign = delimiter or commonest(lines)
    if sign == BLANKS:
        return ONE_ROW
    try:
        return header_of([next(csv.reader([line], delimiter=sign), []) for line in lines])
    except csv.Error:
        return ONE_ROW


def _cells(path: Path, lines: Sequence[str], delimiter: str) -> tuple[list[str], int]:
    for used in range(1, min(len(lines), _MOST_LINES) + 1):
        try:
            return next(
                csv.reader(["\n".join(lines[:used]).removesuffix("\r")], delimiter=delimiter, strict=True)
            ), used
        except csv.Error:
            continue
    raise TableError(say("{path}: row 1: the header has a quote that is never closed", path=path))


def _unique(cells: Sequence[str]) -> tuple[list[str], list[str]]:
    names: dict[str, None] = {}
    twice: dict[str, int] = {}
    for number, cell in enumerate(cells, 1):
        name = base = cell or f"column_{number}"
        while name in names:
            twice[base] = twice.get(base, 1) + 1
            name = f"{base}_{twice[base]}"
        names[name] = None
    return list(names), list(twice)
