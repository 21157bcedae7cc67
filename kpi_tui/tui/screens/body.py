"""What stands between the bars: sheets and panes. Words that find no room in a sheet stand in the status line."""

from __future__ import annotations

from textual import events, on
from textual.containers import Vertical

from kpi_tui.tui.widgets.bars import StatusLine
from kpi_tui.tui.widgets.sheet import SheetTable


class Body(Vertical):
    """Follows the cursor of the sheet in use."""

    @on(SheetTable.Moved)
    def _moved(self, message: SheetTable.Moved) -> None:
        if message.sheet.has_focus:
            self._tell(message.sheet)

    @on(events.DescendantFocus)
    def _other_sheet(self, event: events.DescendantFocus) -> None:
        if isinstance(event.widget, SheetTable):
            self._tell(event.widget)

    def on_resize(self) -> None:
        """There is more room, or less."""
        if isinstance(self.screen.focused, SheetTable):
            self.call_after_refresh(self._tell, self.screen.focused)

    def _tell(self, sheet: SheetTable) -> None:
        self.screen.query_one(StatusLine).unseen = sheet.unseen()
