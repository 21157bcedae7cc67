"""The JSON of a table, and whether it deserves a look."""

from __future__ import annotations

from datetime import date

from kpi_tui.definitions.answers.value import Profile, Rejected
from kpi_tui.definitions.library.table import TableSchema
from kpi_tui.views.record import Record, plain, record

FINE, DOUBT, LOST = "●", "◐", "○"


def table_data(profile: Profile, schema: TableSchema | None, as_of: date | None) -> Record:
    """The JSON of one table and its sources; days are ISO, `age_days` counts from the last row to the as-of day."""
    found = {
        **record(profile, "table"),
        "name": plain(schema.name) if schema else {},
        **record(profile, "files", "rows_read", "rows_kept"),
        "rejected": [_rejected_data(rejected) for rejected in profile.rejected],
        **record(profile, "filtered", "first_day", "last_day"),
        "age_days": days_since(profile, as_of),
        **record(profile, "null_keys", "duplicate_keys", "encoding", "missing_columns", "notes"),
        "state": {FINE: "fine", DOUBT: "doubtful"}[state(profile)],
    }
    return found | ({"sources": _sources_data(profile, as_of)} if profile.sources else {})


def _sources_data(profile: Profile, as_of: date | None) -> Record:
    return {name: table_data(part, None, as_of) for name, part in profile.sources.items()}


def _rejected_data(rejected: Rejected) -> Record:
    examples = [{"row": row, "text": value} for row, value in rejected.examples]
    return {**record(rejected, "reason", "count"), "examples": examples}


def state(profile: Profile) -> str:
    """● nothing to say; ◐ rows left out, keys without a value or doubled, or a note."""
    doubtful = any(p.rejected or p.null_keys or p.duplicate_keys or p.notes for p in (profile, *profile.parts()))
    return DOUBT if doubtful else FINE


def days_since(profile: Profile, as_of: date | None) -> int | None:
    """Days from the last row to the as-of day; None where either is unknown."""
    return None if as_of is None else profile.age(as_of)
