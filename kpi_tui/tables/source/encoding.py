"""Bytes to text: UTF-8 strictly first, UTF-16 and UTF-32 by their marks, then GB18030; never a silent replacement."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from kpi_tui.definitions.issue import TableError
from kpi_tui.definitions.message import say
from kpi_tui.definitions.written.encodings import is_encoding

UTF32_MARKS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_BOM8 = codecs.BOM_UTF8
_RUNS = re.compile(r"[^\x00-\x7f]+")
_LONE = re.compile(r"(?<=[A-Za-z])[^\x00-\x7f](?=[A-Za-z])")
_HINT = say('set `encoding` of the table, e.g. encoding = "cp1252"')


def decode(path: Path, content: bytes, encoding: str = "") -> tuple[str, str]:
    """The text without byte order mark, and the name of the encoding used. TableError names file and row."""
    if encoding:
        return _strictly(path, content, encoding), encoding
    if content.startswith(UTF32_MARKS):  # before UTF-16, whose mark it begins with
        return _strictly(path, content, "utf-32"), "utf-32"
    if content.startswith(UTF16_MARKS):
        return _strictly(path, content, "utf-16"), "utf-16"
    try:
        return content.decode("utf-8-sig"), "utf-8 with BOM" if content.startswith(_BOM8) else "utf-8"
    except UnicodeDecodeError as error:
        if content.startswith(_BOM8) or _is_damaged_utf8(content):
            raise TableError(_said(path, content, error, "UTF-8")) from None
    try:
        return content.decode("gb18030"), "gb18030"
    except UnicodeDecodeError as error:
        raise TableError(_said(path, content, error, "")) from None


def lacks_utf16_mark(content: bytes) -> bool:
    """UTF-16 (little end first) of mostly western text without its byte order mark: every second byte is 0."""
    first, second = content[:200:2], content[1:200:2]
    return second.count(0) > len(second) * 0.6 > first.count(0)


def doubts(text: str, encoding: str) -> str:
    """What no error shows: NUL characters; Western European bytes, which often pass as GB18030 (Zürich becomes
    Z黵ich)."""
    if damaged := holds_nul(text, 1):
        return damaged
    if encoding != "gb18030":
        return ""
    runs, lone = len(_RUNS.findall(text)), len(_LONE.findall(text))
    if lone * 2 <= runs:
        return ""
    return say('read as GB18030, but it looks like Western European text; if so, set encoding = "cp1252"')


def holds_nul(text: str, line: int) -> str:
    """Of a disk that was full or a write that was cut; `line` is the number of the first line of the text."""
    if (at := text.find("\x00")) < 0:
        return ""
    return say(
        "holds NUL characters, the first in line {line}: part of the file is damaged; export it again",
        line=line + text.count("\n", 0, at),
    )


def doubted(path: Path, doubt: str) -> str:
    """Of which file it is said."""
    return say("{path}: {doubt}", path=path.name, doubt=doubt)


def _strictly(path: Path, content: bytes, encoding: str) -> str:
    if not is_encoding(encoding):
        raise TableError(
            say(
                "{path}: unknown encoding {encoding!r}; known are utf-8, gb18030, utf-16, cp1252 …",
                path=path,
                encoding=encoding,
            )
        )
    try:
        return content.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise TableError(_said(path, content, error, encoding)) from None


def _said(path: Path, content: bytes, error: UnicodeDecodeError, tried: str) -> str:
    row = content.count(b"\n", 0, error.start) + 1
    no = (
        say("neither {one} nor {other}", one="UTF-8", other="GB18030")
        if not tried
        else say("not {encoding}", encoding=tried)
    )
    byte = content[error.start]
    return say("{path}: row {row}: byte 0x{byte:02x} is {no}; {hint}", path=path, row=row, byte=byte, no=no, hint=_HINT)


def _is_damaged_utf8(content: bytes) -> bool:
    """UTF-8 with a few broken bytes would often pass as GB18030, every other word turned to garbage."""
    text = content.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    good = sum(1 for char in text if ord(char) > 127) - broken
    return good > 10 * broken
