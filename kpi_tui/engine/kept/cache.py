"""Results kept between starts: a second start reads numbers, not rows.

One JSON file per workspace in the user's cache folder. A key is a hash over everything the number
depends on (definitions, settings, file fingerprints, period), so an entry can be missing but never stale.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import kpi_tui
from kpi_tui.definitions.user_folders import cache_folder, is_own, make_private_folder

_LIMIT = 20_000


def digest(*parts: object) -> str:
    """A short stable hash of plain values."""
    text = json.dumps(parts, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def cache_file(root: Path, environ: Mapping[str, str]) -> Path:
    """Where the results of the workspace at `root` are kept."""
    return cache_folder(environ) / f"{digest(str(root.resolve()))}.json"


@cache
def program() -> str:
    """Changes whenever the code that makes numbers does, so that an upgrade never answers from old results."""
    package = Path(kpi_tui.__file__).parent
    files = [path for room in ("engine", "tables", "sql") for path in sorted((package / room).rglob("*.py"))]
    return digest(kpi_tui.__version__, [(path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in files])


class RowsInMemory:
    """Prepared rows of tables by what they were made from, for who asks again and again while little changes."""

    def __init__(self) -> None:
        self._rows: dict[str, Any] = {}
        self._used: set[str] = set()

    def get(self, stamp: str) -> Any:
        """The rows made from that, or None."""
        self._used.add(stamp)
        return self._rows.get(stamp)

    def put(self, stamp: str, rows: Any) -> None:
        """Keep them."""
        self._used.add(stamp)
        self._rows[stamp] = rows

    def sweep(self) -> None:
        """Give up what nobody has asked for since this was called last."""
        self._rows = {stamp: rows for stamp, rows in self._rows.items() if stamp in self._used}
        self._used.clear()


class Cache:
    """A small key → JSON value store; `path` None keeps it in memory only, as does one of another account."""

    def __init__(self, path: Path | None, *, writes: bool = True) -> None:
        """`writes` False: another process keeps the file, this one reads it and is told what is new (`take`)."""
        self._path = path = path if path and _may_be_trusted(path) else None
        self._writes = writes
        self._entries = self._read()
        self._new: dict[str, Any] = {}
        self._changed = False
        self.rows_folder = path.with_suffix(".rows") if path else None  # for rows too many for memory
        self.rows_in_memory: RowsInMemory | None = None  # for several Data of one cache

    def get(self, key: str) -> Any:
        """The stored value, or None."""
        return self._entries.get(key)

    def put(self, key: str, value: Any) -> None:
        """Remember a JSON value."""
        self._entries[key] = self._new[key] = value
        self._changed = True

    @property
    def untold(self) -> Mapping[str, Any]:
        """What was put since `news` was asked last."""
        return dict(self._new)

    def news(self) -> dict[str, Any]:
        """What was put since this was asked last."""
        new, self._new = self._new, {}
        return new

    def take(self, news: Mapping[str, Any]) -> None:
        """Know what another process has found out."""
        self._entries.update(news)

    def catch_up(self) -> None:
        """Know what a process that was ended has written."""
        self._entries = {**self._read(), **self._entries}

    def flush(self) -> None:
        """Write to disk. A cache that cannot be written is only slower, so the error is not raised."""
        if self._path is None or not self._changed or not self._writes:
            return
        entries = dict(list(self._entries.items())[-_LIMIT:])
        body = json.dumps({"program": program(), "entries": entries}, ensure_ascii=False)
        try:
            make_private_folder(self._path.parent)
            handle, name = tempfile.mkstemp(dir=self._path.parent, suffix=".tmp")
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(body)
            Path(name).replace(self._path)
        except OSError:
            self._path = None
        self._changed = False

    def _read(self) -> dict[str, Any]:
        if self._path is None:
            return {}
        try:
            stored = json.loads(self._path.read_text(encoding="utf-8"))
            entries = stored["entries"] if stored["program"] == program() else {}
        except (OSError, ValueError, KeyError, TypeError):
            return {}
        return entries if isinstance(entries, dict) else {}


def _may_be_trusted(path: Path) -> bool:
    """Whether nobody else may have written what is there: the file, its rows and their folder are one's own."""
    there = (path, path.parent, path.with_suffix(".rows"))
    return all(is_own(one) for one in there if _is_there(one))


def _is_there(path: Path) -> bool:
    try:
        path.lstat()
    except OSError:
        return False
    return True
