"""The append-only history of edits, one JSON object per line, and what a person can undo and redo.

A batch of changes is written here and synced *before* its target file is replaced, so that no saved
target is ever without its history. A batch whose file never followed (the program died in between) is
the last batch of the history, one revision ahead of its file: readers leave it out, and the next writer
adds a line that voids it.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from kpi_tui.definitions.edit import Author, CellValue, Change, Edit
from kpi_tui.definitions.issue import WorkspaceError
from kpi_tui.definitions.message import say
from kpi_tui.workspace.edits.atomic import append_durable
from kpi_tui.workspace.files.plain_file import open_plain

UNDO, REDO = "undo", "redo"
RENAME = "rename"
"""A file that got another name: its cells are what they were, and there is nothing to take back."""
_CHUNK = 64 * 1024
_TYPES: Mapping[str, type] = {"revision": int, "late": bool, "keys": tuple}


@dataclass(frozen=True, slots=True)
class Log:
    """Changes in the order written, without voided ones, and notes about lines that cannot be read."""

    changes: tuple[Change, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Void:
    """A batch that never reached the file of `period`."""

    batch: str
    period: str


def read_log(path: Path, revisions: Mapping[str, int]) -> Log:
    """The whole history. `revisions`: what the files of the last batch's periods had reached before this call."""
    entries, notes = _parse(_read(path)[1], path.name)
    voided = {entry for entry in entries if isinstance(entry, Void)}
    changes = [entry for entry in entries if isinstance(entry, Change)]
    voided |= unlanded(last_batch(changes), revisions)
    return Log(tuple(change for change in changes if Void(change.batch, change.period) not in voided), tuple(notes))


def read_tail(path: Path) -> list[Change]:
    """The changes of the last batch, if it is not voided; reads no more of the file than that needs."""
    length = _CHUNK
    while True:
        size, data = _read(path, length)
        if size > length:
            data = data.partition(b"\n")[2]  # the first line of the piece is not whole
        entries, _ = _parse(data, path.name)
        changes = [entry for entry in entries if isinstance(entry, Change)]
        batch = last_batch(changes)
        if size <= length or len(batch) < len(changes):
            voided = {entry for entry in entries if isinstance(entry, Void)}
            return [change for change in batch if Void(change.batch, change.period) not in voided]
        length *= 4


def last_batch(changes: Sequence[Change]) -> list[Change]:
    """The changes that share the batch of the last one."""
    return [change for change in changes if change.batch == changes[-1].batch]


def unlanded(batch: Iterable[Change], revisions: Mapping[str, int]) -> set[Void]:
    """The parts of the last batch whose file is one revision behind them, that is, was never replaced.

    A file that is further behind was put back by hand to an older state; its history stays. So does that
    of a period that `revisions` does not know.
    """
    return {
        Void(change.batch, change.period)
        for change in batch
        if change.period in revisions and change.revision == revisions[change.period] + 1
    }


def append(path: Path, entries: Iterable[Change | Void]) -> None:
    """Add lines and sync them. OSError when they may not be there."""
    lines = b"".join(json.dumps(_plain(entry), ensure_ascii=False).encode("utf-8") + b"\n" for entry in entries)
    if _is_torn(path):
        lines = b"\n" + lines  # ends the line a dead writer left half-written
    append_durable(path, lines)


def undo_of(changes: Sequence[Change], who: Author) -> tuple[str, dict[str, list[Edit]]]:
    """The last batch of `who` that is not undone, and the edits per period that take it back; ("", {}) if none."""
    undoable, _ = _stacks(changes, who)
    return _reverse(changes, undoable[-1], back=True) if undoable else ("", {})


def redo_of(changes: Sequence[Change], who: Author) -> tuple[str, dict[str, list[Edit]]]:
    """The batch `who` undid last and the edits that bring it back; a new edit of one's own clears redo."""
    _, redoable = _stacks(changes, who)
    return _reverse(changes, redoable[-1], back=False) if redoable else ("", {})


