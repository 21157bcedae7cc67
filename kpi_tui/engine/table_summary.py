"""What is remembered about a raw table without its rows: profile, lacking columns, days with rows."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, NamedTuple

from kpi_tui.definitions.answers.conditions import table_keeps_nothing
from kpi_tui.definitions.answers.value import FileDoubt, Profile, Rejected
from kpi_tui.definitions.message import Message, from_plain, says, to_plain
from kpi_tui.engine.days.days_covered import RowDays
from kpi_tui.tables.source.blank_row import BLANK_ROW

_DAYS = ("first", "last")


class Silence(NamedTuple):
    """Days without rows, between two that have some."""

    after: date
    before: date

    @property
    def days(self) -> int:
        """How many there are."""
        return (self.before - self.after).days - 1


@dataclass(frozen=True)
class TableSummary:
    """What is remembered about a table without its rows."""

    profile: Profile
    lacking: frozenset[str]  # canonical columns it does not supply
    days: Mapping[str, RowDays] = field(default_factory=dict)  # that have rows, of a table or each source, by its id
    earliest: date | None = None  # of any of its dates
    with_rows: tuple[str, ...] = ()  # ISO days that have rows, of a table from which rows were rejected

    def without_rows(self) -> Message | None:
        """Why a table of some rows has none that count, with what was read of them; None where it has."""
        lost = sum(one.count for one in self.profile.rejected)
        if self.profile.rows_kept or not self.profile.rows_read:
            return None
        for part in self.profile.parts():
            if part.keeps_nothing:
                return table_keeps_nothing(part.table, part.rows_read, part.unheard)
        if not lost:
            return None
        return says(
            "the only row of {table} was rejected: {why}",
            "all {count:,} rows of {table} were rejected: {why}",
            lost,
            table=self.profile.table,
            why=self.profile.rejected[0].reason,
        )

    @property
    def undated(self) -> int:
        """How many rejected rows say no day."""
        return sum(one.count - sum(one.days.values()) for one in self.unread)

    @property
    def unread(self) -> tuple[Rejected, ...]:
        """Rows that could not be read; a row without any cell is none."""
        return tuple(one for one in self.profile.rejected if one.reason != BLANK_ROW)

    def all_rejected(self, first: date, last: date) -> tuple[str, int]:
        """Why, and how many: the rows of some days when every one of them was rejected; none otherwise."""
        low, high = first.isoformat(), last.isoformat()
        counts = [
            (sum(n for day, n in one.days.items() if low <= day <= high), one.reason) for one in self.profile.rejected
        ]
        total = sum(count for count, _ in counts)
        if not total or self.has_rows(first, last):
            return "", 0
        return max(counts, key=lambda one: one[0])[1], total

    def has_rows(self, first: date, last: date) -> bool:
        """Whether any row of such days was read; asked only of a table from which rows were rejected."""
        return any(first.isoformat() <= day <= last.isoformat() for day in self.with_rows)

    def may_be_lost(self, first: date, last: date) -> int:
        """Rejected rows of unknown day that may lie in days which have no row.

        None where the table has been as silent before, or where they are far fewer than such days usually have.
        """
        known = [date.fromisoformat(day) for day in self.with_rows]
        if not known or not self.undated or self.has_rows(first, last):
            return 0
        silence = Silence(
            max((day for day in known if day < first), default=first - timedelta(days=1)),
            min((day for day in known if day > last), default=last + timedelta(days=1)),
        )
        others = [Silence(*pair).days for pair in pairwise(known) if pair != (silence.after, silence.before)]
        usual = self.profile.rows_kept / ((known[-1] - known[0]).days + 1) * silence.days
        return self.undated if silence.days > max(others, default=0) and self.undated >= usual / 2 else 0


def to_json(summary: TableSummary) -> dict[str, Any]:
    """As the result cache keeps it."""
    return {
        "profile": _profile(summary.profile),
        "missing": sorted(summary.lacking),
        "days": {part: _days(days) for part, days in summary.days.items()},
        "earliest": summary.earliest.isoformat() if summary.earliest else None,
        "with_rows": list(summary.with_rows),
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
    missing = [day.isoformat() for day in days.missing]
    return {**plain, "holes": holes, "missing": missing, **{key: plain[key].isoformat() for key in _DAYS}}


def from_json(stored: dict[str, Any]) -> TableSummary:
    """What `to_json` kept."""
    earliest = date.fromisoformat(stored["earliest"]) if stored["earliest"] else None
    days = {part: _days_of(one) for part, one in stored["days"].items()}
    return TableSummary(
        _profile_of(stored["profile"]), frozenset(stored["missing"]), days, earliest, tuple(stored["with_rows"])
    )


def _days_of(stored: dict[str, Any]) -> RowDays:
    holes = tuple((date.fromisoformat(first), date.fromisoformat(last)) for first, last in stored["holes"])
    missing = tuple(date.fromisoformat(day) for day in stored["missing"])
    return RowDays(
        **{**stored, "holes": holes, "missing": missing, **{key: date.fromisoformat(stored[key]) for key in _DAYS}}
    )


def _profile_of(stored: dict[str, Any]) -> Profile:
    profile = from_plain({key: value for key, value in stored.items() if key != "sources"})
    for key in ("first_day", "last_day"):
        profile[key] = date.fromisoformat(profile[key]) if profile[key] else None
    profile["rejected"] = tuple(
        Rejected(r["reason"], r["count"], tuple((int(n), str(t)) for n, t in r["examples"]), r["days"])
        for r in profile["rejected"]
    )
    profile["doubts"] = tuple(FileDoubt(**{**doubt, "columns": tuple(doubt["columns"])}) for doubt in profile["doubts"])
    for key in ("files", "missing_columns", "notes", "unheard", "own_fractions", "converted"):
        profile[key] = tuple(profile[key])
    return Profile(**profile, sources={name: _profile_of(one) for name, one in stored["sources"].items()})
