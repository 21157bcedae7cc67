"""What a file would change, over the screen: looked through, then taken over with Enter, doubts asked about once."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from kpi_tui.definitions.answers.targets.imported_cells import ImportedCells
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.clean import clean
from kpi_tui.text.i18n import _, n_
from kpi_tui.text.phrase import joined, translate
from kpi_tui.tui.overlays.overlay import Overlay
from kpi_tui.tui.terminal.confirmation import Confirmation
from kpi_tui.tui.widgets.sheet import SheetTable
from kpi_tui.tui.widgets.view_content import STYLES, spoken
from kpi_tui.views.targets.imported import imported, imported_rows, trouble_key
from kpi_tui.views.view import View


class ImportScreen(Overlay[bool]):
    """Answers True when the differences shall be taken over."""

    BINDINGS: ClassVar[list[Any]] = [("escape,q", "close", "")]
    AUTO_FOCUS = "SheetTable"
    PATIENT = True
    DEFAULT_CSS = """
    ImportScreen #told { height: auto; max-height: 40%; padding: 0 1; }
    ImportScreen #why { height: auto; max-height: 3; padding: 0 1; color: $text-error; }
    """

    def __init__(self, found: ImportedCells, space: Workspace) -> None:
        super().__init__()
        self._found, self._space = found, space
        self._asked, self._read = Confirmation(), 0.0

    def compose(self) -> ComposeResult:
        """Title, how much it is, the cells, keys."""
        view, rows = self.view_shown(), imported_rows(self._found, self._space)
        yield Static(Content(clean(translate(view.title, brief=True))), id="title")
        said = [(spoken(one), STYLES.get(one.tone, "")) for one in view.sentences]
        yield Static(Content("\n").join(Content.styled(*part) for part in said), id="told")
        yield SheetTable(rows.columns, rows.rows)
        yield Static(id="why", markup=False)
        yield Static(Content(_("Enter take over   Esc leave it   (then w writes, u takes back)")), id="foot")

    @on(SheetTable.Moved)
    def _moved(self, message: SheetTable.Moved) -> None:
        """Why the cell under the cursor cannot be taken over, in full."""
        here = message.sheet.row_key
        found = [one for one in self._found.troubles if trouble_key(one) == here]
        told = [joined(one.cell.place, one.why, one.hint, between=": ") for one in found]
        self.query_one("#why", Static).update(clean(translate(joined(*told))))

    def view_shown(self) -> View:
        """All of it, for a file."""
        return imported(self._found, self._space)

    async def on_event(self, event: events.Event) -> None:
        """Remember when a key was read: the second Enter must have been pressed after the question."""
        if isinstance(event, events.Key):
            self._read = event.time
        await super().on_event(event)

    @on(SheetTable.Selected)
    def _take(self) -> None:
        question = self._question()
        if not self._found.differences:
            self.say(_("Nothing differs; Esc leaves."))
        elif question and not self._asked.given(question, self._read):
            self.say(question)
        else:
            self.dismiss(True)

    def _question(self) -> str:
        """What is asked before it is taken over; empty where nothing is doubtful."""
        found = self._found
        asked = []
        if count := len(found.troubles):
            asked.append(n_("{count} cell is not understood", "{count} cells are not understood", count))
        if count := len(found.doubtful):
            asked.append(n_("{count} rate hardly is one", "{count} rates hardly are any", count))
        return _("{doubts}: Enter again takes over the rest.", doubts="; ".join(asked)) if asked else ""
