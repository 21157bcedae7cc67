"""Read the TOML of a workspace for a book: finish what a save left undone, judge what changed, name what broke."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kpi_tui.definitions.issue import Issue, KpiError, Severity, WorkspaceError
from kpi_tui.definitions.message import say

if TYPE_CHECKING:
    from kpi_tui.book.files.changed_files import Stamps
    from kpi_tui.definitions.edit import Author
    from kpi_tui.definitions.workspace import Workspace
    from kpi_tui.engine.kept.cache import Cache
    from kpi_tui.workspace.load import Loaded

_CELLS = ("targets/", "actuals/")
"""Files of numbers: what is wrong in one stops no definition."""


TICK = 3_000_000_000
"""Nanoseconds after which a file system surely stamps a file otherwise: FAT knows every other second only."""


@dataclass(frozen=True, slots=True)
class ReadWith:
    """What a workspace was read with: where its data lie, whether their rows are read here, the cache, and its TOML
    files before they were read."""

    data: Path | None
    rows: bool
    cache: Cache
    definitions: Stamps
    author: Author
    clock: Callable[[], datetime]
    environ: Mapping[str, str]

    @property
    def stamp(self) -> str:
        """Changes whenever a definition, or where the data lie, may have changed."""
        from kpi_tui.workspace.changed_definitions import stamp_of

        return stamp_of(self.definitions, self.data)

    @property
    def kept_under(self) -> str:
        """The stamp, once no file can change any more without another one; "" before (git calls such an index racy)."""
        newest = max((written for _inode, written, _size in self.definitions.values()), default=0)
        return self.stamp if newest < time.time_ns() - TICK else ""


def finish_saves(root: Path, author: Author, clock: Callable[[], datetime]) -> tuple[Issue, ...]:
    """Finish a save of definitions that was cut short; what stands in the way."""
    from kpi_tui.workspace.definition_edits.store import FOLDER, DefinitionStore

    store = DefinitionStore(root, author, clock)
    try:
        store.finish()
    except KpiError as error:
        hint = say("open the workspace as somebody who may write there")
        message = say("a save of definitions was cut short and cannot be finished: {why}", why=error)
        return (Issue(Severity.WARNING, message, hint, f"{FOLDER}/", code="definition.unfinished"),)
    return tuple(Issue(Severity.WARNING, note, file=f"{FOLDER}/", code="definition.unfinished") for note in store.notes)


def read_definitions(root: Path, read: ReadWith) -> Loaded:
    """The definitions; those found without any problem are not judged again."""
    from kpi_tui.workspace.load import load

    cache, sound = read.cache, f"sound:{read.stamp}"
    loaded = load(root, read.data, validate=cache.get(sound) is None)
    if not loaded.issues and cache.get(sound) is None:
        cache.put(sound, True)
    return loaded


def sound(loaded: Loaded, root: Path) -> Workspace:
    if loaded.workspace is None:
        why = loaded.issues[0].message if loaded.issues else say("it is no workspace")
        raise WorkspaceError(say("{path}: {why}", path=root, why=why), loaded.issues)
    return loaded.workspace


def refuse_new_errors(issues: Collection[Issue], before: Collection[Issue]) -> None:
    """WorkspaceError names a definition that broke since it was read before."""
    known = {(issue.file, issue.message) for issue in before}
    broken = [one for one in issues if one.severity is Severity.ERROR and not one.file.startswith(_CELLS)]
    if new := tuple(one for one in broken if (one.file, one.message) not in known):
        raise WorkspaceError(
            say("{file}, line {line}: {what}", file=new[0].file, line=new[0].line, what=new[0].message)
            if new[0].line
            else say("{file}: {what}", file=new[0].file, what=new[0].message),
            new,
        )
