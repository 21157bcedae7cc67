"""Large delimited files, block by block: each block ends where no record can reach into the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

import polars as pl

from kpi_tui.definitions.issue import TableError
from kpi_tui.definitions.library.table import TableSource
from kpi_tui.definitions.message import say
from kpi_tui.tables.source.csv.footer import without_footer
from kpi_tui.tables.source.csv.header import Header, read_header
from kpi_tui.tables.source.csv.records import UNCLOSED, complete, sort_lines
from kpi_tui.tables.source.csv.whole_file import bare_returns, frame_of, plain_lines
from kpi_tui.tables.source.encoding import doubted, holds_nul
from kpi_tui.tables.source.large_table_size import ROW_BYTES
from kpi_tui.tables.source.mistaken_files import expect_text
from kpi_tui.tables.source.parts import Parts
from kpi_tui.tables.source.raw_rows import FILE, Raw, merged
from kpi_tui.tables.source.refusals.line_lengths import expect_lines

_UTF8 = ("", "utf-8", "utf8", "utf-8-sig")
_MARK = "\ufeff"


class CsvParts(Parts):
    """UTF-8 files of one header."""

    def __init__(self, source: TableSource, paths: Sequence[Path], headers: Sequence[Header], block: int) -> None:
        self._source = source
        self._paths = paths
        self._headers = headers
        self._block = block
        self.count = sum(-(-path.stat().st_size // block) for path in paths)

    def __iter__(self) -> Iterator[Raw]:
        for number, (path, header) in enumerate(zip(self._paths, self._headers, strict=True)):
            for raw in self._file(path, header):
                rejected = merged([(raw.rejected, path.name)]) if len(self._paths) > 1 else raw.rejected
                frame = raw.frame.with_columns(pl.lit(number, dtype=pl.Int32).alias(FILE))
                yield Raw(frame, raw.rows_read, rejected, raw.encoding, raw.notes, raw.twice)

    def _file(self, path: Path, header: Header) -> Iterator[Raw]:
        """Rows of one file. Lines that may belong to an unfinished record wait for the next block."""
        blocks = _blocks(path, self._block)
        text = next(blocks)
        encoding = "utf-8 with BOM" if text.startswith(_MARK) else "utf-8"
        encoding = self._source.encoding or encoding
        lines = plain_lines(text.removeprefix(_MARK).split("\n")[header.lines :], header)
        row, unclosed, notes, damaged = header.lines + 1, 0, header.notes, ""
        for following in chain(blocks, (None,)):
            if following is None:
                lines, below = without_footer(lines, header, row)
                notes = (*notes, *below)
            end = len(lines) if following is None else complete(lines, header)
            if end:
                records = sort_lines(lines[:end], row, header, unclosed)
                unclosed += records.counts.get(UNCLOSED, 0)
                if not damaged and (damaged := holds_nul("\n".join(lines[:end]), row)):
                    notes = (doubted(path, damaged), *notes)
                said = (*notes, *records.notes)
                frame = frame_of(path, records, header)
                yield Raw(frame, records.total, records.rejected, encoding, said, header.twice)
                row, notes = row + end, ()
            lines = lines[end:] + ([] if following is None else plain_lines(following.split("\n"), header))


def csv_parts(source: TableSource, paths: Sequence[Path], size: int) -> CsvParts | None:
    """The files in parts of about `size` rows, when they are longer, UTF-8 and of one header; else None."""
    block = size * ROW_BYTES
    if source.encoding.lower() not in _UTF8 or sum(path.stat().st_size for path in paths) <= block:
        return None
    try:
        headers = [_header(path, source, block) for path in paths]
    except TableError:
        return None  # reading it as a whole says what it is, or finds the encoding
    names = {(header.names, header.delimiter, header.lines) for header in headers}
    return CsvParts(source, paths, headers, block) if len(names) == 1 else None


def _header(path: Path, source: TableSource, block: int) -> Header:
    """The header of a file, told by its first block. TableError when it is no such text."""
    text = next(_blocks(path, block), "")
    expect_text(path, text.encode(), source.encoding)
    if "\r" in text and "\n" not in text:
        raise TableError(bare_returns(path))
    return read_header(path, text.removeprefix(_MARK).split("\n"), source.delimiter, source.header)


def _blocks(path: Path, size: int) -> Iterator[str]:
    """Whole lines of a file, about `size` bytes at a time, without the line end of the last one.

    TableError when they are no UTF-8 (GB18030 is told by the whole file only), or no lines of a table.
    """
    rest, row = b"", 1
    try:
        with path.open("rb") as file:
            while read := file.read(size):
                expect_lines(path, rest + read, row)
                lines, found, after = (rest + read).rpartition(b"\n")
                if found:
                    yield lines.decode("utf-8")
                    row += lines.count(b"\n") + 1
                rest = after
            if rest:
                yield rest.decode("utf-8")
    except UnicodeDecodeError:
        raise TableError(say("{path}: is not UTF-8", path=path)) from None
