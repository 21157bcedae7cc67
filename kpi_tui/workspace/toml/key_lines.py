"""Find the line of every key of a TOML text by a light scan; tomllib does not tell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

TomlPath = tuple[str | int, ...]
"""Keys from the top of the file; an int is the place in an array of tables, from 0."""

_PART = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')"""
_KEY = rf"{_PART}(?:[ \t]*\.[ \t]*{_PART})*"
_HEADER = re.compile(rf"[ \t]*(\[\[?)[ \t]*({_KEY})[ \t]*\]\]?[ \t]*(?:#.*)?$")
_ASSIGNMENT = re.compile(rf"[ \t]*({_KEY})[ \t]*=[ \t]*(.*)$")
_SPLIT = re.compile(_PART)


def index_lines(text: str) -> dict[TomlPath, int]:
    """Key path -> line, counted from 1. Keys of inline tables are left to the line of their table."""
    scan = _Scan()
    for number, line in enumerate(text.split("\n"), 1):
        scan.read(line.rstrip("\r"), number)
    return scan.found


def write_key(path: Sequence[str | int]) -> str:
    """`("roles", "ops", "lines", 0)` as `roles.ops.lines[1]`, places counted from 1 for people."""
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
    return text


@dataclass
class _Scan:
    """Where the scan stands: the current header, an open multi-line string, an open array."""

    found: dict[TomlPath, int] = field(default_factory=dict)
    header: TomlPath = ()
    counts: dict[TomlPath, int] = field(default_factory=dict)
    quote: str = ""
    depth: int = 0

    def read(self, line: str, number: int) -> None:
        if self.quote:
            if self.quote in line:
                self.quote = ""
            return
        if self.depth:
            self._inside_array(line)
        elif match := _HEADER.match(line):
            self._open_header(_parts(match[2]), match[1] == "[[", number)
        elif match := _ASSIGNMENT.match(line):
            self._note((*self.header, *_parts(match[1])), number)
            self._open_value(match[2])

    def _open_value(self, value: str) -> None:
        if value[:3] in ('"""', "'''"):
            self.quote = "" if value[:3] in value[3:] else value[:3]
        elif value.startswith("["):
            self.depth = max(0, _balance(value))

    def _inside_array(self, line: str) -> None:
        self.depth = 0 if line.strip() == "]" and self.depth == 1 else max(0, self.depth + _balance(line))

    def _open_header(self, parts: list[str], is_array: bool, number: int) -> None:
        path: TomlPath = ()
        for index, part in enumerate(parts):
            path = (*path, part)
            self.found.setdefault(path, number)
            if is_array and index == len(parts) - 1:
                self.counts[path] = self.counts.get(path, 0) + 1
            if path in self.counts:
                path = (*path, self.counts[path] - 1)
        self.found.setdefault(path, number)
        self.header = path

    def _note(self, path: TomlPath, number: int) -> None:
        for end in range(len(self.header) + 1, len(path) + 1):
            self.found.setdefault(path[:end], number)


def _parts(key: str) -> list[str]:
    return [part[1:-1] if part[0] in "\"'" else part for part in _SPLIT.findall(key)]


def _balance(text: str) -> int:
    """Brackets opened minus closed, strings and comments left out."""
    bare = re.sub(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'|#.*', "", text)
    return bare.count("[") - bare.count("]")
