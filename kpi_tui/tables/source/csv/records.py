"""Lines of a delimited file sorted into records, without ever losing one to a stray quote.

A line that is a whole record of the right width by itself is *clean* and goes to polars in bulk; the few
others (quotes that do not close, quoted line breaks, wrong width, blank) are read one by one with `csv`.
Why not `scan_csv`: it said 100 instead of 200,000 rows because of one quote.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

from kpi_tui.definitions.answers.value import Rejected
from kpi_tui.definitions.message import say
from kpi_tui.tables.source.blank_row import BLANK_ROW
from kpi_tui.tables.source.csv.header import Header
from kpi_tui.tables.source.raw_rows import EXAMPLES

_MOST_LINES = 2_000  # of one quoted cell
_FEW_LINES = 20  # the same, once a file has shown that its quotes are not to be trusted
_PATIENCE = 200  # quotes that never closed
_SHOWN = 200
UNCLOSED = say("a quote that is never closed")
"""The reason of a rejected line whose quote has no end."""


@dataclass(slots=True)
class Records:
    """`clean`: (row, line) frame for bulk reading; `single`: records read one by one; rows count from 1."""

    clean: pl.DataFrame
    single: list[tuple[int, list[str]]] = field(default_factory=list)
    bad: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def reject(self, why: str, row: int, text: str) -> None:
        """Count a row that is no record, with its text while there is room for examples."""
        self.counts[why] = self.counts.get(why, 0) + 1
        if len(shown := self.bad.setdefault(why, [])) < EXAMPLES:
            shown.append((row, text[:_SHOWN]))

    @property
    def rejected(self) -> tuple[Rejected, ...]:
        """The rejections by reason."""
        return tuple(Rejected(why, count, tuple(self.bad[why])) for why, count in self.counts.items())

    @property
    def total(self) -> int:
        """Records of the file, rejected ones included."""
        return self.clean.height + len(self.single) + sum(self.counts.values())


def sort_lines(lines: Sequence[str], first: int, header: Header, unclosed: int = 0) -> Records:
    """Judge lines after the header; `first` is the row number of the first one.

    `unclosed` says how many stray quotes the lines before them had.
    """
    width = len(header.names)
    frame = _judged(lines, first, width, header.mark)
    records = Records(frame)
    taken = _read_odd(frame, lines, first, header, records, unclosed)
    rest = frame if not taken else frame.filter(~pl.col("row").is_in(list(taken)))
    _reject_all(rest.filter(~pl.col("kind").is_in(["clean", "odd"])), width, records)
    records.clean = rest.filter(pl.col("kind") == "clean").select("row", "line")
    return records


def _reject_all(lines: pl.DataFrame, width: int, records: Records) -> None:
    """Count lines that are no records by reason, reasons as they come first; a damaged file may have millions."""
    by_reason = lines.group_by(pl.col("kind") == "blank row", few=pl.col("cells") < width, maintain_order=True)
    for (is_blank, is_few), found in by_reason:
        why = BLANK_ROW if is_blank else _width_reason(0 if is_few else width + 1, width)
        for row, text in found.select("row", "line").head(EXAMPLES).iter_rows():
            records.reject(why, row, text)
        records.counts[why] += found.height - min(found.height, EXAMPLES)


def complete(lines: Sequence[str], header: Header) -> int:
    """How many lines can be sorted before the ones that follow are known: no record reaches beyond them."""
    odd = _judged(lines, 0, len(header.names), header.mark).filter(pl.col("kind") == "odd")["row"].to_list()
    end = len(lines)
    for row in reversed(odd):
        if end - row > _MOST_LINES:
            break
        end = row
    return end


def _judged(lines: Sequence[str], first: int, width: int, delimiter: str) -> pl.DataFrame:
    """Columns row, line, kind (clean, odd, blank row, ragged), cells."""
    line = pl.col("line")
    quoted = line.str.contains('"', literal=True)
    cells = line.str.count_matches(delimiter, literal=True).cast(pl.Int64) + 1
    blank = line.str.strip_chars(delimiter + " \t\r\u3000") == ""
    whole = pl.when(quoted).then(line).str.contains(_whole_record(width, delimiter))  # slow: quoted lines only
    kind = (
        pl.when(blank)
        .then(pl.lit("blank row"))
        .when(quoted)
        .then(pl.when(whole).then(pl.lit("clean")).otherwise(pl.lit("odd")))
        .when(cells == width)
        .then(pl.lit("clean"))
        .otherwise(pl.lit("ragged"))
    )
    rows = pl.int_range(first, first + len(lines), dtype=pl.Int64, eager=True)
    frame = pl.DataFrame({"row": rows, "line": pl.Series(lines, dtype=pl.String).str.strip_suffix("\r")})
    return frame.with_columns(kind.alias("kind"), cells.alias("cells"))


def _whole_record(width: int, delimiter: str) -> str:
    """A regular expression for `width` cells, each quoted in full or without any quote (RFC 4180), or `="…"`."""
    mark = r"\t" if delimiter == "\t" else re.escape(delimiter)
    cell = f'(?:"(?:[^"]|"")*"|="[^"{mark}]*"|[^"{mark}]*)'
    return f"^{cell}(?:{mark}{cell}){{{width - 1}}}$"


def _width_reason(cells: int, width: int) -> str:
    if cells < width:
        return say("too few cells (the header has {width})", width=width)
    return say("too many cells (the header has {width})", width=width)


def _read_odd(
    frame: pl.DataFrame, lines: Sequence[str], first: int, header: Header, records: Records, before: int
) -> set[int]:
    """Read lines with unusual quotes; returns the rows that belong to records longer than a line."""
    width, delimiter = len(header.names), header.mark
    kinds = frame["kind"]
    taken: set[int] = set()
    for row in frame.filter(pl.col("kind") == "odd")["row"].to_list():
        if row in taken:
            continue
        at = row - first
        unclosed = before + records.counts.get(UNCLOSED, 0)
        cells, used = _parse(lines, at, delimiter, _MOST_LINES if unclosed < _PATIENCE else _FEW_LINES)
        if cells is None or (used > 1 and _swallows_rows(kinds[at + 1 : at + used - 1].to_list())):
            records.reject(UNCLOSED, row, _joined(lines, at, 1))
        else:
            taken.update(range(row, row + used))
            if len(cells) == width:
                records.single.append((row, cells))
            else:
                records.reject(_width_reason(len(cells), width), row, _joined(lines, at, used))
    return taken


def _swallows_rows(kinds: Sequence[str]) -> bool:
    """True when most lines inside a quoted cell are whole records: then the quote is a stray one."""
    return bool(kinds) and kinds.count("clean") * 2 >= len(kinds)


def _joined(lines: Sequence[str], at: int, used: int) -> str:
    """A record of several lines, line breaks inside its cells as they stand in the file."""
    return "\n".join(lines[at : at + used]).removesuffix("\r")


def _parse(lines: Sequence[str], at: int, delimiter: str, most: int) -> tuple[list[str] | None, int]:
    """The record that begins at line `at` and the number of lines it takes; None when no quote closes it."""
    quotes = 0
    for used in range(1, min(most, len(lines) - at) + 1):
        quotes += (here := lines[at + used - 1].count('"'))
        if used > 1 and (not here or quotes % 2):
            continue
        try:
            found = list(csv.reader([_joined(lines, at, used)], delimiter=delimiter, strict=True))
        except csv.Error as error:
            if "unexpected end of data" in str(error):
                continue
            return None, 1
        return (found[0], used) if len(found) == 1 else (None, 1)
    return None, 1
