"""The scorecard: whose numbers, how good, which line is weak and what mending it would add (R168)."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Static

from kpi_tui.definitions.answers.score import ScoreLine
from kpi_tui.text.i18n import _
from kpi_tui.text.phrase import Word, translate
from kpi_tui.tui.keys.action import SCORECARD
from kpi_tui.tui.keys.registry import bindings
from kpi_tui.tui.screens.frame import KpiScreen
from kpi_tui.tui.screens.number_of_owner import NumberOfOwner
from kpi_tui.tui.screens.part_moved import PartMoved
from kpi_tui.tui.screens.scorecard.comparison import open_comparison
from kpi_tui.tui.screens.scorecard.foot import ROOM_FOR_DOUBTS, foot, noted, told_in
from kpi_tui.tui.screens.scorecard.history import open_history
from kpi_tui.tui.screens.scorecard.questions import ScorecardAnswer, ScorecardQuestion
from kpi_tui.tui.screens.scorecard.target_here import TargetHere
from kpi_tui.tui.screens.scorecard.why_not import why_not
from kpi_tui.tui.widgets.headline import Head, HeadlineBar, head_of
from kpi_tui.tui.widgets.places import put, put_in_pane, put_sentences
from kpi_tui.tui.widgets.sheet import SheetTable
from kpi_tui.tui.widgets.view_content import CHART_ROOM, both, content
from kpi_tui.views.names import owner_name
from kpi_tui.views.scores.attainment_method import scored
from kpi_tui.views.scores.scorecard import line_at, line_key, scorecard
from kpi_tui.views.scores.scorecard_line import line_detail, line_note
from kpi_tui.views.targets.roles import everyone
from kpi_tui.views.view import Column, Sheet


class ScorecardScreen(KpiScreen):
    """A role's scorecard in one period."""

    SCOPE = SCORECARD
    ASKS = (ScorecardQuestion,)
    BINDINGS: ClassVar[list[Any]] = bindings(SCORECARD)
    AUTO_FOCUS = "#board"

    def __init__(self) -> None:
        super().__init__()
        self._answer: ScorecardAnswer | None = None
        self._told: tuple[Word, ...] = ()  # doubts that stand below the lines
        self._part = PartMoved(self, self._show_line)
        number = NumberOfOwner(self, lambda: self.view.role, lambda: self.period, self._scored)
        self.parts = (
            number,
            TargetHere(self, self._line, lambda: self._answer.card if self._answer else None),
            self.common,
        )

    def body(self) -> ComposeResult:
        """Roles at the left (wide), the card, details at the right (wide) or as a note below."""
        with Horizontal():
            yield SheetTable([Column("role", flex=1)], header=False, id="roles")
            with Vertical(id="card"):
                yield HeadlineBar()
                yield Static(id="advice")
                yield SheetTable(id="board")
                with Vertical(id="below"):
                    yield Static(id="note")
                    yield Static(id="foot")
            with VerticalScroll(id="pane"):
                yield Static(id="detail")

    # --- showing -------------------------------------------------------------------------------
    def refresh_view(self) -> None:
        """Targets changed: score again at once; role or period changed: compute."""
        view, period = self.view, self.period
        self._show_roles()
        shown = self._answer
        if not view.role:
            self._show_empty(_("No posts yet: O opens your files, 7 Design makes posts of a preset or of your own."))
        elif shown and (shown.card.role, shown.card.period) == (view.role, period):
            self._show(ScorecardAnswer(self.open_book.scores.rescore(shown.card), shown.as_of))
        else:
            self.answers.ask(ScorecardQuestion(view.role, period), self._show, self._without_numbers)

    def _without_numbers(self, sentence: str) -> None:
        self._answer = self.shown = None
        self.say(sentence, "error")
        self._show_empty(sentence)

    def _show(self, answered: ScorecardAnswer) -> None:
        first = self._answer is None or self._answer.card.role != answered.card.role
        self._answer, card = answered, answered.card
        self.shown = view = scorecard(card, self.kpi.workspace, answered.as_of)
        self.query_one(HeadlineBar).head = head_of(view.headline)
        put_sentences(self, view, "advice")
        self.query_one("#board", SheetTable).show_sheet(view.sheet("lines"))
        room = self.query_one("#card").size.width - 2
        low = self.size.height < ROOM_FOR_DOUBTS
        below = foot(card, view, self.kpi.workspace, room, low=low) if card.lines else ""
        put(self, "foot", below)
        self._told = told_in(below, card, self.kpi.workspace)
        if first:
            self.action_weakest()
        self._show_line()

    def _show_empty(self, sentence: str) -> None:
        who = both(owner_name(self.kpi.workspace, self.view.role)) if self.view.role else ""
        self.query_one(HeadlineBar).head = Head(who, f"‹ {translate(self.period.said)} ›")
        put(self, "advice", sentence)
        self.query_one("#board", SheetTable).show([])
        for place in ("foot", "note", "detail"):
            put(self, place, "")

    def _show_roles(self) -> None:
        sheet = self.query_one("#roles", SheetTable)
        sheet.show_sheet(everyone(self.kpi.workspace.at(self.period)))
        sheet.go(self.view.role)

    def on_resize(self) -> None:
        """Names give way to numbers on a narrow terminal."""
        if self._answer is not None:
            self._show(self._answer)

    @on(SheetTable.Moved, "#board")
    def _show_line(self) -> None:
        line = self._line()
        if line is None or self._answer is None:
            return
        card, space = self._answer.card, self.kpi.workspace
        note = line_note(line, card, space, told=line.metric == card.weakest, below=self._told)
        # A new layout would repaint the whole screen: ten times the bytes of an arrow key.
        put(self, "note", noted(note, self.query_one("#note").size.width), layout=False)
        if (pane := self.query_one("#pane")).display:
            room, ascii_only = max(pane.size.width - 4, CHART_ROOM), self.kpi.options.ascii_charts
            parts = self._part.of(line.metric, card.period, card.role)
            told = content(line_detail(line, card, space, parts, self._told), room=room, ascii_only=ascii_only)
            put_in_pane(self.query_one("#detail", Static), told)

    def _line(self) -> ScoreLine | None:
        if self._answer is None:
            return None
        return line_at(self._answer.card, self.query_one("#board", SheetTable).row_key)

    def _scored(self) -> Sheet | None:
        """How well the line under the cursor does, where it has a target of its own."""
        line = self._line()
        return scored(line, self.period, self.kpi.workspace) if line is not None and not line.for_orientation else None

    # --- commands ------------------------------------------------------------------------------
    def why_not(self, command: str) -> str:
        """Commands on a line need one."""
        if why := super().why_not(command):
            return why
        asking = self.answers.is_asking(ScorecardQuestion)
        return why_not(command, self._line(), self._answer.card if self._answer else None, computing=asking)

    @on(SheetTable.Selected, "#board")
    async def _chosen(self) -> None:
        await self.kpi.action_command("explain")

    @on(SheetTable.Selected, "#roles")
    def _role_chosen(self, event: SheetTable.Selected) -> None:
        self.kpi.look(role=event.sheet.row_key)
        self.query_one("#board", SheetTable).focus()

    def metric_here(self) -> str:
        """The metric under the cursor."""
        line = self._line()
        return line.metric if line else ""

    def action_weakest(self) -> None:
        """Put the cursor on the weakest line."""
        card = self._answer.card if self._answer else None
        weak = next((line for line in card.lines if line.metric == card.weakest), None) if card else None
        if weak is not None:
            self.query_one("#board", SheetTable).go(line_key(weak))

    def action_history(self) -> None:
        """The score and its lines over the last periods."""
        if self._answer is not None:
            open_history(self, self._answer.card)

    def action_choose(self) -> None:
        """Another role or person beside this one."""
        if self._answer is not None:
            open_comparison(self, self._answer.card)

    def forget(self) -> None:
        """Compute again, not only score again."""
        self._answer = None
