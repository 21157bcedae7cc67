"""What people mistype in TOML, told by its line, with what to write instead; what tomllib says, as a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from kpi_tui.definitions.message import say
from kpi_tui.workspace.toml.typed_signs import QUOTED, typed_signs

_KEY = r"""^\s*(?P<key>[\w.\-"' ]+?)\s*=\s*"""
_BARE = re.compile(_KEY + r"(?P<text>[^\W\d][^#,}\]]*)")
_LETTERS = re.compile(r"(?:^\s*\[*|[.{,]\s*)(?P<word>[\w\-]*[^\W\x00-\x7f][\w\-]*)\s*(?=[.=\]])")
_MARK = re.compile(r"^(?:<{7}|={7}|>{7})")
_UNCLOSED = ("Illegal character", "Unterminated", "Found invalid", 'Expected "\'"', "Expected \"'''\"")
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u2060\ufeff]")


def slip(line: str, reason: str) -> str:
    """What to do about a line that is no TOML: what was most probably meant."""
    return next((hint for hint in _hints(line, reason) if hint), "") or say("correct this line")


def _hints(line: str, reason: str) -> Iterator[str]:
    if _MARK.match(line):
        yield say("two versions of this file meet here: keep one of them and take out the lines of < = >")
    if "\r" in line.rstrip("\r"):
        yield say("save the file with the line ends of Unix or Windows")
    yield typed_signs(line)
    if unseen := _UNSEEN.search(line):
        yield say("take out the character that cannot be seen (U+{code})", code=format(ord(unseen[0]), "04X"))
    if "\\" in line and ("Unescaped" in reason or "hex value" in reason or "Escaped" in reason):
        yield say("write a path with / or between single quotes, as in '{path}'", path=r"C:\data\orders.csv")
    yield from _said_of_reason(line, reason)
    for pattern, hint in _OF_VALUES:
        if re.match(_KEY + pattern, line):
            yield hint()
    if reason == "Invalid value" and (bare := _BARE.match(line)):
        text = bare["text"].strip()
        if text.lower() in ("true", "false"):
            yield say("write {word} in small letters", word=text.lower())
        else:
            yield say('write a text between quotes: {key} = "{text}"', key=bare["key"], text=text)


def _said_of_reason(line: str, reason: str) -> Iterator[str]:
    if line.lstrip().startswith(("//", "/*", "--")):
        yield say("begin a comment with #")
    if (word := _LETTERS.search(QUOTED.sub('""', line))) and not line.lstrip().startswith("#"):
        yield say('write a name with such letters between quotes: "{name}"', name=word["word"])
    if re.match(r"^\s*[\w\-\"'.]+\s*:", line):
        yield say("write = between a key and its value")
    if reason.startswith(_UNCLOSED):
        yield say("end the text with the quote it began with, on the same line")
    if reason == "Cannot overwrite a value" or "Duplicate inline" in reason:
        yield say("keep one of the lines with this key")
    if reason.startswith("Cannot declare") and line.lstrip().startswith("[") and not line.lstrip().startswith("[["):
        yield say("write the keys of a table together below one heading; one of a list has two brackets: [[…]]")
    if "inline table" in reason:
        yield say("close the bracket: an inline table stands on one line, with commas between its keys")
    if "array" in reason or "table declaration" in reason:
        yield say("close the bracket")


_OF_VALUES: tuple[tuple[str, Callable[[], str]], ...] = (
    (r"[+-]?\d[\d.]*\s*%", lambda: say("write a number without %: a weight of 60 % is 60, a rate of 28 % is 0.28")),
    (r"[+-]?\d{1,3}(?:,\d{3})+", lambda: say("write a number without commas between its digits")),
    (r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}", lambda: say("write a day that exists as in 2026-10-05")),
    (r"[+-]?0\d", lambda: say("write a number without 0 in front of it, an id between quotes")),
    (r"[+-]?\d[\d.]*\s*[^\W\d]", lambda: say("write a plain number: 30000, not 3万 or 30k")),
    (r"[¥$€£]", lambda: say("write a plain number, without the sign of a currency")),
)

_REASONS: tuple[tuple[str, Callable[[], str]], ...] = (
    ("Cannot overwrite a value", lambda: say("the key stands there twice")),
    ("Duplicate inline", lambda: say("the key stands there twice")),
    ("Cannot declare", lambda: say("the table stands there twice")),
    ("Cannot redefine", lambda: say("the table stands there twice")),
    ("Cannot mutate", lambda: say("the table was closed before")),
    ("Expected '='", lambda: say("there is no = behind the key")),
    ("Expected ']", lambda: say("the bracket of the heading is not closed")),
    ("Expected newline", lambda: say("something stands behind the value")),
    ("Invalid date", lambda: say("no such day or time")),
    ("Invalid hex", lambda: say("a backslash in a text")),
    ("Escaped character", lambda: say("a backslash in a text")),
    ("Unescaped", lambda: say("a backslash in a text")),
    ("Invalid initial", lambda: say("no name can begin so")),
    ("Invalid statement", lambda: say("the line is neither a key with its value, a heading nor a comment")),
    ("Invalid value", lambda: say("no value can be written so")),
    ("Unclosed array", lambda: say("a list is not closed")),
    ("Unclosed inline", lambda: say("an inline table is not closed")),
    ("Expected \"'", lambda: say("a text is not closed")),
    ("Unterminated", lambda: say("a text is not closed")),
    ("Illegal character '\\n'", lambda: say("a text is not closed on its line")),
    ("Illegal character", lambda: say("a character that may not stand there")),
    ("Found invalid", lambda: say("a character that may not stand there")),
)


def opened_at(lines: Sequence[str], reason: str) -> int:
    """The line where the text begins that nothing closes before the end of the file; else the last one."""
    quotes = next((sign for sign in ("'''", "'") if reason == f"Expected {sign!r}"), '"""')
    return next((n for n in range(len(lines), 0, -1) if quotes in lines[n - 1]), len(lines))


def in_words(reason: str) -> str:
    """What tomllib found, in words of ours; its own where it says something new."""
    return next((word() for begin, word in _REASONS if reason.startswith(begin)), reason)
