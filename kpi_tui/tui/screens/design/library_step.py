"""Step 2 on the screen: metrics looked at and chosen for the posts to come."""

from __future__ import annotations

from kpi_tui.text.i18n import _
from kpi_tui.text.phrase import translate
from kpi_tui.tui.overlays.details import DetailsScreen
from kpi_tui.tui.screens.design.edits import DesignEdits
from kpi_tui.tui.screens.design.known import KnownDesign
from kpi_tui.tui.screens.frame import KpiScreen
from kpi_tui.tui.widgets.sheet import SheetTable
from kpi_tui.views.design.candidates import SHOWN, Shown, candidates, listed_metrics, metric_said
from kpi_tui.views.library.metric_list import MetricFacts
from kpi_tui.views.library.metric_page import metric_page
from kpi_tui.views.reasons import known
from kpi_tui.views.view import Sentence, View


class LibraryStep:
    """The library by its modules, with value, trend, users, complexity and ease."""

    id = "library"
    pane = True
    keys = frozenset(("design.take", "design.filter"))

    def __init__(self, screen: KpiScreen, known_: KnownDesign, edits: DesignEdits) -> None:
        self._screen, self._known, self._edits = screen, known_, edits
        self._shown = Shown.LIVE

    def view(self) -> View:
        """The metrics that are listed."""
        return candidates(self._known.space, self._known.state, self._shown)

    def shown(self) -> None:
        """Ask for the numbers of those that nobody uses, from the cursor on."""
        listed = [one.id for one in listed_metrics(self._known.space, self._known.state, self._shown)]
        row = self._screen.query_one(f"#{self.id}", SheetTable).row_key
        place = listed.index(row) if row in listed else 0
        self._known.ask_trends([*listed[place:], *listed[:place]])

    def metric(self, row: str) -> str:
        """The metric of the row."""
        return row if row in self._known.space.metrics else ""

    def said(self, row: str) -> tuple[Sentence, ...]:
        """What it counts, and what speaks against it on a scorecard."""
        metric = self._known.space.metrics.get(row)
        return metric_said(metric, self._known.space, self._known.state) if metric else ()

    def about(self, row: str) -> View | None:
        """Everything the library says about the metric."""
        space, state = self._known.space, self._known.state
        metric = space.metrics.get(row)
        if metric is None:
            return None
        users = [role.id for role in space.roles.values() if any(line.metric == row for line in role.lines)]
        values = state.facts.values.get(row)
        facts = MetricFacts(state.facts.is_live(row), state.facts.lacks.get(row, ""), roles=users, values=values)
        return metric_page(metric, facts, space)

    def why_not(self, command: str, row: str) -> str:
        """Everything is about a metric."""
        if command in ("design.take", "design.open", "design.edit") and not self.metric(row):
            return _("There is no metric here.")
        return ""

    # --- commands ----------------------------------------------------------------------------------
    def open_row(self, row: str) -> None:
        """Everything about the metric."""
        sheet = self._screen.query_one(f"#{self.id}", SheetTable)
        explain = self._screen.common.action_explain
        self._screen.kpi.push_screen(
            DetailsScreen(_("Metric"), lambda: self.about(sheet.row_key or row), sheet.action_move, explain)
        )

    def edit(self, row: str) -> None:
        """Choose it, or leave it."""
        self.take(row)

    def take(self, row: str) -> None:
        """Choose it, or leave it."""
        chosen = self._known.space.candidates
        now = [one for one in chosen if one != row] if row in chosen else [*chosen, row]
        self._edits.set(("candidates",), now or None)

    def filter(self) -> None:
        """Live metrics, chosen ones, all."""
        order = list(Shown)
        self._shown = order[(order.index(self._shown) + 1) % len(order)]
        shown = translate(known(SHOWN[self._shown]))
        self._screen.say(_("Shown: {which}. f shows others.", which=shown))
