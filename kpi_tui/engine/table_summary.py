"""What is remembered about a raw table without its rows: profile, lacking columns, days with rows."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
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
    days: Mapping[str, RowDays] = field(default_factory=dict)  # that have rows, of a table or each source, by its id
    earliest: date | None = None  # of any of its dates


def to_json(summary: TableSummary) -> dict[str, Any]:
    """As the result cache keeps it."""
    return {
        "profile": _profile(summary.profile),
        "missing": sorted(summary.lacking),
        "days": {part: _days(days) for part, days in summary.days.items()},
        "earliest": summary.earliest.isoformat() if summary.earliest else None,
    }


def _profile(profile: Profile) -> dict[str, Any]:
    own = dataclasses.replace(profile, sources={})
    plain: dict[str, Any] = to_plain(dataclasses.asdict(own))
    for key in ("first_day", "last_day"):
        plain[key] = plain[key].isoformat() if plain[key] else None
    return {**plain, "sources": {name: _profile(one) for name, one in profile.sources.items()}}


def _days(days: RowDays) -> dict[str, Any]:
    plain = dataclasses.asdict(days)
    holes = [[first.isoformat(), last.isoformat()] for first, last in days.holes]
    return {**plain, "holes": holes, **{key: plain[key].isoformat() for key in _DAYS}}


def from_json(stored: dict[str, Any]) -> TableSummary:
    """What `to_json` kept."""
    earliest = date.fromisoformat(stored["earliest"]) if stored["earliest"] else None
    days = {part: _days_of(one) for part, one in stored["days"].items()}
    return TableSummary(_profile_of(stored["profile"]), frozenset(stored["missing"]), days, earliest)


def _days_of(stored: dict[str, Any]) -> RowDays:
    holes = tuple((date.fromisoformat(first), date.fromisoformat(last)) for first, last in stored["holes"])
    return RowDays(**{**stored, "holes": holes, **{key: date.fromisoformat(stored[key]) for key in _DAYS}})


def _profile_of(stored: dict[str, Any]) -> Profile:
    profile = from_plain({key: value for key, value in stored.items() if key != "sources"})
    for key in ("first_day", "last_day"):
        profile[key] = date.fromisoformat(profile[key]) if profile[key] else None
    profile["rejected"] = tuple(
        Rejected(r["reason"], r["count"], tuple((int(n), str(t)) for n, t in r["examples"]))
        for r in profile["rejected"]
    )
    profile["doubts"] = tuple(FileDoubt(**doubt) for doubt in profile["doubts"])
    for key in ("files", "missing_columns", "notes"):
        profile[key] = tuple(profile[key])
    return Profile(**profile, sources={name: _profile_of(one) for name, one in stored["sources"].items()})
