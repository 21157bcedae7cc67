"""A key that a definition can have, as whoever edits it sees it: what may stand there and what does."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kpi_tui.definitions.edit import KeyPath


class KeyKind(StrEnum):
    """What may stand at a key of TOML."""

    TEXT = "text"
    NAMES = "names"  # a text or several
    NUMBER = "number"
    SWITCH = "switch"
    CHOICE = "choice"
    DAY = "day"
    LIST = "list"  # of texts or pairs
    TABLE = "table"
    TABLES = "tables"


@dataclass(frozen=True, slots=True)
class DefinitionKey:
    """One key of a table; `value` None: it is not said. `choices`: the words that may stand there, where they are few.

    `default`: what holds while it is not said, where that is known.
    """

    path: KeyPath
    kind: KeyKind
    value: Any = None
    choices: tuple[str, ...] = ()
    default: Any = None

    @property
    def name(self) -> str:
        """The key itself."""
        return self.path[-1]

    @property
    def opens(self) -> bool:
        """Whether it has keys of its own."""
        return self.kind in (KeyKind.TABLE, KeyKind.TABLES)
