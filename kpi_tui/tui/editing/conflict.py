"""Two people at one cell: both sides, and a choice for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.clean import clean
from kpi_tui.text.i18n import _, n_
from kpi_tui.text.phrase import translate
from kpi_tui.tui.overlays.overlay import Overlay
from kpi_tui.tui.widgets.sheet import SheetTable
from kpi_tui.views.edits.conflict import MINE, THEIRS, Clash, clashes, clashes_title, whole


class ConflictScreen(Overlay[Mapping[str, str]]):
    """Both sides of every contested cell; answers the choices by row key, None to go on editing."""

    BINDINGS: ClassVar[list[Any]] = [
        ("escape,q", "close", ""),
        ("less_than_sign", "keep('mine')", ""),
        ("greater_than_sign", "keep('theirs')", ""),
        ("A", "keep_all", ""),
        ("w", "save", ""),
    ]
    AUTO_FOCUS = "SheetTable"
    DEFAULT_CSS = "ConflictScreen #told { height: auto; max-height: 12; padding: 0 1; }"

    def __init__(self, contested: Sequence[Clash], workspace: Workspace) -> None:
        super().__init__()
        self._clashes, self._workspace = contested, workspace
        self._choices: dict[str, str] = {}
        self._last = MINE

    def compose(self) -> ComposeResult:
        """Title, both sides, keys."""
        yield Static(Content(translate(clashes_title(self._clashes))), id="title")
        shown = clashes(self._clashes, self._choices, self._workspace)
        yield SheetTable(shown.columns, shown.rows)
        yield Static(id="told", markup=False)
        yield Static(Content(_("< mine   > theirs   A all like the last   w save   Esc go on editing")), id="foot")

    @on(SheetTable.Moved)
    def _moved(self, message: SheetTable.Moved) -> None:
        """What the sheet may cut stands whole below it."""
        here = next((one for one in self._clashes if one.row_key == message.sheet.row_key), None)
        said = whole(here, self._workspace) if here else []
        self.query_one("#told", Static).update("\n".join(clean(translate(one)) for one in said))

    def _choose(self, keys: Sequence[str], side: str) -> None:
        self._choices |= dict.fromkeys(keys, side)
        self._last = side
        for row in clashes(self._clashes, self._choices, self._workspace).rows:
            self.query_one(SheetTable).update_row(row)

    def action_keep(self, side: str) -> None:
        """Keep one side of the cell under the cursor and go to the next."""
        sheet = self.query_one(SheetTable)
        self._choose([sheet.row_key], side)
        sheet.action_move(1)

    def action_keep_all(self) -> None:
        """Keep the side chosen last of every cell."""
        if not self._choices:
            self._ask(_("Choose < or > for one line first; A then takes the same side of all."))
            return
        self._choose([clash.row_key for clash in self._clashes], self._last)

    @on(SheetTable.Selected)
    def _turn(self) -> None:
        """Enter: the other side."""
        key = self.query_one(SheetTable).row_key
        self._choose([key], THEIRS if self._choices.get(key) == MINE else MINE)

    def action_save(self) -> None:
        """Answer when every cell is decided."""
        if open_ := len(self._clashes) - len(self._choices):
            text = n_(
                "Choose < or > for every line first; {count} is open.",
                "Choose < or > for every line first; {count} are open.",
                open_,
            )
            self._ask(text)
            return
        self.dismiss(dict(self._choices))

    def _ask(self, sentence: str) -> None:
        self.query_one("#foot", Static).update(Content(sentence))
