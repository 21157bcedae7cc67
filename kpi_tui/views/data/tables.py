"""The list of tables: what was read from each and what was left out, and what one table more would unlock (R006)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from kpi_tui.definitions.answers.coverage import Coverage
from kpi_tui.definitions.answers.value import Profile
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.i18n import N_
from kpi_tui.text.phrase import Aside, Word, joined, phrase, phrases
from kpi_tui.views.cells import NumberCell, TextCell, Tone, text
from kpi_tui.views.data.table_json import table_data
from kpi_tui.views.data.table_state import DOUBT, FINE, LOST, age, days_old, rejected_rows, state
from kpi_tui.views.names import table_name
from kpi_tui.views.reasons import known
from kpi_tui.views.view import Column, Row, Sentence, Sheet, View, listed, sheet

_TONES: dict[str, Tone] = {FINE: "good", DOUBT: "near", LOST: "weak"}
NO_TABLES = N_("No tables yet: `kpi-tui init DIR FILE…` proposes a mapping, tables.toml holds it.")
NOT_HERE = N_("Not here: one more table would bring these metrics to life")
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
    said = tuple(Sentence(note) for note in notes if note)
    return View(sheets=(replace(lines, notes=said),), data=[*data, *broken])


def tables_screen(found: TablesFound, space: Workspace) -> View:
    """The tables read, those that cannot be, then those that would bring metrics to life; and a line of summary."""
    lines = tables_sheet(found, space).only(*ON_SCREEN)
    rows = [*lines.rows, *_absent(found, space)]
    empty = () if rows else (Sentence(known(NO_TABLES), key="empty"),)
    told = (Sentence(joined(summary(found), _to_confirm(space), between=" · "), key="summary"), *empty)
    return View(sentences=told, sheets=(replace(lines, rows=tuple(rows)),))


def tables_file(found: TablesFound, space: Workspace) -> View:
    """What the command says of the tables, then those that would bring metrics to life."""
    view = tables(found, space)
    columns = [Column("table", phrase("Table")), Column("name", phrase("Name")), Column("metrics", phrase("Metrics"))]
    rows = [
        (text(id_), text(table_name(space, id_), "muted"), text(", ".join(found.unlocks[id_])))
        for id_ in _not_here(found)
    ]
    absent = (sheet(columns, rows, known(NOT_HERE), key="absent"),) if rows else ()
    return replace(view, title=phrase("Data"), sheets=(*view.sheets, *absent), name="data")


def tables_sheet(found: TablesFound, space: Workspace) -> Sheet:
    """The tables read, then those that cannot be."""

    def days_cell(profile: Profile) -> NumberCell | TextCell:
        days = days_old(profile, found.as_of)
        return text(phrase("ahead"), "near") if (days or 0) < 0 else NumberCell(days, tone="muted", blank=True)

    lines = listed(
        found.profiles.values(),
        [
            (Column("state", width=1), lambda p: text(state(p), _TONES[state(p)])),
            (Column("table", phrase("Table"), most=18), lambda p: text(p.table)),
            (
                Column("name", phrase("Name"), flex=1, least=8, drop=3),
                lambda p: text(table_name(space, p.table), "muted"),
            ),
            (Column("rows_read", phrase("Read"), right=True), lambda p: NumberCell(p.rows_read)),
            (Column("rows_kept", phrase("Kept"), short=phrase("Rows"), right=True), lambda p: NumberCell(p.rows_kept)),
            (Column("rejected", phrase("Left out"), right=True), lambda p: _some(rejected_rows(p), "near")),
            (Column("filtered", phrase("Filtered"), right=True, drop=5), lambda p: _some(p.filtered, "muted")),
            (Column("first_day", phrase("First day"), drop=4), lambda p: text(str(p.first_day or ""), "muted")),
            (Column("last_day", phrase("Last day"), width=10, drop=1), lambda p: text(str(p.last_day or ""))),
            (
                Column("age_days", phrase("Age"), right=True),
                lambda p: text(age(p, found.as_of), "muted", days_old(p, found.as_of)),
            ),
            (Column("null_keys", phrase("Null keys"), right=True, drop=6), lambda p: _some(_nulls(p), "near")),
            (
                Column("duplicate_keys", phrase("Doubled keys"), right=True, drop=7),
                lambda p: _some(p.duplicate_keys, "near"),
            ),
            (
                Column("missing_columns", phrase("Missing"), right=True, drop=8),
                lambda p: _some(len(p.missing_columns), "muted"),
            ),
            (Column("days_old", phrase("Days old"), right=True, drop=2, csv=False), days_cell),
            (
                Column("bad_keys", phrase("Bad keys"), right=True, drop=4, csv=False),
                lambda p: _some(_nulls(p) + p.duplicate_keys, "near"),
            ),
        ],
        lambda p: p.table,
        name="tables",
    )
    blank = [text("")] * (len(lines.columns) - 3)
    head = {id_: (text(LOST, "weak"), text(id_), text(table_name(space, id_), "muted", "")) for id_ in found.lost}
    return replace(lines, rows=(*lines.rows, *(Row(id_, (*cells, *blank)) for id_, cells in head.items())))


def _nulls(profile: Profile) -> int:
    return sum(profile.null_keys.values())


def _absent(found: TablesFound, space: Workspace) -> Iterable[Row]:
    """Tables that are not here, and how many metrics each would bring to life."""
    absent = _not_here(found)
    if absent:
        yield Row("heading:absent", heading=known(NOT_HERE))
    blank = [text("")] * (len(ON_SCREEN) - 4)
    for id_ in absent:
        name, gain = text(table_name(space, id_), "muted"), text(f"+{len(found.unlocks[id_])}")
        yield Row(id_, (text("+", "muted"), text(id_), name, gain, *blank))


def _not_here(found: TablesFound) -> list[str]:
    return [id_ for id_ in found.unlocks if id_ not in found.lost]


def summary(found: TablesFound) -> Word:
    """`35 tables · ◐ 3 to look at · ○ 1 cannot be read · 273 of 273 metrics are live.`"""
    doubtful, lost, live = _doubtful(found), len(found.lost), found.coverage
    return joined(
        _counted(found),
        joined(DOUBT, phrase("{count} to look at", count=doubtful), between=" ") if doubtful else "",
        joined(LOST, phrase("{count} cannot be read", count=lost), between=" ") if lost else "",
        phrases(
            "{live} of {all} metric is live.",
            "{live} of {all} metrics are live.",
            live.metrics,
            live=live.live,
            all=live.metrics,
        )
        if live
        else "",
        between=" · ",
    )


def _to_confirm(space: Workspace) -> Word:
    count = sum(len(part.confirm) for table in space.tables.values() for part in table.parts())
    return phrase("{count} to be confirmed", count=count) if count else ""


def _look_at(found: TablesFound) -> Word:
    if not found.profiles and not found.lost:
        return known(NO_TABLES)
    doubtful = _doubtful(found)
    if not doubtful:
        return _counted(found)
    hint = Aside(phrase("(`kpi-tui tables TABLE` says why)"), phrase("(Enter says why)"))
    return joined(_counted(found), " · ", phrase("◐ look at {count}", count=doubtful), " ", hint, between="")


def _counted(found: TablesFound) -> Word:
    return phrases("{count} table", "{count} tables", len(found.profiles) + len(found.lost))


def _doubtful(found: TablesFound) -> int:
    """How many tables deserve a look."""
    return sum(state(profile) == DOUBT for profile in found.profiles.values())


def _some(count: int, tone: Tone) -> NumberCell | TextCell:
    """A count that wants a look; none is blank, without a colour that the cursor would turn into a block."""
    return NumberCell(count, tone=tone) if count else text("", "", 0)
