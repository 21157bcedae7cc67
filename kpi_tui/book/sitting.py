"""A book as another process needs to know it: what it was opened on, for whom, and what is unsaved in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kpi_tui.book.book import Book
    from kpi_tui.definitions.edit import Edit
    from kpi_tui.definitions.target import TargetKey


@dataclass(frozen=True, slots=True)
class BookSitting:
    """What another process must know to answer as a book does: what it was opened on, for whom, and what is unsaved."""

    root: Path
    data: Path | None
    who: str
    read_only: bool
    targets: Mapping[tuple[str, TargetKey], Edit]
    actuals: Mapping[tuple[str, TargetKey], Edit]
    definitions: tuple[Edit, ...]

    def open(self) -> Book:
        """One that reads rows and keeps no draft; the unsaved edits are still to be taken up."""
        from kpi_tui.book.book import Book

        return Book.open(self.root, data=self.data, who=self.who, draft=False, read_only=self.read_only)
