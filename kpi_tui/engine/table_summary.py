"""What is remembered about a raw table without its rows: profile, lacking columns, days with rows."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date
from typing import Any

from kpi_tui.definitions.answers.value import FileDoubt, Profile, Rejected
from kpi_tui.definitions.message import from_plain, to_plain
from kpi_tui.engine.days.days_covered import RowDays

_DAYS = ("first", "last")


@dataclass(frozen=True)
class TableSummary:
    """What is remembered about a table without its rows."""

    profile: Profile
    lacking: frozenset[str]  # canonical columns it does not supply
    days: RowDays | None = None  # that have rows
    earliest: date | None = None  # of any of its dates


def to_json(summary: TableSummary) -> dict[str, Any]:
    """As the result cache keeps it."""
    profile = to_plain(dataclasses.asdict(summary.profile))
    for key in ("first_day", "last_day"):
        profile[key] = profile[key].isoformat() if profile[key] else None
    return {
        "profile": profile,
        "missing": sorted(summary.lacking),
        "days": _days(summary.days) if summary.days else None,
        "earliest": summary.earliest.isoformat() if summary.earliest else None,
    }


def _days(days: RowDays) -> dict[str, Any]:
    plain = dataclasses.asdict(days)
    return {**plain, **{key: plain[key].isoformat() for key in _DAYS}}


def from_json(stored: dict[str, Any]) -> TableSummary:
    """What `to_json` kept."""
    profile = from_plain(stored["profile"])
    for key in ("first_day", "last_day"):
        profile[key] = date.fromisoformat(profile[key]) if profile[key] else None
    profile["rejected"] = tuple(
        Rejected(r["reason"], r["count"], tuple((int(n), str(t)) for n, t in r["examples"]))
        for r in profile["rejected"]
    )
    profile["doubts"] = tuple(FileDoubt(**doubt) for doubt in profile["doubts"])
    for key in ("files", "missing_columns", "notes"):
        profile[key] = tuple(profile[key])
    earliest = date.fromisoformat(stored["earliest"]) if stored["earliest"] else None
    days = stored["days"] and {**stored["days"], **{key: date.fromisoformat(stored["days"][key]) for key in _DAYS}}
    return TableSummary(Profile(**profile), frozenset(stored["missing"]), RowDays(**days) if days else None, earliest)
