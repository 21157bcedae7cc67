"""Changes of definitions that moved the score of a period after it was over, to be told where it is read (R009)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING

from kpi_tui.definitions.period import Period

if TYPE_CHECKING:
    from kpi_tui.definitions.calendar import Calendar
    from kpi_tui.definitions.edit import Change, KeyPath

OF_EVERYBODY = ("bonus", "settings")
"""Sections that move the scores of all."""


def late_changes(
    history: Sequence[Change],
    owners: Collection[str],
    period: Period,
    calendar: Calendar,
    begins: Callable[[KeyPath, str], str],
) -> tuple[Change, ...]:
    """The last late change of every key that counts in the period for one of these roles and people.

    What was taken back is none. `begins`: since when the form of a definition begins that counts in a period.
    """
    found: dict[tuple[str, KeyPath], list[Change]] = {}
    for one in history:
        mine = one.key[0] in OF_EVERYBODY or (one.key[0] in ("roles", "people") and one.key[1] in owners)
        if mine and one.late and one.at.date() > period.last_day and _counts(one, period, calendar, begins):
            found.setdefault((one.since, one.key), []).append(one)
    return tuple(some[-1] for some in found.values() if some[0].before != some[-1].after)


def _counts(one: Change, period: Period, calendar: Calendar, begins: Callable[[KeyPath, str], str]) -> bool:
    """Whether no later form took the place of the changed one before the period."""
    if one.since and Period.parse(one.since, calendar).start > period.start:
        return False
    return begins(one.key, period.id) in ("", one.since)
