"""Help: every key of the registry, the present screen's first."""

from __future__ import annotations

from collections.abc import Mapping

from textual.content import Content
from textual.widgets import Static

from kpi_tui.text.fit import fit
from kpi_tui.text.i18n import N_, _
from kpi_tui.text.state_signs import STATE_SIGNS
from kpi_tui.tui.keys.action import CHAIN, DATA, DESIGN, DRIVERS, GLOBAL, LIBRARY, PAGE, ROWS, SCORECARD, TABLE, TARGETS
from kpi_tui.tui.keys.labels import shown_keys
from kpi_tui.tui.keys.registry import COMMANDS, in_scope
from kpi_tui.tui.overlays.overlay import TextOverlay

SCOPES = {
    GLOBAL: N_("Everywhere"),
    SCORECARD: N_("Scorecard"),
    CHAIN: N_("Chain"),
    LIBRARY: N_("Library"),
    TARGETS: N_("Targets"),
    DRIVERS: N_("Drivers"),
    DATA: N_("Data"),
    DESIGN: N_("Design"),
    PAGE: N_("Pages"),
    ROWS: N_("Rows behind a number"),
    TABLE: N_("In every table"),
}
SIGN = 14
"""Cells of the keys or signs."""
ROOM = 6
"""Cells in front of them and behind what they mean."""
SYMBOLS = (
    (STATE_SIGNS["on_target"], N_("on target")),
    (STATE_SIGNS["near"], N_("near: 80 % of the target or more")),
    (STATE_SIGNS["weak"], N_("weak: below 80 % of the target")),
    ("▲ ▼", N_("more or less than in the period before")),
    ("◔", N_("partial: the period is not over or its data is not complete")),
    ("⇥", N_("the data begin later than the period")),
    ("⚠", N_("a sentence below the table says something of the number")),
    ("~", N_("before a trend of close values: it does not begin at zero")),
    ("—", N_("unknown; the reason stands beside it")),
)


class HelpScreen(TextOverlay):
    """Keys and signs."""

    def __init__(self, keymap: Mapping[str, str], scope: str) -> None:
        super().__init__()
        self._keymap, self._scope = keymap, scope

    def heading(self) -> str:
        """The title line."""
        return _("Keys")

    def text(self) -> Content:
        """One section per scope, then what the signs mean."""
        order = sorted(SCOPES, key=lambda scope: (scope != self._scope, scope != GLOBAL))
        parts = [part for scope in order for part in self._section(scope)]
        parts += [(_("Signs") + "\n", "bold")]
        parts += [part for sign, meaning in SYMBOLS for part in self._line(sign, _(meaning), "")]
        return Content.assemble(*parts)

    def on_resize(self) -> None:
        """Wrap anew."""
        self.query_one("#text", Static).update(self.text())

    def _section(self, scope: str) -> list[tuple[str, str]]:
        commands = in_scope(scope, COMMANDS)
        if not commands:
            return []
        parts = [(f"{_(SCOPES[scope])}\n", "bold")]
        for command in commands:
            parts += self._line(shown_keys(command, self._keymap), _(command.help), "bold")
        return [*parts, ("\n", "")]

    def _line(self, sign: str, meaning: str, style: str) -> list[tuple[str, str]]:
        """Keys or a sign, and what they mean beside them, on as many lines as that needs."""
        lines = Content(meaning).wrap(max(self.app.size.width - SIGN - ROOM, SIGN))
        first, *more = [line.plain.rstrip() for line in lines] or [""]
        below = (f"{' ' * (SIGN + 2)}{one}\n" for one in more)
        return [(f"  {fit(sign, SIGN)}", style), (f"{first}\n", ""), *((one, "") for one in below)]
