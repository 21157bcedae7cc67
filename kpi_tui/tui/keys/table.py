"""What keys do in every table."""

from __future__ import annotations

from kpi_tui.text.i18n import N_
from kpi_tui.tui.keys.action import TABLE, KeyAction

KEYS = (
    KeyAction("sheet.down", "down,j", TABLE, "move(1)", N_("down"), N_("The next row")),
    KeyAction("sheet.up", "up,k", TABLE, "move(-1)", N_("up"), N_("The row before")),
    KeyAction("sheet.right", "right,l", TABLE, "step(1)", N_("right"), N_("The next column")),
    KeyAction("sheet.left", "left,h", TABLE, "step(-1)", N_("left"), N_("The column before")),
    KeyAction("sheet.page_down", "pagedown", TABLE, "page(1)", N_("page down"), N_("A page further")),
    KeyAction("sheet.page_up", "pageup", TABLE, "page(-1)", N_("page up"), N_("A page back")),
    KeyAction("sheet.first", "home,g g", TABLE, "move(-1000000)", N_("first"), N_("The first row")),
    KeyAction("sheet.last", "end,G", TABLE, "move(1000000)", N_("last"), N_("The last row")),
    KeyAction("sheet.select", "enter", TABLE, "select", N_("choose"), N_("Choose the row")),
)
