"""Single days without rows in a table that has many on all others: a day off, or a day whose rows are missing.

They count as 0, as the rows say, and are told at every value that holds one. Days on which nothing is to be expected
are none of them: weekdays on which the table rests, days of the year that lack rows in several years, and those of a
table so thin that a day without any is chance.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta

from kpi_tui.definitions.answers.value import runs_of

MANY = 5
"""Rows that nearly every day must have for a day without any to be no chance."""
STEADY = 28
"""Where days have fewer rows, but all alike, more than one of so many must be silent: an ordinary shop rests less."""
SHORT = 3
"""How many days in a row those of a steady table last; a longer rest is a festival, or a hole."""
_FEW = 14
_LEAST_DAYS = 0.02  # the share of days that may have fewer rows than all others
_RESTS = 1 / 3  # the share of a weekday's days without rows beyond which the table rests on it
_MOST = 0.25  # the share of days without rows beyond which they are what is usual


def missing_days(known: Mapping[date, int], holes: Sequence[tuple[date, date]]) -> tuple[date, ...]:
    """`known`: each day that has rows, and how many. Days of `holes` are left out."""
    first, last = min(known), max(known)
    days = [day for day in _days(first, last) if not any(one[0] <= day <= one[1] for one in holes)]
    silent = _on_open_weekdays(days, known)
    if not silent or len(known) < _FEW or len(silent) > _MOST * len(days):
        return ()
    within = sorted(rows for day, rows in known.items() if day not in (first, last))
    least, median = within[int(_LEAST_DAYS * len(within))], within[len(within) // 2]
    if least >= MANY:
        return tuple(silent)
    short = [day for run in runs_of(silent) if len(run) <= SHORT for day in run]
    return tuple(short) if 2 * least > median and len(short) * STEADY > len(days) else ()


def _days(first: date, last: date) -> Iterator[date]:
    yield from (first + timedelta(days=n) for n in range((last - first).days + 1))


def _on_open_weekdays(days: Sequence[date], known: Collection[date]) -> list[date]:
    """Days without rows, but for weekdays that often have none, and days of the year that have none in several."""
    missing = [day for day in days if day not in known]
    of_weekday, lacking = Counter(day.weekday() for day in days), Counter(day.weekday() for day in missing)
    resting = {one for one, count in lacking.items() if count > 1 and count > _RESTS * of_weekday[one]}
    yearly = Counter((day.month, day.day) for day in missing)
    return [day for day in missing if day.weekday() not in resting and yearly[day.month, day.day] < 2]
