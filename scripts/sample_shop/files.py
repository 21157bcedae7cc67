"""Rows into files: CSV for people, Parquet for the large tables, one small workbook."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from xml.sax.saxutils import escape

import polars as pl

from .layout import Sheet
from .shop import Row

_OPEN = "http://schemas.openxmlformats.org"
_OFFICE = f"{_OPEN}/officeDocument/2006/relationships"
_MAIN = f"{_OPEN}/spreadsheetml/2006/main"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_RELATION = (
    f'<Relationships xmlns="{_OPEN}/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/%s" Target="%s"/></Relationships>'
)
_XLSX = {
    "[Content_Types].xml": f'<Types xmlns="{_OPEN}/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/>'
    "</Types>",
    "_rels/.rels": _RELATION % ("officeDocument", "xl/workbook.xml"),
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
    '<sheet name="神秘顾客" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": _RELATION % ("worksheet", "worksheets/sheet1.xml"),
}


def text(cell: object) -> str:
    """A cell as the CSV files write it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return cell.isoformat(sep=" ") if isinstance(cell, datetime) else str(cell)


def write_csv(path: Path, sheet: Sheet, rows: Sequence[Row], dirty: Sequence[Sequence[str]]) -> None:
    """A text file; the dirty lines stand near its end, as they are."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(sheet.columns)
    lines = [[text(cell) for cell in row] for row in rows]
    writer.writerows([*lines[:-9], *dirty, *lines[-9:]])
    path.write_bytes(out.getvalue().encode(sheet.encoding))


def write_parquet(path: Path, columns: Sequence[str], rows: Sequence[Row]) -> None:
    """A Parquet file that is the same for the same rows."""
    frame = pl.DataFrame(list(rows), schema=list(columns), orient="row", infer_schema_length=None)
    seconds = [
        pl.col(name).cast(pl.Datetime("ms")) for name, kind in frame.schema.items() if isinstance(kind, pl.Datetime)
    ]
    frame.with_columns(seconds).write_parquet(
        path, compression="zstd", compression_level=19, statistics=False, row_group_size=1_000_000
    )


def write_xlsx(path: Path, sheet: Sheet, rows: Sequence[Row]) -> None:
    """A workbook of one sheet, with inline strings and no clock in it."""
    lines = "".join(f"<row>{''.join(map(_cell, row))}</row>" for row in [sheet.columns, *rows])
    parts = {
        **_XLSX,
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}"><sheetData>{lines}</sheetData></worksheet>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, body in parts.items():
            entry = zipfile.ZipInfo(name, (2026, 11, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            book.writestr(entry, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' + body)


def _cell(cell: object) -> str:
    if cell is None:
        return "<c/>"
    if isinstance(cell, float | int):
        return f"<c><v>{cell}</v></c>"
    shown = cell.isoformat() if isinstance(cell, date) else str(cell)
    return f'<c t="inlineStr"><is><t>{escape(shown)}</t></is></c>'
