"""Files that are not what their name says: recognised by their first bytes and named in the error."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

from kpi_tui.definitions.issue import TableError
from kpi_tui.definitions.message import say
from kpi_tui.tables.source.encoding import UTF16_MARKS, UTF32_MARKS, lacks_utf16_mark

DAMAGED = say("a damaged zip archive")
WORKBOOK = say("an Excel workbook (.xlsx)")
_LOOKED = 1 << 22
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WITH_PASSWORD = "EncryptedPackage".encode("utf-16-le")
_MAGIC = (
    (b"PARE", say("an encrypted Parquet file"), say("save it without encryption")),
    (b"PAR1", say("a Parquet file"), say('write format = "parquet"')),
    (_OLE, say("an old Excel workbook (.xls)"), say("save it as .xlsx or CSV")),
    (b"\x1f\x8b", say("a gzip archive"), say("unpack it first")),
    (b"PK\x05\x06", say("a zip archive"), say("unpack it first")),
    (b"%PDF", say("a PDF document"), say("export the table as CSV")),
    (b"SQLite format 3", say("an SQLite database"), say("export the table as CSV")),
    (b"{\\rtf", say("a rich text document"), say("export the table as CSV")),
)
_MARKUP = (b"<!doctype", b"<html", b"<table", b"<?xml", b"<head", b"<meta", b"<script", b"<div")
_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_JSON = re.compile(rb"\s*(\[\s*[\[{]|\{\s*\")")


def kind_of(content: bytes) -> tuple[str, str]:
    """What the bytes are when they are no delimited text, and what to do; ("", "") when they may be text."""
    if content.startswith(b"PK\x03\x04"):
        return _zip_kind(content)
    if content.startswith(_OLE) and _WITH_PASSWORD in content:
        return say("an Excel workbook with a password"), say("save it without one")
    for magic, what, hint in _MAGIC:
        if content.startswith(magic):
            return what, hint
    head = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(_MARKUP):
        return say("a web page (HTML or XML)"), say("save the table itself as CSV or .xlsx")
    if _JSON.match(head):
        return "JSON", say("turn it into CSV or Parquet, one row per record")
    if b"\x00" in content[:4096] and not content.startswith((*UTF16_MARKS, *UTF32_MARKS)):
        if lacks_utf16_mark(content):
            return say("UTF-16 text without a byte order mark"), say('write encoding = "utf-16-le"')
        if not _is_text_with_nul(content[:4096]):
            return say("binary data"), say("give a CSV, Parquet or .xlsx file")
    return "", ""


def _is_text_with_nul(head: bytes) -> bool:
    """Text in which a few bytes are 0, of a disk that was full: it is read, and the row is told."""
    return head.count(0) * 4 < len(head) and not _CONTROL.search(head)


def expect_text(path: Path, content: bytes, encoding: str) -> None:
    """TableError when a file read as CSV is empty or something else."""
    if not content.strip(b"\xef\xbb\xbf \t\r\n"):
        raise TableError(say("{path}: the file is empty", path=path))
    what, hint = kind_of(content)
    if what and not (encoding and what.startswith("UTF-16")):
        raise TableError(say("{path}: is {what}, not CSV; {hint}", path=path, what=what, hint=hint))


def expect_magic(path: Path, magic: bytes, name: str) -> None:
    """TableError when a binary file does not begin as `name` files do."""
    with path.open("rb") as file:
        head = file.read(_LOOKED)
    if not head:
        raise TableError(say("{path}: the file is empty", path=path))
    what, hint = kind_of(head)
    if not head.startswith(magic) or what not in ("", name, DAMAGED):
        said = (
            say("is {what}; {hint}", what=what, hint=hint)
            if what
            else say('is not one (text?); for delimited text write format = "csv"')
        )
        raise TableError(say("{path}: should be {name}, but {said}", path=path, name=name, said=said))


def _zip_kind(content: bytes) -> tuple[str, str]:
    """By the names of its parts; the end of a large or damaged one is not there to be asked."""
    try:
        names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    except (zipfile.BadZipFile, ValueError, OSError):
        names = []
    if b"mimetypeapplication/vnd.oasis.opendocument" in content[:200]:
        return say("an OpenDocument file (.ods)"), say("save it as .xlsx or CSV")
    if "xl/workbook.bin" in names:
        return say("a binary Excel workbook (.xlsb)"), say("save it as .xlsx or CSV")
    if any(name.lower().startswith(("xl/", "xl\\")) for name in names) or b"xl/" in content[:4096]:
        return WORKBOOK, say('write format = "xlsx"')
    if not names:
        return DAMAGED, say("export it again")
    return say("a zip archive"), say("unpack it first")
