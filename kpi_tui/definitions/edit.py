"""Edits: a wish to set a cell, who wishes it, and the line of the history that it becomes (R038)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kpi_tui.definitions.target import TargetKey

KeyPath = tuple[str, ...]
"""One cell of a TOML file: the keys that lead to it from the section that is edited, the outermost first."""


CellValue = Any
"""What a cell holds: a number where it is a target or a typed number; what TOML and JSON can hold where it is a key of
a definition. None: nothing."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who edits: the chosen name that stands beside every change, and the account the program ran under.

    `read_only`: who may look, and change nothing.
    """

    name: str
    account: str = ""
    read_only: bool = False

    def wrote(self, change: Change) -> bool:
        """Whether a change is one's own: the same name is no proof where the account is another."""
        return change.who == self.name and change.account in ("", self.account)


@dataclass(frozen=True, slots=True)
class Edit:
    """A wish to set (or, with `to` None, clear) one cell. `base` is what the editor saw before.

    `since`: of a definition, the id of the period since which it shall count; "" is since ever.
    """

    key: KeyPath
    to: CellValue
    base: CellValue = None
    why: str = ""
    since: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the append-only history.

    A cell of a file that is no period's: `period` is the file's name, `keys` its key path, and `role` and `metric`
    are its first key and the others, to be read by people.
    """

    id: str
    at: datetime
    who: str
    role: str
    metric: str
    period: str
    before: CellValue
    after: CellValue
    why: str = ""
    kind: str = "set"  # set | clear | copy | raise | undo | redo
    batch: str = ""  # edits saved together share it; undo takes a whole batch back
    of: str = ""  # undo / redo: the batch it reverses
    revision: int = 0
    late: bool = False
    account: str = ""  # the login account; `who` is the name its owner chose
    keys: KeyPath = ()
    since: str = ""  # of a definition: the period since which it counts; "" is since ever

    @property
    def key(self) -> KeyPath:
        """The cell that changed."""
        return self.keys or TargetKey(self.role, self.metric)
