"""Delimited text: every column as text, every row accounted for."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import polars as pl

from kpi_tui.definitions.issue import TableError
from kpi_tui.definitions.library.table import TableSource
from kpi_tui.definitions.message import say, says
from kpi_tui.tables.source.csv.delimiter import BLANKS
from kpi_tui.tables.source.csv.footer import without_footer
from kpi_tui.tables.source.csv.header import Header, read_header
from kpi_tui.tables.source.csv.mistaken_encoding import mistaken_encoding
from kpi_tui.tables.source.csv.records import Records, sort_lines
from kpi_tui.tables.source.encoding import decode, doubted, doubts
from kpi_tui.tables.source.mistaken_files import expect_text
from kpi_tui.tables.source.raw_rows import Raw, numbered
from kpi_tui.tables.source.refusals.line_lengths import expect_lines
from kpi_tui.tables.source.text_cells import tidied


def read_csv(path: Path, source: TableSource) -> Raw:
    """Every row of one file as text; empty cells are null. TableError names the file and what is wrong."""
    content = path.read_bytes()
    expect_text(path, content, source.encoding)
    expect_lines(path, content)
    text, encoding = decode(path, content, source.encoding)
    lines, notes = _lines(path, text)
    header = read_header(path, lines, source.delimiter, source.header)
    rows, below = without_footer(plain_lines(lines[header.lines :], header), header, header.lines + 1)
    records = sort_lines(rows, header.lines + 1, header)
    frame = frame_of(path, records, header, without_nothing=True)
    if records.total < 1:
        notes.append(say("{path}: has a header but no rows", path=path.name))
    read_as = encoding if not source.encoding else ""
    if doubt := doubts(text, read_as) or (mistaken_encoding(content, text) if read_as == "gb18030" else ""):
        notes.append(doubted(path, doubt))
    notes += [*header.notes, *records.notes, *below]
    return Raw(frame, records.total, records.rejected, encoding, tuple(notes), header.twice)


def plain_lines(lines: list[str], header: Header) -> list[str]:
    """Lines after the header; where blanks divide the cells, a run of them becomes one tab."""
    if header.delimiter != BLANKS:
        return lines
    return [re.sub(r"[ \t]+", "\t", line.strip(" \t\r")) for line in lines]


def frame_of(path: Path, records: Records, header: Header, *, without_nothing: bool = False) -> pl.DataFrame:
    """The cells of records as tidy text, empty ones null, with ROW and FILE.

    `without_nothing`: columns with neither a name nor a cell (the commas that a spreadsheet adds) are left out.
    """
    bulk = numbered(_bulk(path, records.clean, header), records.clean["row"])
    if records.single:
        cells = [cells for _, cells in records.single]
        extra = pl.DataFrame(cells, schema=dict.fromkeys(header.names, pl.String), orient="row")
        rows = pl.Series([row for row, _ in records.single], dtype=pl.Int64)
        bulk = pl.concat([bulk, numbered(extra, rows)]).sort("kpi:row")
    if without_nothing:
        bulk = bulk.drop([name for name in header.nameless if bulk[name].null_count() == bulk.height])
    return tidied(bulk)


def _lines(path: Path, text: str) -> tuple[list[str], list[str]]:
    """The lines of a file, a CR before the LF still there; bare CR line ends are read and noted."""
    notes: list[str] = []
    if "\r" in text and "\n" not in text:
        text = text.replace("\r", "\n")
        notes.append(bare_returns(path))
    return text.removesuffix("\n").split("\n"), notes


def bare_returns(path: Path) -> str:
    """A sentence about a file whose lines end as on an old Mac."""
    return say("{path}: line ends are bare carriage returns (CR)", path=path.name)


def _bulk(path: Path, clean: pl.DataFrame, header: Header) -> pl.DataFrame:
    """Clean lines through polars; the count is checked, and `csv` reads them where polars disagrees."""
    schema = dict.fromkeys(header.names, pl.String)
    if clean.is_empty():
        return pl.DataFrame(schema=schema)
    text: str = clean["line"].str.join("\n").item()
    try:
        frame = pl.read_csv(
            io.BytesIO(text.encode()),
            has_header=False,
            schema=schema,
            separator=header.mark,
            quote_char='"' if '"' in text else None,
            raise_if_empty=False,
        )
    except pl.exceptions.PolarsError:
        frame = pl.DataFrame(schema=schema)
    if frame.height != clean.height:
        cells = list(csv.reader(text.split("\n"), delimiter=header.mark, strict=True))
        frame = pl.DataFrame(cells, schema=schema, orient="row")
    if frame.height != clean.height:
        raise TableError(
            says(
                "{path}: {counted} row was counted but {read} were read",
                "{path}: {counted} rows were counted but {read} were read",
                clean.height,
                path=path,
                counted=clean.height,
                read=frame.height,
            )
        )
    return frame
