"""What was read from each table, what was left out and why, and which table is wanted most (R006)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from kpi_tui.definitions.answers.coverage import Coverage
from kpi_tui.definitions.answers.value import Profile
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.i18n import N_
from kpi_tui.text.phrase import Word, joined, phrase, phrases
from kpi_tui.views.cells import Cell, NumberCell, TextCell, Tone, text
from kpi_tui.views.data.table import DOUBT, FINE, LOST, age, rejected_rows, some, state, table_data
from kpi_tui.views.names import table_name
from kpi_tui.views.reasons import known
from kpi_tui.views.view import Column, Row, Sentence, Sheet, View, sheet

_TONES: dict[str, Tone] = {FINE: "good", DOUBT: "near", LOST: "weak"}
NO_TABLES = N_("No tables yet: `kpi-tui init DIR FILE…` proposes a mapping, tables.toml holds it.")
IN_TABLE = (
    *("state", "table", "name", "rows_read", "rows_kept", "rejected", "filtered", "first_day", "last_day", "age_days"),
    *("null_keys", "duplicate_keys", "missing_columns"),
)
ON_SCREEN = ("state", "table", "name", "rows_kept", "rejected", "filtered", "last_day", "days_old", "bad_keys")


@dataclass(frozen=True, slots=True)
class TablesFound:
    """What the book says about its tables."""

    profiles: Mapping[str, Profile]
    lost: Mapping[str, str]  # tables that cannot be read, and why
    as_of: date | None
    coverage: Coverage | None = None
    unlocks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # table -> metrics that want only it


def tables(found: TablesFound, space: Workspace) -> View:
    """One line per table, why the unreadable ones are, and what deserves a look."""
    lines = tables_sheet(found, space).only(*IN_TABLE)
    notes = [*(joined(LOST, why, between=" ") for why in found.lost.values()), _look_at(found)]
    broken = [{"table": id_, "error": why} for id_, why in found.lost.items()]
    data = [table_data(profile, space.schemas.get(id_), found.as_of) for id_, profile in found.profiles.items()]
    return View(sheets=(sheet(lines.columns, lines.rows, notes=notes),), data=[*data, *broken])


def tables_screen(found: TablesFound, space: Workspace) -> View:
    """The tables read, those that cannot be, then those that would bring metrics to life; and a line of summary."""
    lines = tables_sheet(found, space).only(*ON_SCREEN)
    rows = [*lines.rows, *_absent(found, space)]
    empty = () if rows else (Sentence(known(NO_TABLES), key="empty"),)
    return View(
        sentences=(Sentence(summary(found), key="summary"), *empty),
        sheets=(sheet(lines.columns, rows, key="tables"),),
    )


def tables_sheet(found: TablesFound, space: Workspace) -> Sheet:
    """The tables read, then those that cannot be."""
    columns = [
        Column("state", width=1),
        Column("table", phrase("Table"), most=18),
        Column("name", phrase("Name"), flex=1, least=8, drop=3),
        Column("rows_read", phrase("Read"), right=True),
        Column("rows_kept", phrase("Kept"), short=phrase("Rows"), right=True),
        Column("rejected", phrase("Left out"), right=True),
        Column("filtered", phrase("Filtered"), right=True, drop=5),
        Column("first_day", phrase("First day"), drop=4),
        Column("last_day", phrase("Last day"), width=10, drop=1),
        Column("age_days", phrase("Age"), right=True),
        Column("null_keys", phrase("Null keys"), right=True, drop=6),
        Column("duplicate_keys", phrase("Doubled keys"), right=True, drop=7),
        Column("missing_columns", phrase("Missing"), right=True, drop=8),
        Column("days_old", phrase("Days old"), right=True, drop=2, csv=False),
        Column("bad_keys", phrase("Bad keys"), right=True, drop=4, csv=False),
    ]
    rows = [_read(profile, space, found.as_of) for profile in found.profiles.values()]
    blank = [text("")] * (len(columns) - 3)
    rows += [Row(id_, (text(LOST, "weak"), text(id_), _name(id_, space, ""), *blank)) for id_ in found.lost]
    return sheet(columns, rows, key="tables")


def _read(profile: Profile, space: Workspace, as_of: date | None) -> Row:
    sign, nulls = state(profile), sum(profile.null_keys.values())
    days = None if as_of is None else profile.age(as_of)
    cells: tuple[Cell, ...] = (
        text(sign, _TONES[sign]),
        text(profile.table),
        _name(profile.table, space),
        NumberCell(profile.rows_read),
        NumberCell(profile.rows_kept),
        some(rejected_rows(profile), "near"),
        some(profile.filtered, "muted"),
        text(str(profile.first_day or ""), "muted"),
        text(str(profile.last_day or "")),
        text(age(profile, as_of), "muted", days),
        some(nulls, "near"),
        some(profile.duplicate_keys, "near"),
        some(len(profile.missing_columns), "muted"),
        text(phrase("ahead"), "near") if (days or 0) < 0 else NumberCell(days, tone="muted", blank=True),
        some(nulls + profile.duplicate_keys, "near"),
    )
    return Row(profile.table, cells)


def _name(table: str, space: Workspace, exact: Word | None = None) -> TextCell:
    name = table_name(space, table)
    return text(name, "muted", name if exact is None else exact)


def _absent(found: TablesFound, space: Workspace) -> Iterable[Row]:
    """Tables that are not here, and how many metrics each would bring to life."""
    absent = [id_ for id_ in found.unlocks if id_ not in found.lost]
    if absent:
        yield Row("heading:absent", heading=phrase("Not here: one more table would bring these metrics to life"))
    blank = [text("")] * (len(ON_SCREEN) - 4)
    for id_ in absent:
        yield Row(id_, (text("+", "muted"), text(id_), _name(id_, space), text(f"+{len(found.unlocks[id_])}"), *blank))


# --- what is said ------------------------------------------------------------------------------------
def summary(found: TablesFound) -> Word:
    """`35 tables · ◐ 3 to look at · ○ 1 cannot be read · 273 of 273 metrics are live.`"""
    doubtful, lost, live = _doubtful(found), len(found.lost), found.coverage
    return joined(
        _counted(found),
        joined(DOUBT, phrase("{count} to look at", count=doubtful), between=" ") if doubtful else "",
        joined(LOST, phrase("{count} cannot be read", count=lost), between=" ") if lost else "",
        phrase("{live} of {all} metrics are live.", live=live.live, all=live.metrics) if live else "",
        between=" · ",
    )


def _look_at(found: TablesFound) -> Word:
    if not found.profiles and not found.lost:
        return known(NO_TABLES)
    doubtful = _doubtful(found)
    hint = phrase("◐ look at {count}: `kpi-tui tables TABLE` says why", count=doubtful) if doubtful else ""
    return joined(_counted(found), hint, between=" · ")


def _counted(found: TablesFound) -> Word:
    return phrases("{count} table", "{count} tables", len(found.profiles) + len(found.lost))


def _doubtful(found: TablesFound) -> int:
    """How many tables deserve a look."""
    return sum(state(profile) == DOUBT for profile in found.profiles.values())
