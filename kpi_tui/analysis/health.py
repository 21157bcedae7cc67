"""What the profiles of the tables say is wrong with the data, as issues (interface.md, `check`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from kpi_tui.definitions.issue import Issue, Severity
from kpi_tui.definitions.table import TableSchema, TableSource
from kpi_tui.definitions.value import Profile, Rejected


def data_issues(profiles: Mapping[str, Profile], sources: Mapping[str, TableSource]) -> list[Issue]:
    """Rejected rows, keys without a value, keys that come twice, and what else was noticed per table."""
    return [issue for name, profile in profiles.items() for issue in _table(profile, sources[name])]


def _table(profile: Profile, source: TableSource) -> Iterable[Issue]:
    file = ", ".join(Path(name).name for name in profile.files)
    for rejected in profile.rejected:
        yield _rejected(profile.table, file, rejected)
    for column, count in profile.null_keys.items():
        message = f"{profile.table}: {count:,} rows have no {column}"
        yield Issue(
            Severity.WARNING, message, "they cannot be told apart or joined", file=file, key=column, code="null-key"
        )
    if profile.duplicate_keys:
        message = f"{profile.table}: {profile.duplicate_keys:,} rows repeat a key"
        hint = f"they all count; add a filter to tables.toml [tables.{source.id}] if they should not"
        yield Issue(Severity.WARNING, message, hint, file=file, code="duplicate-key")
    for note in profile.notes:
        yield Issue(Severity.HINT, f"{profile.table}: {note}", file=file, code="note")


def _rejected(table: str, file: str, rejected: Rejected) -> Issue:
    line, text = rejected.examples[0] if rejected.examples else (0, "")
    rows = ", ".join(str(number) for number, _ in rejected.examples)
    message = f"{table}: {rejected.count:,} rows left out: {rejected.reason}"
    hint = f"row {rows}" + (f", e.g. {text}" if text else "")
    return Issue(Severity.WARNING, message, hint, file=file, line=line, code="rejected")


def stale_issues(silent_days: Mapping[str, tuple[int, int]]) -> list[Issue]:
    """Tables that stopped: (days silent before the as-of day, the longest silence before that)."""
    hint = "periods after the last row have no number; say complete_until in tables.toml if nothing is missing"
    return [
        Issue(Severity.HINT, f"{table}: no row for the last {silent} days", hint, key=table, code="stale")
        for table, (silent, longest) in silent_days.items()
        if silent > longest + 1
    ]


def timeless_issues(profiles: Mapping[str, Profile], schemas: Mapping[str, TableSchema]) -> list[Issue]:
    """Tables whose rows belong to no period, because nothing is mapped to their time column (R002)."""
    return [
        Issue(
            Severity.WARNING,
            f"{name}: nothing says when a row happened; no period has a number from it",
            f"add {time} to [tables.{name}.columns] in tables.toml",
            key=f"tables.{name}.columns.{time}",
            code="no-time",
        )
        for name, profile in profiles.items()
        if (time := schemas[name].time) and time in profile.missing_columns
    ]
