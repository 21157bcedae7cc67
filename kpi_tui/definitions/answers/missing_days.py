"""Single days without rows in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kpi_tui.definitions.message import Message, says

SHOWN = 6
"""How many runs of days a sentence names."""


def missing_in_words(table: str, missing: Sequence[date], days: int) -> Message:
    """`orders: no rows on 5 of 31 days, counted as 0: 2026-10-03, 2026-10-07 … 2026-10-09`."""
    runs = [_run(run) for run in runs_of(missing)]
    return says(
        "{table}: no rows on {count} of {days} day, counted as 0: {which}",
        "{table}: no rows on {count} of {days} days, counted as 0: {which}",
        days,
        table=table,
        count=len(missing),
        days=days,
        which=", ".join(runs if len(runs) <= SHOWN else [*runs[: SHOWN - 1], "…", runs[-1]]),
    )


def runs_of(days: Sequence[date]) -> list[list[date]]:
    """Days that follow each other, together; `days` in their order."""
    runs: list[list[date]] = []
    for day in days:
        if runs and (day - runs[-1][-1]).days == 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def _run(run: Sequence[date]) -> str:
    """`2026-10-03`, or `2026-10-07 … 2026-10-09`."""
    return " … ".join(dict.fromkeys((run[0].isoformat(), run[-1].isoformat())))
