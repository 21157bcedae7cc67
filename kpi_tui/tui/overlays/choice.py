"""One row of a list to choose from, or one answer of a question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from kpi_tui.definitions.text import Text
from kpi_tui.text.i18n import language


class Named(Protocol):
    """A role, metric, page, chain …: what a workspace calls by an id and a name."""

    @property
    def id(self) -> str:
        """How files call it."""

    @property
    def name(self) -> Text:
        """How people call it."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One row to choose: `key` is the answer, `aside` stands behind it, `search` is also matched."""

    key: str
    label: str
    aside: str = ""
    search: str = ""
    off: str = ""  # why it cannot be chosen
    told: bool = False  # `aside` says what the row is: all of them begin in one column


def named(thing: Named, aside: str) -> Choice:
    """A row for what has an id and a name: found by either, in both languages."""
    return Choice(thing.id, thing.name.both(language()), aside, thing.id, told=True)
