"""Read one TOML file without being hurt by it, and remember where everything stands."""

from __future__ import annotations

import re
import stat
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from kpi_tui.definitions.calendar import ISO, Calendar
from kpi_tui.definitions.issue import Issue, Place, Severity
from kpi_tui.definitions.message import say
from kpi_tui.workspace.toml.key_lines import TomlPath, index_lines, write_key
from kpi_tui.workspace.toml.shipped import as_built
from kpi_tui.workspace.toml.syntax_slips import in_words, opened_at, slip

MAX_BYTES = 256 * 1024
MAX_KEY_PARTS = 32

_PART = r"""(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')"""
_LONG_KEY = re.compile(rf"(?<![\w\-.]){_PART}(?:[ \t]*+\.[ \t]*+{_PART}){{{MAX_KEY_PARTS}}}")
_AT_LINE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)$")


@dataclass(frozen=True, slots=True, eq=False)
class TomlFile:
    """A parsed file: its data, the line of every key, and the calendar of the periods it names.

    Itself alone is equal to it: what is read of it is kept.
    """

    shown: str  # the name issues print
    data: Mapping[str, Any]
    lines: Mapping[TomlPath, int] = field(default_factory=dict)
    calendar: Calendar = ISO

    def line(self, *path: str | int) -> int:
        """The line of a key, else of the nearest table around it; 0 when unknown."""
        for end in range(len(path), 0, -1):
            if found := self.lines.get(path[:end]):
                return found
        return 0

    def place(self, *path: str | int) -> Place:
        """Where a key stands."""
        return Place(self.shown, self.line(*path), write_key(path))


def read_toml(path: Path, shown: str) -> TomlFile | Issue:
    """The file at `path`, or the one issue that says why it cannot be read."""
    raw = _read_bytes(path, shown)
    if isinstance(raw, Issue):
        return raw
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return _issue(shown, line, say("the file is not UTF-8"), say("save it as UTF-8"), "toml.encoding")
    return _parse(text, shown)


@lru_cache(maxsize=256)
def _parse(text: str, shown: str) -> TomlFile | Issue:
    """Text that has not changed (most of a workspace at a reload; the shipped library since it was built) is not parsed
    again."""
    if built := as_built(text):
        return TomlFile(shown, *built)
    if found := _LONG_KEY.search(text):
        line = text.count("\n", 0, found.start()) + 1
        return _issue(
            shown,
            line,
            say("a key has more than {most} parts", most=MAX_KEY_PARTS),
            say("shorten the dotted key"),
            "toml.limit",
        )
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return _syntax_issue(str(error), text, shown)
    except RecursionError:
        return _issue(shown, 0, say("arrays or tables are nested too deeply"), say("flatten the value"), "toml.limit")
    except ValueError:  # of a number with thousands of digits
        return _issue(shown, 0, say("a number has too many digits"), say("shorten it"), "toml.syntax")
    return TomlFile(shown, data, index_lines(text))


def _read_bytes(path: Path, shown: str) -> bytes | Issue:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # a FIFO would block for ever
            return _issue(shown, 0, say("not a regular file"), say("put a plain TOML file here"), "toml.file")
        if status.st_size > MAX_BYTES:
            return _too_large(shown)
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return _issue(shown, 0, say("the file does not exist"), say("create {shown}", shown=shown), "toml.missing")
    except OSError as error:
        return unreadable(shown, error)
    return raw if len(raw) <= MAX_BYTES else _too_large(shown)


def unreadable(shown: str, error: OSError) -> Issue:
    """Of a file, or of a folder of files, that the system does not give."""
    why = error.strerror or type(error).__name__
    said = (
        say("the folder cannot be read: {why}", why=why)
        if shown.endswith("/")
        else say("the file cannot be read: {why}", why=why)
    )
    return _issue(shown, 0, said, say("check its permissions"), "toml.file")


def _too_large(shown: str) -> Issue:
    message = say("the file is larger than {most} KB", most=MAX_BYTES // 1024)
    return _issue(shown, 0, message, say("split it into several files"), "toml.limit")


def _syntax_issue(message: str, text: str, shown: str) -> Issue:
    found, lines = _AT_LINE.search(message), text.split("\n")
    reason = _AT_LINE.sub("", message)
    line = int(found[1]) if found and found[1] else opened_at(lines, reason)
    hint = slip(lines[line - 1] if line <= len(lines) else "", reason)
    return _issue(shown, line, say("not valid TOML: {reason}", reason=in_words(reason)), hint, "toml.syntax")


def _issue(shown: str, line: int, message: str, hint: str, code: str) -> Issue:
    return Issue(Severity.ERROR, message, hint, shown, line, "", code)
