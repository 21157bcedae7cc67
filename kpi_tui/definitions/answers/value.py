"""Answers: a number, or no number with its reason (R002)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from kpi_tui.definitions.change import changed
from kpi_tui.definitions.message import Message, listed, say, says

if TYPE_CHECKING:
    from kpi_tui.definitions.period import Period
    from kpi_tui.definitions.quantity import Quantity
    from kpi_tui.definitions.text import Text

SHOWN = 6
"""How many runs of days a sentence names."""
_EVERY = "every"  # all of its days (ISO), whatever it names
_BY_HAND = "by_hand"  # that a person said these days to be whole


class Reason(StrEnum):
    """Why there is no number. The order is the order of precedence in a formula."""

    ERROR = "error"
    NO_TABLE = "no_table"
    NO_COLUMN = "no_column"
    NOT_APPLICABLE = "not_applicable"
    NO_DATA = "no_data"
    PENDING = "pending"
    UNKNOWN = "unknown"
    NO_ROWS = "no_rows"
    ZERO_DENOMINATOR = "zero_denominator"


@dataclass(frozen=True, slots=True)
class Number:
    """`value` is None exactly when `reason` is set; `detail` says it in words (English)."""

    value: float | None
    reason: Reason | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """One metric, period and segment (`kpi-tui values --format json`). Percent is a fraction.

    `partial`: some of its window has no rows; `late`: only because the data begin later. `left_out`: table -> its
    rows that could not be read. `notes`: what else is doubtful, in words. `segment_of`: table and column the segment is
    of, where another table than the value's own supplies it; `asked_of`: so of the columns of the question's condition,
    a sentence each. `until`: the last day that counts (ISO), where the data end before the window does.
    """

    metric: str
    period: Period
    value: float | None
    reason: Reason | None = None
    detail: str = ""
    segment: str | None = None
    partial: bool = False
    unit: str = "count"
    measures: Mapping[str, float | None] = field(default_factory=dict)
    late: bool = False
    left_out: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    segment_of: str = ""
    asked_of: tuple[str, ...] = ()
    until: str = ""


def resting_on(value: Value, parts: Iterable[Value]) -> Value:
    """A value worked out from others, with whatever is doubtful about those."""
    if value.value is None:
        return value
    known = list(parts)
    return replace(
        value,
        partial=any(part.partial for part in known),
        late=any(part.late for part in known) and all(part.late for part in known if part.partial),
        left_out={table: count for part in known for table, count in part.left_out.items()},
        notes=tuple(dict.fromkeys(note for part in known for note in part.notes)),
        asked_of=tuple(dict.fromkeys(said for part in known for said in part.asked_of)),
        until=first_end(part.until for part in known),
    )


def first_end(days: Iterable[str]) -> str:
    """The first of the days (ISO) with which data end; "" where none end."""
    return min((day for day in days if day), default="")


def not_over(period: str, until: str) -> str:
    """`2026-10 is not over: data up to 2026-10-17`, of the id of a period; the day (ISO) only where it is known."""
    if not until:
        return say("{period} is not over", period=period)
    return say("{period} is not over: data up to {day}", period=period, day=until)


def unfinished(value: Value) -> str:
    """Why a value is of a part of its period: the data begin inside it, or it is not over yet."""
    if value.late:
        return say("the data begin inside {period}", period=value.period.said)
    return not_over(value.period.said, value.until)


def value_changed(before: Value, now: Value) -> Quantity | None:
    """By how much a value moved, in the unit such a change is told in; None when it is unknown or either partial."""
    if now.partial or before.partial:
        return None
    return changed(before.value, now.value, now.unit)


def relative_change(before: Value, now: Value) -> float | None:
    """Share by which `now` differs from `before`; None when either is unknown, zero before, or partial."""
    if now.value is None or not before.value or now.partial or before.partial:
        return None
    return now.value / before.value - 1


def without_comparison(period: Period, detail: str) -> str:
    """Why a number that is known cannot be compared: `period`, with which it would be, has none; `detail` says why."""
    return say("{period}, which it is compared with, is not known: {detail}", period=period.id, detail=detail)


def missing_in_words(table: str, missing: Sequence[date], days: int, *, by_hand: bool = False) -> Message:
    """`orders: no rows on 5 of 31 days, counted as 0: 2026-10-03, 2026-10-07 … 2026-10-09`.

    `by_hand`: a person's `complete_until` says that none is missing.
    """
    runs = [_run(run) for run in runs_of(missing)]
    which = listed(runs if len(runs) <= SHOWN else [*runs[: SHOWN - 1], "…", runs[-1]])
    every = " ".join(day.isoformat() for day in missing)
    if by_hand:
        return says(
            "{table}: no rows on {count} of {days} day, counted as 0 because complete_until says it is whole: {which}",
            "{table}: no rows on {count} of {days} days, counted as 0 because complete_until says they are whole: "
            "{which}",
            days,
            table=table,
            count=len(missing),
            days=days,
            which=which,
            **{_EVERY: every, _BY_HAND: True},
        )
    return says(
        "{table}: no rows on {count} of {days} day, counted as 0: {which}",
        "{table}: no rows on {count} of {days} days, counted as 0: {which}",
        days,
        table=table,
        count=len(missing),
        days=days,
        which=which,
        **{_EVERY: every},
    )


def missing_together(notes: Iterable[str], days: int) -> list[str]:
    """The notes of the parts of a period of so many days, in their order; those on missing days as one for a table."""
    told: dict[str, str] = {}
    which: dict[tuple[str, bool], list[date]] = {}
    for note in notes:
        if isinstance(note, Message) and _EVERY in note.values:
            table, by_hand, every = str(note.values["table"]), _BY_HAND in note.values, str(note.values[_EVERY])
            found = which.setdefault((table, by_hand), [])
            found.extend(map(date.fromisoformat, every.split()))
            told[f"{table} {by_hand}"] = missing_in_words(table, sorted(set(found)), days, by_hand=by_hand)
        else:
            told[note] = note
    return list(told.values())


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


@dataclass(frozen=True, slots=True)
class Reading:
    """One base measure inside an explanation: its definition, its window and its number."""

    id: str
    about: Text
    number: Number
    table: str = ""
    agg: str = ""
    column: str = ""
    where: str = ""
    time: str = ""
    window: str = ""
    first_day: date | None = None
    last_day: date | None = None
    rows: int | None = None
    sql: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Where a value comes from (R172): formula, readings, settings, rows, SQL."""

    value: Value
    formula: str
    readings: tuple[Reading, ...]
    settings: Mapping[str, float | int | str | bool]
    parts: tuple[Value, ...] = ()  # values of other metrics inside the formula
    sub_periods: tuple[Value, ...] = ()  # grain values behind a mean, pooled or last roll-up
    rates: tuple[str, ...] = ()  # by which rates amounts of other currencies were counted


