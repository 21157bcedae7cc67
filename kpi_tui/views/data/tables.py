"""What was read from each table, what was left out and why, and what one table more would unlock (R006)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain, repeat
from pathlib import Path

from kpi_tui.definitions.answers.coverage import Coverage
from kpi_tui.definitions.answers.value import Profile, Rejected
from kpi_tui.definitions.library.table import TableSchema
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.format import DASH, decimals
from kpi_tui.text.i18n import N_
from kpi_tui.text.phrase import BothNames, Word, is_empty, joined, phrase, phrases
from kpi_tui.views.cells import NumberCell, TextCell, Tone, text
from kpi_tui.views.data.table_record import DOUBT, FINE, LOST, days_since, state, table_data
from kpi_tui.views.names import metric_name, table_name
from kpi_tui.views.reasons import bracketed, known
from kpi_tui.views.view import Column, Row, Sentence, Sheet, View, listed, pairs, sheet

STATES = {FINE: N_("every row was read"), DOUBT: N_("read, but look at it"), LOST: N_("cannot be read")}
Field = tuple[Word, Word]
"""Label and text."""
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
    said = tuple(Sentence(note) for note in notes if note)
    return View(sheets=(replace(lines, notes=said),), data=[*data, *broken])


def tables_screen(found: TablesFound, space: Workspace) -> View:
    """The tables read, those that cannot be, then those that would bring metrics to life; and a line of summary."""
    lines = tables_sheet(found, space).only(*ON_SCREEN)
    rows = [*lines.rows, *_absent(found, space)]
    empty = () if rows else (Sentence(known(NO_TABLES), key="empty"),)
    told = (Sentence(summary(found), key="summary"), *empty)
    return View(sentences=told, sheets=(replace(lines, rows=tuple(rows)),))


def tables_sheet(found: TablesFound, space: Workspace) -> Sheet:
    """The tables read, then those that cannot be."""

    def days_old(profile: Profile) -> NumberCell | TextCell:
        days = days_since(profile, found.as_of)
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
            (Column("rejected", phrase("Left out"), right=True), lambda p: some(rejected_rows(p), "near")),
            (Column("filtered", phrase("Filtered"), right=True, drop=5), lambda p: some(p.filtered, "muted")),
            (Column("first_day", phrase("First day"), drop=4), lambda p: text(str(p.first_day or ""), "muted")),
            (Column("last_day", phrase("Last day"), width=10, drop=1), lambda p: text(str(p.last_day or ""))),
            (
                Column("age_days", phrase("Age"), right=True),
                lambda p: text(age(p, found.as_of), "muted", days_since(p, found.as_of)),
            ),
            (Column("null_keys", phrase("Null keys"), right=True, drop=6), lambda p: some(_nulls(p), "near")),
            (
                Column("duplicate_keys", phrase("Doubled keys"), right=True, drop=7),
                lambda p: some(p.duplicate_keys, "near"),
            ),
            (
                Column("missing_columns", phrase("Missing"), right=True, drop=8),
                lambda p: some(len(p.missing_columns), "muted"),
            ),
            (Column("days_old", phrase("Days old"), right=True, drop=2, csv=False), days_old),
            (
                Column("bad_keys", phrase("Bad keys"), right=True, drop=4, csv=False),
                lambda p: some(_nulls(p) + p.duplicate_keys, "near"),
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
    absent = [id_ for id_ in found.unlocks if id_ not in found.lost]
    if absent:
        yield Row("heading:absent", heading=phrase("Not here: one more table would bring these metrics to life"))
    blank = [text("")] * (len(ON_SCREEN) - 4)
    for id_ in absent:
        name, gain = text(table_name(space, id_), "muted"), text(f"+{len(found.unlocks[id_])}")
        yield Row(id_, (text("+", "muted"), text(id_), name, gain, *blank))


# --- what is said ------------------------------------------------------------------------------------
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


# --- one table ----------------------------------------------------------------------------------------
def table(profile: Profile, schema: TableSchema | None, as_of: date | None) -> View:
    """What a profile knows, for a command."""
    title = joined(profile.table, schema.name.both() if schema else "")
    rows = [[text(label, "muted"), text(word)] for label, word in _told(_profile(profile, schema, as_of))]
    told = sheet([Column("what"), Column("is", flex=1)], rows, title, key="table")
    return View(sheets=(told,), data=table_data(profile, schema, as_of))


def table_page(id_: str, found: TablesFound, space: Workspace) -> View:
    """Everything about one table for a pane: read, unreadable or absent; and the metrics it would bring to life."""
    schema = space.schemas.get(id_)
    fields = [*_about(id_, schema, found), *_wanted(id_, found, space)]
    title = joined(id_, BothNames(schema.name)) if schema else id_
    return View(title, sheets=(pairs("", _told(fields), id_),))


def _about(id_: str, schema: TableSchema | None, found: TablesFound) -> list[Field]:
    if id_ in found.profiles:
        profile = found.profiles[id_]
        return [_state(state(profile)), *_profile(profile, schema, found.as_of)]
    about: Field = (phrase("About"), schema.about if schema else "")
    if id_ in found.lost:
        return [_state(LOST), (phrase("because"), found.lost[id_]), about]
    hint = phrase("name its file in tables.toml under [tables.{table}]", table=id_)
    return [about, (phrase("To do"), hint), *_needed(schema)]


def _state(sign: str) -> Field:
    return phrase("State"), joined(sign, known(STATES[sign]), between=" ")


def _profile(profile: Profile, schema: TableSchema | None, as_of: date | None) -> list[Field]:
    """Everything worth saying, in reading order; an empty text is nothing to say."""
    nulls = (f"{name}: {decimals(rows, 0)}" for name, rows in profile.null_keys.items())
    return [
        (phrase("About"), schema.about if schema else ""),
        (phrase("Files"), ", ".join(Path(file).name for file in profile.files)),
        (phrase("Read"), decimals(profile.rows_read, 0)),
        (phrase("Kept"), decimals(profile.rows_kept, 0)),
        *((name, _source(part)) for name, part in profile.sources.items()),
        (phrase("Filtered"), _count(profile.filtered)),
        (phrase("Left out"), _count(rejected_rows(profile))),
        *((phrase("because"), rejection(rejected)) for rejected in profile.rejected),
        (phrase("Days"), f"{profile.first_day} … {profile.last_day}" if profile.first_day else DASH),
        (phrase("Age"), age(profile, as_of)),
        (phrase("Key"), ", ".join(schema.key) if schema else ""),
        (phrase("Null keys"), ", ".join(nulls)),
        (phrase("Doubled keys"), _count(profile.duplicate_keys)),
        (phrase("Encoding"), profile.encoding),
        (phrase("Missing"), ", ".join(profile.missing_columns)),
        *((phrase("Note"), note) for note in _notes(profile)),
    ]


def _source(part: Profile) -> Word:
    """`5 of 6 · 1 filtered · 2026-10-01 … 2026-10-31 · taobao.csv`: what was read of one source."""
    lost = rejected_rows(part)
    return joined(
        phrase("{kept} of {read}", kept=decimals(part.rows_kept, 0), read=decimals(part.rows_read, 0)),
        phrase("{count} filtered", count=decimals(part.filtered, 0)) if part.filtered else "",
        phrase("{count} left out", count=decimals(lost, 0)) if lost else "",
        f"{part.first_day} … {part.last_day}" if part.first_day else "",
        ", ".join(Path(file).name for file in part.files),
        between=" · ",
    )


def _notes(profile: Profile) -> Iterator[Word]:
    """What is worth noting of the table, then of each source."""
    yield from profile.notes
    for name, part in profile.sources.items():
        yield from (joined(name, note, between=": ") for note in part.notes)


def _told(fields: Iterable[Field]) -> list[Field]:
    return [(label, word) for label, word in fields if not is_empty(word)]


def rejected_rows(profile: Profile) -> int:
    """Rows that could not be read."""
    return sum(rejected.count for rejected in profile.rejected)


def rejection(rejected: Rejected) -> Word:
    """`12 × amount is no number (row 17: "abc", row 20: "-")`."""
    examples = [joined(phrase("row {row}", row=row), value, between=": ") for row, value in rejected.examples]
    told = joined(decimals(rejected.count, 0), "×", rejected.reason, between=" ")
    return bracketed(told, joined(*examples, between=", ")) if examples else told


def age(profile: Profile, as_of: date | None) -> Word:
    """`3 days`, `2 days ahead` of the as-of day, empty for a table without days."""
    days = days_since(profile, as_of)
    if days is None:
        return ""
    if days < 0:
        return phrases("{count} day ahead", "{count} days ahead", -days)
    return phrases("{count} day", "{count} days", days)


def some(count: int, tone: Tone) -> NumberCell | TextCell:
    """A count that wants a look; none is blank, without a colour that the cursor would turn into a block."""
    return NumberCell(count, tone=tone) if count else text("", "", 0)


def _count(number: int) -> str:
    """1,234; a blank for none, so that what is there stands out."""
    return decimals(number, 0) if number else ""


def _needed(schema: TableSchema | None) -> Iterator[Field]:
    """The columns a table cannot do without, a line each, and what they hold."""
    columns = (column for column in schema.columns.values() if not column.nullable) if schema else ()
    labels: Iterable[Word] = chain([phrase("Columns")], repeat(""))
    for label, column in zip(labels, columns, strict=False):
        yield label, joined(column.name, column.about, between=": ")


def _wanted(id_: str, found: TablesFound, space: Workspace) -> Iterator[Field]:
    """The metrics this table, or one more column of it, would bring to life."""
    if id_ in found.unlocks:
        yield phrase("Unlocks"), _names(found.unlocks[id_], space)
    for unlock in found.coverage.unlocks if found.coverage else ():
        if unlock.missing.column and unlock.missing.table == id_:
            yield phrase("Unlocks"), joined(unlock.missing.column, _names(unlock.metrics, space), between=": ")


def _names(metrics: Iterable[str], space: Workspace) -> Word:
    return joined(*(metric_name(space, id_) for id_ in metrics), between=", ")
