"""What is remembered about a raw table without its rows: profile, lacking columns, silences."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date
from typing import Any

from kpi_tui.definitions.answers.value import Profile, Rejected
from kpi_tui.definitions.message import from_plain, to_plain


@dataclass(frozen=True)
class TableSummary:
    """What is remembered about a table without its rows."""

    profile: Profile
    lacking: frozenset[str]  # canonical columns it does not supply
    longest_silence: int  # most days without a row between its first and last day
    earliest: date | None = None  # of any of its dates


def to_json(summary: TableSummary) -> dict[str, Any]:
    """As the result cache keeps it."""
    profile = to_plain(dataclasses.asdict(summary.profile))
    for key in ("first_day", "last_day"):
        profile[key] = profile[key].isoformat() if profile[key] else None
    return {
        "profile": profile,
        "missing": sorted(summary.lacking),
        "silence": summary.longest_silence,
        "earliest": summary.earliest.isoformat() if summary.earliest else None,
    }


def from_json(stored: dict[str, Any]) -> TableSummary:
    """What `to_json` kept."""
    profile = from_plain(stored["profile"])
    for key in ("first_day", "last_day"):
        profile[key] = date.fromisoformat(profile[key]) if profile[key] else None
    profile["rejected"] = tuple(
        Rejected(r["reason"], r["count"], tuple((int(n), str(t)) for n, t in r["examples"]))
        for r in profile["rejected"]
    )
    for key in ("files", "missing_columns", "notes"):
        profile[key] = tuple(profile[key])
    earliest = date.fromisoformat(stored["earliest"]) if stored["earliest"] else None
    return TableSummary(Profile(**profile), frozenset(stored["missing"]), stored["silence"], earliest)
