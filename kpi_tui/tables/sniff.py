"""Files that are not what their name says: recognised by their first bytes and named in the error."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

from kpi_tui.definitions.issue import TableError

_MAGIC = (
    (b"PAR1", "a Parquet file", 'write format = "parquet"'),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel workbook (.xls)", "save it as .xlsx or CSV"),
    (b"\x1f\x8b", "a gzip archive", "unpack it first"),
    (b"%PDF", "a PDF document", "export the table as CSV"),
    (b"SQLite format 3", "an SQLite database", "export the table as CSV"),
    (b"{\\rtf", "a rich text document", "export the table as CSV"),
)
_MARKUP = (b"<!doctype", b"<html", b"<table", b"<?xml", b"<head", b"<meta", b"<script", b"<div")
_JSON = re.compile(rb"\s*(\[\s*[\[{]|\{\s*\")")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def kind_of(content: bytes) -> tuple[str, str]:
    """What the bytes are when they are no delimited text, and what to do; ("", "") when they may be text."""
    if content.startswith(b"PK\x03\x04"):
        return _zip_kind(content)
    for magic, what, hint in _MAGIC:
        if content.startswith(magic):
            return what, hint
    head = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(_MARKUP):
        return "a web page (HTML or XML)", "save the table itself as CSV or .xlsx"
    if _JSON.match(head):
        return "JSON", "turn it into CSV or Parquet, one row per record"
    if b"\x00" in content[:4096] and not content.startswith(_UTF16):
        if content[1:200:2].count(0) > len(content[1:200:2]) * 0.6:
            return "UTF-16 text without a byte order mark", 'write encoding = "utf-16-le"'
        return "binary data", "give a CSV, Parquet or .xlsx file"
    return "", ""


def expect_text(path: Path, content: bytes, encoding: str) -> None:
    """TableError when a file read as CSV is empty or something else."""
    if not content.strip(b"\xef\xbb\xbf \t\r\n"):
        raise TableError(f"{path}: the file is empty")
    what, hint = kind_of(content)
    if what and not (encoding and what.startswith("UTF-16")):
        raise TableError(f"{path}: is {what}, not CSV; {hint}")


def expect_magic(path: Path, magic: bytes, name: str) -> None:
    """TableError when a binary file does not begin as `name` files do."""
    with path.open("rb") as file:
        head = file.read(4096)
    if not head:
        raise TableError(f"{path}: the file is empty")
    if not head.startswith(magic):
        what, hint = kind_of(head)
        said = f"is {what}; {hint}" if what else 'is not one (text?); for delimited text write format = "csv"'
        raise TableError(f"{path}: should be {name}, but {said}")


def _zip_kind(content: bytes) -> tuple[str, str]:
    try:
        names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    except (zipfile.BadZipFile, ValueError, OSError):
        names = []
    if any(name.startswith("xl/") for name in names) or b"xl/" in content[:4096]:
        return "an Excel workbook (.xlsx)", 'write format = "xlsx"'
    return "a zip archive", "unpack it first"
