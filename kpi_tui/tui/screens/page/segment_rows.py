"""The rows behind a line of a page: of a metric its own, of a segment or a cohort those of it alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from kpi_tui.definitions.answers.page import PageAnswer
from kpi_tui.definitions.library.analysis_parts import CohortPart
from kpi_tui.definitions.library.page import BreakdownPart
from kpi_tui.definitions.period import Period
from kpi_tui.tui.common_commands import CommonCommands
from kpi_tui.tui.widgets.sheet import SheetTable

if TYPE_CHECKING:
    from kpi_tui.book import Book

Path = tuple[tuple[str, str], ...]
"""Column and segment."""


class ShowsPage(Protocol):
    """The screen, as far as this knows it."""

    common: CommonCommands
    found: PageAnswer | None

    @property
    def open_book(self) -> Book:
        """The book, which is open."""

    @property
    def period(self) -> Period:
        """The period in view."""

    def metric_here(self) -> str:
        """The metric under the cursor; empty when there is none."""

    def sheet_in_use(self) -> SheetTable | None:
        """The sheet with the cursor."""


class SegmentRows:
    """Runs `R` on a page, and Enter on a segment: it comes from its rows."""

    def __init__(self, screen: ShowsPage) -> None:
        self._screen = screen

    @property
    def _behind(self) -> tuple[str, Path, str] | None:
        table, page = self._screen.sheet_in_use(), self._screen.found
        return behind_line(page, table.row_key) if table is not None and page is not None else None

    @property
    def useless(self) -> frozenset[str]:
        """Commands of a metric that do nothing on a line that is none."""
        if self._screen.metric_here():
            return frozenset()
        return frozenset(("page.drivers",) if self._behind is not None else ("page.drivers", "page.explain"))

    def action_explain(self) -> None:
        """Of a metric its formula."""
        if self._behind is None:
            self._screen.common.action_explain()
        else:
            self.action_rows()

    def action_rows(self) -> None:
        """Those of the segment or cohort under the cursor; elsewhere as on every screen."""
        behind = self._behind
        if behind is None:
            self._screen.common.action_rows()
            return
        metric, path, where = behind
        self._screen.common.rows(metric, self._screen.period, self._screen.open_book.segments.condition(path, where))


def behind_line(page: PageAnswer, key: str) -> tuple[str, Path, str] | None:
    """What is counted in a line, of which segment, under which condition; None where it is no segment of a count."""
    for one in page.sections:
        segment = key.removeprefix(f"{one.section.id} ")
        if segment == key:
            continue
        match one.section.part:
            case CohortPart(metric=metric, by=by) if metric and segment != "together":
                return metric, ((by, segment),), ""
            case BreakdownPart() as part:
                shown = (column for column in part.columns if not column.hidden and not column.previous)
                counted = next((column.metric or column.measure for column in shown if not column.formula), "")
                path = () if segment == "None" else ((part.by, segment),)
                return (counted, path, part.where) if counted else None
    return None
