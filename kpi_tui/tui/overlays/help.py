"""Help: every key of the registry, the present screen's first."""

from __future__ import annotations

from collections.abc import Mapping

from textual.content import Content

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
        parts += [(f"  {fit(sign, 14)}{_(meaning)}\n", "") for sign, meaning in SYMBOLS]
        return Content.assemble(*parts)

    def _section(self, scope: str) -> list[tuple[str, str]]:
        commands = in_scope(scope, COMMANDS)
        if not commands:
            return []
        parts = [(f"{_(SCOPES[scope])}\n", "bold")]
        for command in commands:
            parts += [(f"  {fit(shown_keys(command, self._keymap), 14)}", "bold"), (f"{_(command.help)}\n", "")]
        return [*parts, ("\n", "")]
