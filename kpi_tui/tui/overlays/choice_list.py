"""A list to choose from, narrowed by typing: the command palette, metrics, roles, columns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from kpi_tui.text.clean import clean
from kpi_tui.text.fit import fit, width
from kpi_tui.text.i18n import _
from kpi_tui.text.wrap import line_ends
from kpi_tui.tui.overlays.choice import Choice
from kpi_tui.tui.overlays.narrowing import matching
from kpi_tui.tui.overlays.overlay import Overlay

MARK = "▸ "
"""Before the row that is the case now."""


class NarrowedRows(OptionList):
    """Rows that typing takes away: a click on one that is gone by its turn is nobody's, Textual would look for it."""

    async def _on_click(self, event: events.Click) -> None:
        if (event.style.meta.get("option") or 0) >= self.option_count:
            event.prevent_default()


class ChoiceScreen(Overlay[str]):
    """A list narrowed by typing; answers the key of the row chosen, None when left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("down,ctrl+n", "move(1)", ""),
        ("up", "move(-1)", ""),
        ("pagedown", "page(1)", ""),
        ("pageup", "page(-1)", ""),
    ]
    AUTO_FOCUS = "Input"

    def __init__(
        self, title: str, choices: Sequence[Choice], current: str = "", ask: str = "", *, whole: bool = False
    ) -> None:
        """`whole`: labels are sentences, written over as many lines as they need."""
        super().__init__()
        self._whole = whole
        self._title, self._choices, self._current, self._ask = title, list(choices), current, ask
        self._shown: list[Choice] = []
        self._labels = len(MARK) + max((width(clean(one.label)) for one in choices if one.told), default=0)

    def compose(self) -> ComposeResult:
        """Title, filter, rows, keys."""
        yield Static(Content(clean(self._title)), id="title")
        if self._ask:
            yield Static(Content(clean(self._ask)), id="ask")
        yield Input(placeholder=_("type to narrow"), select_on_focus=False)
        yield NarrowedRows(markup=False)
        yield Static(id="foot")

    def on_mount(self) -> None:
        """Show every row, the current one marked."""
        self.query_one(OptionList).can_focus = False
        self.query_one(Input).cursor_blink = self.app.animation_level != "none"
        self._narrow("")  # at once: an Enter typed ahead finds its row

    def on_resize(self) -> None:
        """Rows are as wide as the screen."""
        if self._shown and self.is_whole:
            self._narrow(self.query_one(Input).value)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        if self.is_whole:
            self._narrow(event.value)

    @property
    def is_whole(self) -> bool:
        """Not while it is being closed: what was typed ahead comes then, too."""
        return bool(self.query(OptionList))

    def _narrow(self, query: str) -> None:
        self._shown = matching(query, self._choices)
        room = max(self.app.size.width - 3, 10)
        rows = self.query_one(OptionList)
        rows.clear_options()
        rows.add_options(Option(self._row(choice, room)) for choice in self._shown)
        keys = [choice.key for choice in self._shown]
        self._said("" if keys else _("Nothing matches; other letters, or Esc."))
        if keys:
            rows.highlighted = keys.index(self._current) if not query and self._current in keys else 0

    def _said(self, sentence: str) -> None:
        """A sentence in the place of the keys; empty: the keys."""
        text = sentence or _("↑↓ choose   Enter take   Esc back")
        self.query_one("#foot", Static).update(Content(clean(text)))

    def _row(self, choice: Choice, room: int) -> Content:
        if self._whole:
            return self._sentence(choice, room)
        mark = MARK if choice.key == self._current else " " * len(MARK)
        aside = choice.off or choice.aside
        right = min(width(clean(aside)), room // 2)
        if not choice.told:
            label = fit(mark + choice.label, room - right - 1) + " "
            return Content.assemble((label, "dim" if choice.off else ""), (fit(aside, right, "right"), "dim"))
        left = min(self._labels + 2, room // 2)
        label = fit(mark + choice.label, left - 1) + " "
        return Content.assemble((label, "dim" if choice.off else ""), (fit(aside, room - left), "dim"))

    def _sentence(self, choice: Choice, room: int) -> Content:
        mark = "· "
        text = clean(choice.label)
        at = [0, *line_ends(text, room - len(mark)), len(text)]
        return Content(mark + f"\n{' ' * len(mark)}".join(text[a:b].rstrip() for a, b in pairwise(at)))

    def action_move(self, step: int) -> None:
        """Move the highlight."""
        rows = self.query_one(OptionList)
        if self._shown:
            rows.highlighted = min(max((rows.highlighted or 0) + step, 0), len(self._shown) - 1)

    def action_page(self, step: int) -> None:
        """Move the highlight by ten rows."""
        self.action_move(10 * step)

    @on(Input.Submitted)
    def _take(self) -> None:
        index = self.query_one(OptionList).highlighted
        if self._shown and index is not None:
            self._answer(self._shown[index])

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        """The choice that stood under the pointer; none where the list was narrowed since."""
        rows = event.option_list.options
        at = next((place for place, row in enumerate(rows) if row is event.option), None)
        if at is not None and at < len(self._shown):
            self._answer(self._shown[at])

    def _answer(self, choice: Choice) -> None:
        if choice.off:
            self._said(choice.off)
        else:
            self.dismiss(choice.key)
