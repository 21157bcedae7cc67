"""What of a table wants a look: its sign, the rows left out of it and why, how old its last row is."""

from __future__ import annotations

from datetime import date

from kpi_tui.definitions.answers.value import Profile, Rejected
from kpi_tui.text.format import decimals
from kpi_tui.text.i18n import N_
from kpi_tui.text.phrase import Word, joined, phrase, phrases
from kpi_tui.views.reasons import bracketed

FINE, DOUBT, LOST = "●", "◐", "○"
STATES = {FINE: N_("every row was read"), DOUBT: N_("read, but look at it"), LOST: N_("cannot be read")}


def state(profile: Profile) -> str:
    """● nothing to say; ◐ rows left out, keys without a value or doubled, or a note."""
    doubtful = any(p.rejected or p.null_keys or p.duplicate_keys or p.notes for p in (profile, *profile.parts()))
    return DOUBT if doubtful else FINE


def rejected_rows(profile: Profile) -> int:
    """Rows that could not be read."""
    return sum(rejected.count for rejected in profile.rejected)


def rejection(rejected: Rejected) -> Word:
    """`12 × amount is no number (row 17: "abc", row 20: "-")`."""
    examples = [joined(phrase("row {row}", row=row), value, between=": ") for row, value in rejected.examples]
    told = joined(decimals(rejected.count, 0), "×", rejected.reason, between=" ")
    return bracketed(told, joined(*examples, between=", ")) if examples else told


def days_old(profile: Profile, as_of: date | None) -> int | None:
    """From the last row to the as-of day; None where either is not known."""
    return None if as_of is None else profile.age(as_of)


def age(profile: Profile, as_of: date | None) -> Word:
    """`3 days`, `2 days ahead` of the as-of day, empty for a table without days."""
    days = days_old(profile, as_of)
    if days is None:
        return ""
    if days < 0:
        return phrases("{count} day ahead", "{count} days ahead", -days)
    return phrases("{count} day", "{count} days", days)
