"""reports.toml: standing reports (R147)."""

from __future__ import annotations

from kpi_tui.definitions.library.saved_report import SavedReport
from kpi_tui.definitions.message import say
from kpi_tui.definitions.period import GRAINS, Grain
from kpi_tui.workspace.toml.fields import Fields


def read_report(key: str, fields: Fields) -> SavedReport:
    """One `[reports.id]`."""
    last = fields.number("last", 1.0)
    if last < 1 or last != int(last):
        fields.problem("last", say("'last' must be a whole number from 1 on"), say("write 7 for the last seven"))
    return SavedReport(
        id=key,
        name=fields.text("name", required=True),
        metrics=fields.strings("metrics", required=True),
        grain=Grain(fields.choice("grain", GRAINS, Grain.DAY)),
        by=fields.string("by"),
        where=fields.string("where"),
        last=int(last),
        about=fields.text("about"),
        place=fields.place,
        places=fields.places,
    )
