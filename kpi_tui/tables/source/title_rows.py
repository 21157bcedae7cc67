"""Rows above the records: titles, export times, blank lines, and a header of one row or two."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kpi_tui.definitions.message import listed, say

LOOKED = 30  # rows at the top of a file in which a header is looked for
_DATA = re.compile(r"[+-]?[¥$€]?\d+([.,:/-]\d+)*%?([ T]\d.*)?")
_LEAST = 3  # columns of a table

Rows = Sequence[Sequence[str | None]]


@dataclass(frozen=True, slots=True)
class HeaderRows:
    """Where a header stands: `titles` rows above it, then `rows - titles + 1` rows of names; `names` of its columns.

    A first row that is the header alone has `rows` 0.
    """

    titles: int
    rows: int
    names: tuple[str, ...]

    def notes(self, file: str, first: int) -> Iterator[str]:
        """What the profile says of the rows above the records; `first`: the number of the first row of the sheet."""
        if self.titles:
            yield title_note(file, first, first + self.titles)
        if self.rows > self.titles:
            yield say(
                "{file}: rows {first} and {last} are the header: {names}",
                file=file,
                first=first + self.titles,
                last=first + self.rows,
                names=listed(self.names),
            )


ONE_ROW = HeaderRows(0, 0, ())


def header_of(rows: Rows) -> HeaderRows:
    """The header among the first rows of a file: the first row unless titles stand above it or it has two rows."""
    at = header_at(rows)
    return _of_two_rows(rows[:LOOKED], at) or HeaderRows(at, at, _named(rows[at] if rows else ()))


def _named(cells: Sequence[str | None]) -> tuple[str, ...]:
    """The cells of a header row as names; a column without one keeps a name of its own."""
    return tuple(_text(cell) or f"column_{at}" for at, cell in enumerate(cells, 1))


def _text(cell: str | None) -> str:
    return (cell or "").strip()


def _of_two_rows(rows: Rows, header: int) -> HeaderRows | None:
    """Group headings (金额) above names (应付, 实付), with names that stand in the upper row alone beside them.

    `header`: the first row that is no title. It is the upper one, or the lower one below few groups; further down stand
    records, whatever they look like.
    """
    for at in range(max(header - 1, 0), min(header + 1, len(rows) - 2)):
        upper, lower = ([_text(cell) for cell in rows[at + n]] for n in (0, 1))
        if names := _together(upper, lower, rows[at + 2 :]):
            return HeaderRows(at, at + 1, names)
    return None


def _together(upper: Sequence[str], lower: Sequence[str], below: Rows) -> tuple[str, ...]:
    """The names of the columns that both rows say together; none where they are no header of two rows.

    The names of the lower row where they are unique, else each with its group. Numbers stand below some of them.
    """
    width = max(len(upper), len(lower))
    upper, lower = ([*row, *[""] * (width - len(row))] for row in (upper, lower))
    groups = _groups(upper, lower)
    grouped = [at for at in range(width) if groups[at]]
    if width < _LEAST or not grouped or any(_DATA.fullmatch(cell) for cell in (*upper, *lower) if cell):
        return ()
    names = [under or over for over, under in zip(upper, lower, strict=True)]
    said = [name for name in names if name]
    is_title = all(lower) and (len(set(said)) == len(said) or len({*groups}) == 1)
    spanning = any(lower[at] and lower[at + 1] and upper[at] and not upper[at + 1] for at in range(width - 1))
    nameless = [at for at in range(width) if not names[at] and any(at < len(row) and row[at] for row in below)]
    if is_title or not spanning or nameless or not any(_holds_data(below, at) for at in grouped):
        return ()
    if len(set(said)) < len(said):
        names = [f"{groups[at]} {name}" if groups[at] else name for at, name in enumerate(names)]
    names = [name or f"column_{at}" for at, name in enumerate(names, 1)]
    return tuple(names) if len(set(names)) == len(names) else ()


def _groups(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """Of each column that the lower row names the heading above it, which stands over the first of its group."""
    found, last = [], ""
    for over, under in zip(upper, lower, strict=True):
        last = (over or last) if under else ""
        found.append(last)
    return found


def _holds_data(below: Rows, at: int) -> bool:
    cells = [text for row in below if at < len(row) and (text := _text(row[at]))]
    return bool(cells) and 2 * sum(bool(_DATA.fullmatch(cell)) for cell in cells) > len(cells)


def header_at(rows: Rows) -> int:
    """Index of the header among the first rows of a file; 0 unless the rows above it are plainly titles.

    Titles fill less than half of the columns the rows below have; a header fills most of them and holds no numbers.
    """
    filled = [[cell.strip() for cell in row if cell and cell.strip()] for row in rows[:LOOKED]]
    width = max((len(row) for row in filled), default=0)
    if width < _LEAST or not filled or len(filled[0]) * 2 >= width:
        return 0
    at = next((i for i, row in enumerate(filled) if len(row) * 2 >= width), 0)
    names = filled[at]
    fills = [len(row) * 2 >= len(names) for row in filled[at + 1 :] if row]
    while fills and not fills[-1]:
        fills.pop()  # a footer below a short table
    is_table = sum(fills) * 2 > len(fills)  # most rows fill it, ragged lists do not
    looks_right = is_table and len(set(names)) == len(names) and not any(_DATA.fullmatch(name) for name in names)
    return at if looks_right else 0


def title_note(name: str, first: int, header: int) -> str:
    """What the profile says about the rows left out above the header (row numbers as an editor counts)."""
    rows = (
        say("row {first} stands", first=first)
        if header - first == 1
        else say("rows {first} to {last} stand", first=first, last=header - 1)
    )
    return say("{name}: {rows} above the header, which is row {header}", name=name, rows=rows, header=header)
