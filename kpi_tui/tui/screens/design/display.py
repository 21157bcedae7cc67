"""The step in view as it is shown: the steps in a line, its sheet, what is said at its row, everything about it."""

from __future__ import annotations

from textual.content import Content

from kpi_tui.text.fit import fit, width
from kpi_tui.text.i18n import _
from kpi_tui.text.phrase import Word, joined, phrase, translate
from kpi_tui.text.wrap import line_ends
from kpi_tui.tui.keys.design import KEYS
from kpi_tui.tui.screens.design.known import KnownDesign
from kpi_tui.tui.screens.design.step import DesignStep
from kpi_tui.tui.screens.frame import KpiScreen
from kpi_tui.tui.widgets.bars import HintBar
from kpi_tui.tui.widgets.places import put
from kpi_tui.tui.widgets.sheet import SheetTable
from kpi_tui.tui.widgets.view_content import STYLES, content, spoken
from kpi_tui.views.design.steps import STEPS, posts_done
from kpi_tui.views.edits.unsaved import unsaved

IN_EVERY_STEP = ("method_step", "save")
BY_STEP = frozenset(one.id for one in KEYS if one.hint and one.action.partition("(")[0] not in IN_EVERY_STEP)
"""Commands that the footer names in some steps only."""


class DesignDisplay:
    """Fills the widgets of the Design screen."""

    def __init__(self, screen: KpiScreen, known: KnownDesign) -> None:
        self._screen, self._known = screen, known
        self._lines = 0  # of what is said at the row

    def show(self, step: DesignStep) -> None:
        """The sheet of a step, and what the bars say of it."""
        self._screen.shown = view = step.view()
        self._screen.query_one(f"#{step.id}", SheetTable).show_sheet(view.sheets[0])
        self._show_steps(step)
        self._screen.query_one("#side").set_class(step.pane, "-full")
        self._screen.query_one(HintBar).without = BY_STEP - step.keys

    def only(self, step: DesignStep) -> None:
        """Its sheet instead of those of the other steps."""
        for sheet in self._screen.query(SheetTable):
            sheet.set_class(sheet.id == step.id, "-shown")

    def _show_steps(self, step: DesignStep) -> None:
        """`Plan › Library › Posts › Allocation   ✎ 2 unsaved   3 of 5 posts done   ‹ 2026-10 ›`."""
        room = self._screen.size.width - 2
        bar: list[tuple[str, str]] = []
        for place, (id_, label) in enumerate(STEPS.items()):
            bar += [(" › " if place else "", "dim"), (f" {_(label)} ", "bold reverse" if id_ == step.id else "")]
        pending = unsaved(len(self._screen.open_book.definitions.pending()))
        done, when = posts_done(self._known.space, self._known.state), self._when()
        left = sum(width(text) for text, _style in bar)
        tries = [
            translate(joined(*parts, between="   ")) for parts in ((pending, done, when), (pending, when), (when,))
        ]
        said = next((one for one in tries if width(one) < room - left), tries[-1])
        right = fit(said, max(room - left, 0), "right")
        put(self._screen, "steps", Content.assemble(*bar, (right, "bold")), layout=False)

    def _when(self) -> Word:
        """The period in view, and whether it is over."""
        over = phrase("over") if self._known.state.facts.over else ""
        return joined(f"‹ {self._screen.period.id} ›", over, between=" ")

    def show_row(self, step: DesignStep, row: str) -> None:
        """What is said at a row; everything about it in the pane."""
        said = [Content.styled(spoken(one), STYLES.get(one.tone, "")) for one in step.said(row)]
        room, least = max(self._screen.query_one("#said").size.width, 1), 2 if self._screen.has_class("-low") else 4
        lines = max(sum(1 + len(line_ends(one.plain, room)) for one in said), least)
        put(self._screen, "said", Content("\n").join(said), layout=lines != self._lines)
        self._lines = lines
        about = step.about(row) if self._screen.query_one("#side").display else None
        put(self._screen, "about", content(about) if about else "")
