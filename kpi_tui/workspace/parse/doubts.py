"""doubts.toml: rows that `check` asks about."""

from __future__ import annotations

from kpi_tui.definitions.issue import Severity
from kpi_tui.definitions.library.aggregation import Aggregation
from kpi_tui.definitions.library.doubt import Doubt, WithoutTime
from kpi_tui.definitions.library.metric import Measure, Window
from kpi_tui.workspace.toml.fields import Fields


def read_doubt(key: str, fields: Fields) -> Doubt:
    """One `[doubts.id]`."""
    rows = Measure(
        id=key,
        table=fields.string("table", required=True),
        agg=Aggregation.COUNT,
        column=fields.string("example", required=True),
        where=fields.string("where", required=True),
        window=Window.ALL,
        place=fields.place,
        places=fields.places,
    )
    lacking = fields.table("without_time")
    names = [lacking.string(name, required=True) for name in ("time", "instead", "amount")] if lacking else []
    fields.join(lacking)
    return Doubt(
        id=key,
        rows=rows,
        about=fields.text("about", required=True),
        write=fields.text("write", required=True),
        severity=Severity(fields.choice("severity", (Severity.WARNING, Severity.HINT))),
        at_values=fields.strings("at_values"),
        without_time=WithoutTime(*names) if names else None,
        place=fields.place,
    )
