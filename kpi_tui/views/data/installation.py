"""What this installation sees: versions, terminal, language, paths, workspace, and what to worry about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kpi_tui.text.format import DASH
from kpi_tui.text.i18n import N_
from kpi_tui.text.phrase import Word, phrase
from kpi_tui.views.cells import text
from kpi_tui.views.reasons import known
from kpi_tui.views.view import Column, View, pairs, sheet

Facts = Mapping[str, object]
_TITLES = {
    "versions": N_("Versions"),
    "terminal": N_("Terminal"),
    "language": N_("Language"),
    "paths": N_("Paths"),
    "limits": N_("Limits of a command"),
    "workspace": N_("Workspace"),
}


def installation(facts: Mapping[str, Facts], warnings: Sequence[str]) -> View:
    """A sheet per subject, then the warnings."""
    sheets = [
        pairs(known(title), [(name, _shown(value)) for name, value in facts[key].items()], key)
        for key, title in _TITLES.items()
    ]
    rows = [[text(warning, "near")] for warning in warnings]
    none = [] if warnings else [phrase("Nothing to worry about.")]
    said = sheet([Column("warning")], rows, notes=none, key="warnings")
    return View(sheets=(*sheets, said), data={**facts, "warnings": list(warnings)})


def _shown(value: object) -> Word:
    if isinstance(value, bool):
        return phrase("yes") if value else phrase("no")
    return DASH if value is None else value if isinstance(value, str) else str(value)
