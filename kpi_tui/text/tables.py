"""What a person reads about a table: its state, its days, and everything its profile knows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from kpi_tui.definitions.answers.value import Profile, Rejected
from kpi_tui.definitions.library.table import TableSchema
from kpi_tui.text.format import DASH, decimals
from kpi_tui.text.i18n import N_, _, n_, told

FINE, DOUBT, LOST = "●", "◐", "○"
Field = tuple[str, str]
"""Label and text."""

STATES = {
    FINE: N_("every row was read"),
    DOUBT: N_("read, but look at it"),
    LOST: N_("cannot be read"),
}


def state(profile: Profile) -> str:
    """● nothing to say; ◐ rows left out, keys without a value or doubled, or a note."""
    doubtful = profile.rejected or profile.null_keys or profile.duplicate_keys or profile.notes
    return DOUBT if doubtful else FINE


def rejected_rows(profile: Profile) -> int:
    """Rows that could not be read."""
    return sum(rejected.count for rejected in profile.rejected)


def count(number: int) -> str:
    """1,234; a blank for none, so that what is there stands out."""
    return decimals(number, 0) if number else ""


def age(profile: Profile, as_of: date | None) -> str:
    """`3 days`, `2 days ahead` of the as-of day, empty for a table without days."""
    days = None if as_of is None else profile.age(as_of)
    if days is None:
        return ""
    if days < 0:
        return n_("{count} day ahead", "{count} days ahead", -days)
    return n_("{count} day", "{count} days", days)


def days(profile: Profile) -> str:
    """`2025-09-01 … 2026-10-31`."""
    return f"{profile.first_day} … {profile.last_day}" if profile.first_day else DASH


def fields(profile: Profile, schema: TableSchema | None, as_of: date | None, language: str) -> list[Field]:
    """Everything worth saying, in reading order; an empty text is nothing to say."""
    return [
        (_("About"), schema.about.get(language) if schema else ""),
        (_("Files"), ", ".join(Path(file).name for file in profile.files)),
        (_("Read"), decimals(profile.rows_read, 0)),
        (_("Kept"), decimals(profile.rows_kept, 0)),
        (_("Filtered"), count(profile.filtered)),
        (_("Left out"), count(rejected_rows(profile))),
        *((_("because"), text) for text in map(rejection, profile.rejected)),
        (_("Days"), days(profile)),
        (_("Age"), age(profile, as_of)),
        (_("Key"), ", ".join(schema.key) if schema else ""),
        (_("Null keys"), ", ".join(f"{name}: {decimals(rows, 0)}" for name, rows in profile.null_keys.items())),
        (_("Doubled keys"), count(profile.duplicate_keys)),
        (_("Encoding"), profile.encoding),
        (_("Missing"), ", ".join(profile.missing_columns)),
        *((_("Note"), told(note)) for note in profile.notes),
    ]


def rejection(rejected: Rejected) -> str:
    """`12 × amount is no number (row 17: "abc", row 20: "-")`."""
    examples = ", ".join(_example(row, text) for row, text in rejected.examples)
    return f"{decimals(rejected.count, 0)} × {told(rejected.reason)}" + (f" ({examples})" if examples else "")


def _example(row: int, text: str) -> str:
    return _("row {row}", row=row) + (f": {text}" if text else "")


def doubtful(profiles: Iterable[Profile]) -> int:
    """How many tables deserve a look."""
    return sum(state(profile) == DOUBT for profile in profiles)
