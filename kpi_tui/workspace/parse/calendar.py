"""`[calendar]` of workspace.toml: on which day weeks begin, in which month years, and what a year is called by."""

from __future__ import annotations

from kpi_tui.definitions.calendar import ISO, MONTHS, WEEKDAYS, YEAR_NAMES, Calendar
from kpi_tui.workspace.toml.fields import Fields


def read_calendar(fields: Fields) -> Calendar:
    """The calendar of a workspace: what its table does not say is as in ISO 8601."""
    table = fields.table("calendar")
    if table is None:
        return ISO
    found = Calendar(
        table.choice("week_start", WEEKDAYS, ISO.week_start),
        table.choice("fiscal_year", MONTHS, ISO.fiscal_year),
        table.choice("fiscal_year_name", YEAR_NAMES, ISO.fiscal_year_name),
    )
    fields.join(table)
    return found