@dataclass(frozen=True, slots=True)
class Rejected:
    """Rows of a table that could not be read or mapped, why, and examples (row number, text).

    `days`: ISO day -> rows, of those whose time can be read.
    """

    reason: str
    count: int
    examples: tuple[tuple[int, str], ...] = ()
    days: Mapping[str, int] = field(default_factory=dict)


NO_COLUMN = "no-column"
"""Code of the doubt about a file or source that lacks a column which others of its table have."""


@dataclass(frozen=True, slots=True)
class FileDoubt:
    """Something doubtful about a file: what, and the line that settles it.

    `counts`: rows count that should not, until it is settled, so that every number of the table is doubtful.
    """

    code: str
    said: str
    write: str
    counts: bool = True
    columns: tuple[str, ...] = ()  # of the table, where it concerns some alone
    lacking: bool = False  # its rows lack these columns: it stands where such a row is met

    def in_words(self) -> Message:
        """What is doubtful, and the line that settles it."""
        return say("{said}; {write}", said=self.said, write=self.write)


@dataclass(frozen=True, slots=True)
class Profile:
    """What was read from one raw table."""

    table: str
    files: tuple[str, ...]
    rows_read: int
    rows_kept: int
    rejected: tuple[Rejected, ...] = ()
    repeated: int = 0  # copies, and versions of one thing that another row replaces
    filtered: int = 0  # rows the workspace's own `where` excluded
    first_day: date | None = None
    last_day: date | None = None
    null_keys: Mapping[str, int] = field(default_factory=dict)
    duplicate_keys: int = 0  # rows beyond the first of a key that count too, with other values
    doubled_key: str = ""  # one of those keys, as its columns say it
    encoding: str = ""
    missing_columns: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    doubts: tuple[FileDoubt, ...] = ()
    unheard: tuple[str, ...] = ()  # words that the `where` asks for and no row has, where it keeps no row
    currencies: Mapping[str, Mapping[str, int]] = field(default_factory=dict)  # column of the file -> rows per currency
    currencies_apart: bool = True  # whether each row says its own
    own_fractions: tuple[str, ...] = ()  # own columns with fractions, of which nobody says whether they are amounts
    converted: tuple[str, ...] = ()  # by which rates amounts of other currencies were counted
    sources: Mapping[str, Profile] = field(default_factory=dict)  # of a table of several; their notes and doubts too

    def parts(self) -> tuple[Profile, ...]:
        """Its sources, or itself: what was read from files."""
        return tuple(self.sources.values()) or (self,)

    @property
    def keeps_nothing(self) -> bool:
        """Whether the workspace's own `where` excluded every row there is."""
        return bool(self.rows_read) and not self.rows_kept and self.filtered == self.rows_read

    def age(self, as_of: date) -> int | None:
        """Days between the last row and the as-of day; None for a table without days."""
        return None if self.last_day is None else (as_of - self.last_day).days
