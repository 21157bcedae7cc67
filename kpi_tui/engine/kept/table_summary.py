"""What is remembered about a raw table without its rows: profile, lacking columns, days with rows."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Mapping, Sequence
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
    with_rows: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """ISO days that have rows, of a table from which rows were rejected or each of its sources, by its id."""

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
        return all_rejected_in_words(self.profile.table, self.profile.rejected[0].reason, lost)

    def empty_parts(self) -> dict[str, Profile]:
        """Its sources that have no row, or itself, by their ids."""
        return {part.table: part for part in self.profile.parts() if not part.rows_kept}

    @property
    def undated(self) -> int:
        """How many rejected rows say no day."""
        return _undated(self.unread)

    @property
    def unread(self) -> tuple[Rejected, ...]:
        """Rows that could not be read; a row without any cell is none."""
        return self.unread_of(())

    def unread_of(self, sources: Collection[str]) -> tuple[Rejected, ...]:
        """Those of some sources, by their ids; of the whole table where none of them is one of its own."""
        return tuple(one for part in self._parts(sources) for one in part.rejected if one.reason != BLANK_ROW)

    def all_rejected(self, first: date, last: date, sources: Collection[str] = ()) -> tuple[str, int]:
        """Why, and how many: the rows of some days, of sources or of all, when every one was rejected; else none."""
        low, high = first.isoformat(), last.isoformat()
        counts = [
            (sum(n for day, n in one.days.items() if low <= day <= high), one.reason)
            for part in self._parts(sources)
            for one in part.rejected
        ]
        total = sum(count for count, _ in counts)
        if not total or any(low <= day <= high for day in self._days(sources)):
            return "", 0
        return max(counts, key=lambda one: one[0])[1], total

    def may_be_lost(self, first: date, last: date, sources: Collection[str] = ()) -> int:
        """Rejected rows of unknown day that may lie in days which have no row.

        None where the table has been as silent before, or where they are far fewer than such days usually have.
        """
        known = [date.fromisoformat(day) for day in self._days(sources)]
        undated = _undated(self.unread_of(sources))
        if not self.with_rows or not undated or any(first <= day <= last for day in known):
            return 0
        if not known:
            return undated
        silence = Silence(
            max((day for day in known if day < first), default=first - timedelta(days=1)),
            min((day for day in known if day > last), default=last + timedelta(days=1)),
        )
        others = [Silence(*pair).days for pair in pairwise(known) if pair != (silence.after, silence.before)]
        kept = sum(part.rows_kept for part in self._parts(sources))
        usual = kept / ((known[-1] - known[0]).days + 1) * silence.days
        return undated if silence.days > max(others, default=0) and undated >= usual / 2 else 0

    def named(self, sources: Collection[str]) -> str:
        """The one source that is asked for, by its id, else the table."""
        asked = self._parts(sources)
        return asked[0].table if len(asked) == 1 else self.profile.table

    def _parts(self, sources: Collection[str]) -> Sequence[Profile]:
        """What was read of some sources; the whole table where none of them is one of its own."""
        return [part for part in self.profile.parts() if part.table in sources] or [self.profile]

    def _days(self, sources: Collection[str]) -> list[str]:
        own = [days for part, days in self.with_rows.items() if part in sources]
        return sorted({day for days in own or self.with_rows.values() for day in days})


def all_rejected_in_words(table: str, why: str, count: int) -> Message:
    """That no row of a table could be read."""
    return says(
        "the only row of {table} was rejected: {why}",
        "all {count:,} rows of {table} were rejected: {why}",
        count,
        table=table,
        why=why,
    )


def _undated(lost: Iterable[Rejected]) -> int:
    return sum(one.count - sum(one.days.values()) for one in lost)


def to_json(summary: TableSummary) -> dict[str, Any]:
    """As the result cache keeps it."""
    return {
        "profile": _profile(summary.profile),
        "missing": sorted(summary.lacking),
        "days": {part: _days(days) for part, days in summary.days.items()},
        "earliest": summary.earliest.isoformat() if summary.earliest else None,
        "with_rows": {part: list(days) for part, days in summary.with_rows.items()},
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
    rows = {part: tuple(some) for part, some in stored["with_rows"].items()}
    return TableSummary(_profile_of(stored["profile"]), frozenset(stored["missing"]), days, earliest, rows)


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
