"""`[calendar]` of workspace.toml: on which day weeks begin, in which month years, of what months are, what a year is
called by."""

from __future__ import annotations

from kpi_tui.definitions.calendar import ISO, KINDS, MONTHS, WEEKDAYS, YEAR_ENDS, YEAR_NAMES, Calendar
from kpi_tui.definitions.message import say
from kpi_tui.workspace.toml.fields import Fields


def read_calendar(fields: Fields) -> Calendar:
    """The calendar of a workspace: what its table does not say is as in ISO 8601."""
    table = fields.table("calendar")
    if table is None:
        return ISO
    week_53 = table.number("week_53", ISO.week_53)
    if week_53 not in range(1, 13):
        table.problem(
            "week_53",
            say("week_53 = {value:g} is no month of a year", value=week_53),
            say("write the number of the month that takes week 53: 1 to 12"),
        )
        week_53 = ISO.week_53
    found = Calendar(
        table.choice("week_start", WEEKDAYS, ISO.week_start),
        table.choice("fiscal_year", MONTHS, ISO.fiscal_year),
        table.choice("fiscal_year_name", YEAR_NAMES, ISO.fiscal_year_name),
        table.choice("kind", KINDS, ISO.kind),
        table.choice("year_end", YEAR_ENDS, ISO.year_end),
        int(week_53),
    )
    fields.join(table)
    return found
