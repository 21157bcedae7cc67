"""The Drivers screen: what moved a number between two periods, factor by factor, and down the tree (R166)."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from kpi_tui.definitions.answers.drivers import METHODS, Drivers
from kpi_tui.text.clean import clean
from kpi_tui.text.i18n import N_, _
from kpi_tui.text.phrase import translate
from kpi_tui.tui.keys.action import DRIVERS
from kpi_tui.tui.keys.registry import bindings
from kpi_tui.tui.overlays.choice import named
from kpi_tui.tui.overlays.choice_list import ChoiceScreen
from kpi_tui.tui.screens.drivers.questions import DriversQuestion
from kpi_tui.tui.screens.frame import KpiScreen
from kpi_tui.tui.widgets.period_head import PeriodHead
from kpi_tui.tui.widgets.places import put, put_sentences
from kpi_tui.tui.widgets.sheet import SheetTable
from kpi_tui.views.causes.drivers import drivers
from kpi_tui.views.causes.drivers_board import TREE, board, subject_of
from kpi_tui.views.names import factor_name

WIDE = 140
"""Cells from which the bars are twice as long."""
_METHODS = {"shapley": N_("Shapley"), "lmdi": "LMDI", "substitution": N_("substitution")}
_NEEDS_ANSWER = ("drivers.drill", "drivers.expand", "drivers.explain")


class DriversScreen(KpiScreen):
    """One number, taken apart; Enter goes down to a factor, Backspace back up."""

    SCOPE = DRIVERS
    BINDINGS: ClassVar[list[Any]] = bindings(DRIVERS)
    AUTO_FOCUS = "#drivers"
    DEFAULT_CSS = """
    DriversScreen #advice { height: auto; max-height: 3; padding: 0 1; margin: 0 0 1 0; }
    DriversScreen #method { height: auto; max-height: 3; padding: 0 1; text-style: dim; }
    DriversScreen.-low #method { display: none; }
    DriversScreen #drivers > .sheet--cell { text-style: bold; background: $panel; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._trail: list[str] = []  # the subjects drilled through, the present one last
        self._seen_metric = ""
        self._method = METHODS[0]
        self._expand = False
        self._answer: Drivers | None = None

    def body(self) -> ComposeResult:
        """Head, sentence, factors and tree, how it was computed."""
        yield PeriodHead()
        yield Static(id="advice", markup=False)
        sheet = SheetTable(id="drivers")
        sheet.trees = (TREE,)
        yield sheet
        yield Static(id="method", markup=False)

    # --- following the book ------------------------------------------------------------------
    @property
    def subject(self) -> str:
        """The metric or tree in view; the north star until one is chosen."""
        return self._trail[-1] if self._trail else self.book.workspace.north_star if self.book else ""

    def refresh_view(self) -> None:
        """Another period, language or metric."""
        if self.view.metric and self.view.metric != self._seen_metric:
            self._seen_metric = self.view.metric
            self._trail = [self.view.metric]
        self._show_head()
        if not self.subject:
            self._say(_("No north star in workspace.toml: c chooses a metric."))
            return
        question = DriversQuestion(self.subject, self.period, self._method, self._expand)
        self.answers.ask(question, self._answered, self._without_numbers)

    def _answered(self, answer: Drivers) -> None:
        same = self._answer is not None and self._answer.subject == answer.subject
        self._answer = answer
        self._show(keep=same)

    def _without_numbers(self, sentence: str) -> None:
        self._answer = self.shown = None
        self.query_one("#drivers", SheetTable).show(())
        self._say(sentence)

    def _say(self, text: str) -> None:
        put(self, "advice", text)
        put(self, "method", "")

    def _show_head(self) -> None:
        deeper = "… › " if len(self._trail) > 1 else ""
        name = clean(translate(factor_name(self.kpi.workspace, self.subject)))
        against = _("against {period}", period=self.period.previous().id)
        self.query_one(PeriodHead).show(deeper + name, self.period, against, _(_METHODS[self._method]))

    def _show(self, keep: bool = True) -> None:
        if self._answer is None:
            return
        self._show_head()
        self.shown = drivers(self._answer, self.kpi.workspace)
        put_sentences(self, self.shown, "advice", "method")
        factors = board(self._answer, self.kpi.workspace, wide=self.size.width >= WIDE)
        self.query_one("#drivers", SheetTable).show_sheet(factors, keep=keep)

    def on_resize(self) -> None:
        """Bars as wide as the room allows."""
        super().on_resize()
        self._show()

    # --- commands ----------------------------------------------------------------------------
    @property
    def _below(self) -> str:
        """The subject under the cursor; "" where there is none."""
        return subject_of(self.query_one("#drivers", SheetTable).row_key)

    def why_not(self, command: str) -> str:
        """Drilling needs a metric under the cursor."""
        if why := super().why_not(command):
            return why
        if command in _NEEDS_ANSWER and self._answer is None:
            return _("There are no factors here.")
        if command in ("drivers.drill", "drivers.explain"):
            below, metrics = self._below, self.kpi.workspace.metrics
            if command == "drivers.drill" and below == self.subject:
                return _("This is the number being taken apart.")
            if below not in metrics and not (command == "drivers.explain" and not below):
                return _("A base measure: it is counted from rows and has no factors.")
        if command == "drivers.expand" and self._answer is not None and self._answer.tree is not None:
            return _("A tree is taken apart node by node: Enter goes down.")
        return ""

    @on(SheetTable.Selected, "#drivers")
    async def _enter(self) -> None:
        await self.kpi.action_command("drivers.drill")

    def action_drill(self) -> None:
        """Take the factor under the cursor apart."""
        if not self._trail:
            self._trail = [self.subject]
        if self._below:
            self._trail.append(self._below)
        self.compute_again()

    async def action_back(self) -> None:
        """Back to what was taken apart before; where nothing was, to the screen before."""
        if len(self._trail) > 1:
            self._trail.pop()
            self.compute_again()
        else:
            await self.kpi.action_back()

    def action_method(self) -> None:
        """Shapley, LMDI, substitution."""
        self._method = METHODS[(METHODS.index(self._method) + 1) % len(METHODS)]
        self.say("")  # what was said about the other method goes with it
        self.compute_again()

    def action_expand(self) -> None:
        """Take the metrics inside the formula apart too, or no longer."""
        self._expand = not self._expand
        self.compute_again()

    def action_explain(self) -> None:
        """Where a number comes from."""
        metric = self._below or (self._answer.now.metric if self._answer else "")
        if metric:
            self.common.explain(metric, self.period)

    def action_choose(self) -> None:
        """Another metric or tree."""
        choices = [named(tree, _("Tree")) for tree in self.kpi.workspace.trees.values()]
        choices += [named(metric, metric.id) for metric in self.open_book.library.search()]
        screen = ChoiceScreen(_("What moved which number?"), choices, self.subject)
        self.app.push_screen(screen, self._chosen)
        screen.call_after_refresh(self.kpi.release_keys)  # what was typed right behind / is meant for the picker

    def _chosen(self, subject: str | None) -> None:
        if subject is not None:
            self._trail = [subject]
            self._expand = False
            self.compute_again()
