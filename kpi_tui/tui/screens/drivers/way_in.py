"""The way into the segments of a number: by which column it stands apart, and the segments gone into before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WayIn:
    """`by` is "" where factors are shown, not segments; `path`: (column, segment), the last one innermost."""

    by: str = ""
    path: tuple[tuple[str, str], ...] = ()

    def into(self, segment: str, column: str) -> WayIn:
        """A segment, taken apart by another column."""
        return WayIn(column, (*self.path, (self.by, segment)))

    def back(self) -> WayIn:
        """One level up, at last to the factors."""
        return WayIn(self.path[-1][0], self.path[:-1]) if self.path else WayIn()

    def left(self, columns: Iterable[str]) -> list[str]:
        """The columns that it does not stand apart by already."""
        used = {self.by, *(column for column, _segment in self.path)}
        return [column for column in columns if column not in used]
