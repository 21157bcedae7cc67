"""The JSON of one table."""

from __future__ import annotations

from datetime import date

from kpi_tui.definitions.answers.value import Profile, Rejected
from kpi_tui.definitions.library.table import TableSchema
from kpi_tui.views.data.table_state import DOUBT, FINE, days_old, state
from kpi_tui.views.record import Record, plain, record


def table_data(profile: Profile, schema: TableSchema | None, as_of: date | None) -> Record:
    """The JSON of one table and its sources; days are ISO, `age_days` counts from the last row to the as-of day."""
    found = {
        **record(profile, "table"),
        "name": plain(schema.name) if schema else {},
        **record(profile, "files", "rows_read", "rows_kept"),
        "rejected": [_rejected_data(rejected) for rejected in profile.rejected],
        **record(profile, "filtered", "first_day", "last_day"),
        "age_days": days_old(profile, as_of),
        **record(profile, "null_keys", "duplicate_keys", "encoding", "missing_columns", "notes"),
        "state": {FINE: "fine", DOUBT: "doubtful"}[state(profile)],
    }
    sources = {name: table_data(part, None, as_of) for name, part in profile.sources.items()}
    return found | ({"sources": sources} if sources else {})


def _rejected_data(rejected: Rejected) -> Record:
    examples = [{"row": row, "text": value} for row, value in rejected.examples]
    return {**record(rejected, "reason", "count"), "examples": examples}