def _stacks(changes: Sequence[Change], who: Author) -> tuple[list[str], list[str]]:
    """Batches of `who` that can be undone and redone, the next one last; none from before files got other names."""
    undoable: list[str] = []
    redoable: list[str] = []
    own = (change for change in changes if who.wrote(change) or change.kind == RENAME)
    steps = {change.batch: (change.kind, change.of) for change in own}
    for batch, (kind, of) in steps.items():
        if kind == RENAME:
            undoable, redoable = [], []
            continue
        if kind not in (UNDO, REDO):
            undoable, redoable = [*undoable, batch], []
            continue
        source, sink = (undoable, redoable) if kind == UNDO else (redoable, undoable)
        if of in source:
            source.remove(of)
            sink.append(of)
    return undoable, redoable


def _reverse(changes: Sequence[Change], batch: str, *, back: bool) -> tuple[str, dict[str, list[Edit]]]:
    edits: dict[str, list[Edit]] = {}
    found = [change for change in changes if change.batch == batch]
    for change in reversed(found) if back else found:
        base, to = (change.after, change.before) if back else (change.before, change.after)
        edits.setdefault(change.period, []).append(Edit(change.key, to, base, since=change.since))
    return batch, edits


def _read(path: Path, last: int | None = None) -> tuple[int, bytes]:
    """Size of the file, and its content or only its `last` bytes."""
    try:
        with os.fdopen(open_plain(path, os.O_RDONLY), "rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(0 if last is None else max(size - last, 0))
            return size, file.read()
    except FileNotFoundError:
        return 0, b""
    except OSError as error:
        raise WorkspaceError(
            say("{path}: the history cannot be read ({why})", path=path, why=error.strerror or error)
        ) from error


def _parse(data: bytes, name: str) -> tuple[list[Change | Void], list[str]]:
    entries: list[Change | Void] = []
    notes: list[str] = []
    for number, line in enumerate(data.split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            entries.append(_entry(json.loads(line)))
        except (ValueError, TypeError, KeyError, RecursionError):
            notes.append(
                say(
                    "{name}, line {number}: this line of the history is damaged and is left out",
                    name=name,
                    number=number,
                )
            )
    return entries, notes


def _entry(said: Any) -> Change | Void:
    """One line. Keys of a newer version are left out; ValueError, TypeError or KeyError when it is none."""
    if "void" in said:
        return Void(str(said["void"]), str(said["period"]))
    known: dict[str, Any] = {name: said[name] for name in _FIELDS if name in said}
    known["at"] = datetime.fromisoformat(known["at"])
    for name in ("before", "after"):
        known[name] = cell_value(said[name], of_target="keys" not in said)
    if "keys" in known:
        known["keys"] = tuple(str(key) for key in known["keys"])
    for name, found in known.items():
        if name not in ("at", "before", "after") and type(found) is not _TYPES.get(name, str):
            raise TypeError(name)
    return Change(**known)


def cell_value(found: Any, *, of_target: bool) -> CellValue:
    """What a cell may hold: a finite number or nothing where it is a target, else anything JSON can hold.

    ValueError for anything else.
    """
    if isinstance(found, float) and not math.isfinite(found):
        raise ValueError(found)
    if found is None or not of_target:
        return found
    if isinstance(found, bool) or not isinstance(found, int | float):
        raise ValueError(found)
    return float(found)


def _plain(entry: Change | Void) -> dict[str, object]:
    if isinstance(entry, Void):
        return {"void": entry.batch, "period": entry.period}
    line = asdict(entry) | {"at": entry.at.isoformat()}
    return {name: found for name, found in line.items() if found or name not in ("keys", "since")}


def _is_torn(path: Path) -> bool:
    """True when the file does not end with the end of a line."""
    _, end = _read(path, 1)
    return end not in (b"", b"\n")


_FIELDS = tuple(field.name for field in fields(Change))
