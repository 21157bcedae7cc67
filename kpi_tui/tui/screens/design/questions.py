"""The Design screen's questions to the book, asked on the computing thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpi_tui.definitions.answers.design.preset_role import PresetRole
from kpi_tui.definitions.answers.design.state import DesignFacts
from kpi_tui.definitions.answers.value import Value
from kpi_tui.definitions.period import Period

if TYPE_CHECKING:
    from kpi_tui.book import Book, Progress


@dataclass(frozen=True, slots=True)
class FactsQuestion:
    """Which metrics are live, and the numbers of those on a scorecard."""

    period: Period

    def ask(self, book: Book, progress: Progress, /) -> DesignFacts:
        """The facts beside the definitions of the period."""
        return book.design.facts(book.definitions.workspace(self.period), self.period, progress=progress)


@dataclass(frozen=True, slots=True)
class TrendsQuestion:
    """The numbers of metrics that nobody uses yet."""

    metrics: tuple[str, ...]
    period: Period

    def ask(self, book: Book, progress: Progress, /) -> Mapping[str, tuple[Value, ...]]:
        """Metric -> its values, the last one of the period."""
        return book.design.values(self.metrics, self.period, progress=progress)


@dataclass(frozen=True, slots=True)
class PresetsQuestion:
    """The roles of the shipped presets, adapted to what is live."""

    def ask(self, book: Book, _progress: Progress, /) -> tuple[PresetRole, ...]:
        """Every role that has a line left."""
        return book.design.presets(book.definitions.workspace())
