"""A sentence that `init` wrote of what it assumed, asked until a person agrees with it."""

from __future__ import annotations

from dataclasses import dataclass

from kpi_tui.definitions.edit import KeyPath
from kpi_tui.definitions.text import Text


@dataclass(frozen=True, slots=True)
class ToConfirm:
    """`path`: the list it stands in, of a table or of one of its sources; `place`: the how many-th there, from 0."""

    path: KeyPath
    place: int
    said: Text

    @property
    def table(self) -> str:
        """The table it is about."""
        return self.path[1]

    @property
    def source(self) -> str:
        """The source of the table; "" where it has one alone."""
        return self.path[3] if len(self.path) > len(("tables", "id", "confirm")) else ""

    def contains(self, text: str) -> bool:
        """Whether it says that, in either language."""
        return text in self.said.en or text in self.said.zh
