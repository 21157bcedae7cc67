"""Paths, lists and globs of a table source to regular files inside the allowed folders."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from kpi_tui.definitions.issue import Issue, Severity, TableError, UsageError
from kpi_tui.definitions.library.table import TableSource
from kpi_tui.definitions.message import listed, say
from kpi_tui.definitions.written.file_order import in_order_of_numbers
from kpi_tui.definitions.written.secrets import without_secrets
from kpi_tui.definitions.written.written_path import written_path

_FORMATS = {"parquet": "parquet", "pq": "parquet", "xlsx": "xlsx", "xlsm": "xlsx"}
_OF_THE_SYSTEM = (("proc",), ("sys",), ("dev",))
"""Folders whose files are no files: /proc/kmsg waits for ever."""
T = TypeVar("T")
_GLOB = frozenset("*?[")


def issue(source: TableSource, key: str, message: str, hint: str = "") -> Issue:
    """An error of one key of a table in tables.toml, with its line when the loader noted it."""
    place = source.places.get(key) or (key and source.places.get("columns")) or source.place
    at = source.id if key in ("", "path") else f"{source.id}.{key}"
    said = say("table {table}: {message}", table=at, message=message)
    return Issue(Severity.ERROR, said, hint, place.file or "tables.toml", place.line, place.key or key, "table")


def fail(issues: Sequence[Issue]) -> TableError:
    """One TableError that carries every issue; its sentence is the first one's, with the line it is about."""
    first = issues[0]
    at = say("{file}:{line}", file=first.file, line=first.line) if first.line else first.file
    said = say("{at}: {message}", at=at, message=first.message)
    more = say(" (and {count} more)", count=len(issues) - 1) if len(issues) > 1 else ""
    hint = say("; {hint}", hint=first.hint) if first.hint else ""
    return TableError(said + hint + more, tuple(issues))


@contextmanager
def unreadable_told(source: TableSource, path: Path | None = None) -> Iterator[None]:
    """Inside the block a file that the system does not give is an issue of its table: one that is gone since it was
    found, one that only others may read, a disk that fails. `path`: where the error does not say it."""
    try:
        yield
    except OSError as error:
        file, why = path or error.filename or source.id, error.strerror or type(error).__name__
        raise fail([issue(source, "path", say("{path}: cannot be read: {why}", path=file, why=why))]) from None


def of_each(source: TableSource, ask: Callable[[TableSource], T]) -> dict[str, T]:
    """What is asked of every source of a table; the problems of all of them are raised together."""
    found: dict[str, T] = {}
    issues: list[Issue] = []
    for name, part in source.sources.items():
        try:
            found[name] = ask(part)
        except TableError as error:
            issues += error.issues
    if issues:
        raise fail(issues)
    return found


def resolve(source: TableSource, data: Path, roots: Sequence[Path]) -> tuple[Path, ...]:
    """The files of `source`, each once, globs sorted by name, 9 before 10. TableError names all that cannot be read."""
    allowed = tuple(Path(os.path.realpath(root)) for root in (data, *roots))
    found: dict[Path, None] = {}
    problems: list[Issue] = []
    if not source.paths:
        problems.append(issue(source, "path", say("no file is given")))
    for text in source.paths:
        for path in _matches(source, text, data, problems):
            real = Path(os.path.realpath(path))
            trouble = _trouble(real, allowed)
            if trouble:
                problems.append(issue(source, "path", say("{path} {trouble}", path=path, trouble=trouble)))
            else:
                found[real] = None
    if problems:
        raise fail(problems)
    return tuple(found)


def _matches(source: TableSource, text: str, data: Path, problems: list[Issue]) -> list[Path]:
    if "://" in text:
        problems.append(
            issue(
                source,
                "path",
                say("{text} is an address; only files on this machine are read", text=without_secrets(text)),
            )
        )
        return []
    try:
        path = written_path(data / written_path(text))
    except UsageError as error:
        problems.append(issue(source, "path", str(error), say("check `path`, and `data` in workspace.toml")))
        return []
    hits = [path] if path.exists() or path.is_symlink() else []
    if not hits and _GLOB & set(text):
        start = Path(path.anchor)
        try:
            found = [hit for hit in start.glob(str(path.relative_to(start))) if not hit.is_dir()]
        except (ValueError, RecursionError) as error:  # a**b
            said = say("{text:.60} is no pattern of file names ({error})", text=text, error=_first(error))
            problems.append(issue(source, "path", said, say("write * for a part of a name, **/ for folders")))
            return []
        hits = sorted(found, key=in_order_of_numbers)
    if not hits:
        problems.append(
            issue(
                source,
                "path",
                say("no file matches {path}", path=path),
                say("check `path`, and `data` in workspace.toml") if text.isprintable() else _of_backslashes(),
            )
        )
    return hits


def _first(error: BaseException) -> str:
    return str(error).partition(":")[0][:60] or type(error).__name__


def _of_backslashes() -> str:
    """In TOML `"C:\\temp\\new.csv"` has a tab and a line end in it."""
    return say("a backslash and a letter is another sign in double quotes: write / or put the path in single quotes")


def _trouble(real: Path, allowed: Sequence[Path]) -> str:
    if not any(real.is_relative_to(root) for root in allowed):
        folders = listed(str(root) for root in dict.fromkeys(allowed))
        return say("lies outside the folders tables may come from ({folders})", folders=folders)
    try:
        mode = real.stat().st_mode
        str(real).encode()
    except OSError as error:
        return say("cannot be read: {why}", why=error.strerror)
    except UnicodeEncodeError:
        return say("has a name that is no UTF-8; rename it")
    return "" if stat.S_ISREG(mode) and real.parts[1:2] not in _OF_THE_SYSTEM else say("is not a regular file")


def kind_of(path: Path, source: TableSource) -> str:
    """csv, parquet or xlsx: as the source says, else by suffix."""
    return source.format or _FORMATS.get(path.suffix.lower().lstrip("."), "csv")
