"""What the Data screen shows: a row per table, and everything about the one under the cursor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, repeat
from typing import TYPE_CHECKING

from kpi_tui.definitions.answers.coverage import Coverage
from kpi_tui.definitions.answers.value import Profile
from kpi_tui.definitions.issue import TableError
from kpi_tui.definitions.library.table import TableSchema
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text import tables as say
from kpi_tui.text.format import decimals
from kpi_tui.text.i18n import _, language, n_, told
from kpi_tui.tui.widgets.cells import Cell, Row
from kpi_tui.tui.widgets.columns import Column

if TYPE_CHECKING:
    from kpi_tui.book import Book, Progress

_STYLES = {say.FINE: "good", say.DOUBT: "near", say.LOST: "weak"}


@dataclass(frozen=True, slots=True)
class Tables:
    """What the book says about its tables, asked on the computing thread."""

    profiles: Mapping[str, Profile]
    lost: Mapping[str, str]  # tables that cannot be read, and why
    as_of: date | None
    coverage: Coverage
    unlocks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # table -> metrics that want only it


def answer_tables(book: Book, progress: Progress) -> Tables:
    """Profiles, what cannot be read, and what is missing."""
    book.data.load(progress)
    try:
        as_of = book.as_of()
    except TableError:
        as_of = None
    coverage = book.data.coverage()
    unlocks = {u.missing.table: u.metrics for u in coverage.unlocks if not u.missing.column}
    lost = {id_: str(error) for id_, error in book.data.unreadable().items()}
    return Tables(book.data.profiles(), lost, as_of, coverage, unlocks)


def columns() -> list[Column]:
    """Id, name, rows, what was left out, and how old the last row is."""
    return [
        Column("state", width=1),
        Column("table", _("Table"), most=18),
        Column("name", _("Name"), flex=1, least=8, drop=3),
        Column("kept", _("Rows"), right=True),
        Column("rejected", _("Left out"), right=True),
        Column("filtered", _("Filtered"), right=True, drop=5),
        Column("last", _("Last day"), width=10, drop=1),
        Column("age", _("Days old"), right=True, drop=2),
        Column("keys", _("Bad keys"), right=True, drop=4),
    ]


def rows(tables: Tables, workspace: Workspace) -> list[Row]:
    """The tables read, those that cannot be, then those that would bring metrics to life."""
    read = [_read(profile, workspace, tables.as_of) for profile in tables.profiles.values()]
    lost = [_name_row(id_, say.LOST, workspace, "") for id_ in tables.lost]
    absent = [id_ for id_ in tables.unlocks if id_ not in tables.lost]
    if not absent:
        return [*read, *lost]
    head = Row("heading:absent", heading=_("Not here: one more table would bring these metrics to life"))
    return [*read, *lost, head, *(_name_row(id_, "+", workspace, _unlocks(tables, id_)) for id_ in absent)]


def _read(profile: Profile, workspace: Workspace, as_of: date | None) -> Row:
    state, age = say.state(profile), None if as_of is None else profile.age(as_of)
    doubled = sum(profile.null_keys.values()) + profile.duplicate_keys
    cells = (
        Cell(state, _STYLES[state]),
        Cell(profile.table),
        Cell(_name(workspace, profile.table), "muted"),
        Cell(decimals(profile.rows_kept, 0)),
        _alarm(say.rejected_rows(profile)),
        Cell(say.count(profile.filtered), "muted"),
        Cell(str(profile.last_day or ""), "muted"),
        Cell("" if age is None else str(age) if age >= 0 else _("ahead"), "muted" if (age or 0) >= 0 else "near"),
        _alarm(doubled),
    )
    return Row(profile.table, cells)


def _alarm(count: int) -> Cell:
    """A count that wants a look; none has no colour, which the cursor would turn into a block."""
    return Cell(say.count(count), "near" if count else "")


def _name_row(table: str, sign: str, workspace: Workspace, rewards: str) -> Row:
    cells = (Cell(sign, _STYLES.get(sign, "muted")), Cell(table), Cell(_name(workspace, table), "muted"), Cell(rewards))
    return Row(table, cells)


def _unlocks(tables: Tables, table: str) -> str:
    return f"+{len(tables.unlocks[table])}"


def _name(workspace: Workspace, table: str) -> str:
    return workspace.schemas[table].name.get(language()) if table in workspace.schemas else ""


def summary(tables: Tables) -> str:
    """`35 tables · ◐ 3 to look at · 273 of 273 metrics live`."""
    doubtful, lost = say.doubtful(tables.profiles.values()), len(tables.lost)
    live = _("{live} of {all} metrics are live.", live=tables.coverage.live, all=tables.coverage.metrics)
    parts = [
        n_("{count} table", "{count} tables", len(tables.profiles) + lost),
        f"{say.DOUBT} " + _("{count} to look at", count=doubtful) if doubtful else "",
        f"{say.LOST} " + _("{count} cannot be read", count=lost) if lost else "",
        live,
    ]
    return " · ".join(part for part in parts if part)


def title(table: str, workspace: Workspace) -> str:
    """Id and both names."""
    schema = workspace.schemas.get(table)
    return f"{table}  {schema.name.both(language())}" if schema else table


def details(table: str, tables: Tables, workspace: Workspace) -> list[say.Field]:
    """Everything about one table: read, unreadable or absent."""
    schema = workspace.schemas.get(table)
    if table in tables.profiles:
        profile = tables.profiles[table]
        head = [(_("State"), f"{say.state(profile)} {_(say.STATES[say.state(profile)])}")]
        return [*head, *say.fields(profile, schema, tables.as_of, language()), *_wanted(table, tables, workspace)]
    about = [(_("About"), schema.about.get(language()) if schema else "")]
    if table in tables.lost:
        lost = [(_("State"), f"{say.LOST} {_(say.STATES[say.LOST])}"), (_("because"), told(tables.lost[table]))]
        return [*lost, *about, *_wanted(table, tables, workspace)]
    hint = _("name its file in tables.toml under [tables.{table}]", table=table)
    return [*about, (_("To do"), hint), *_needed(schema), *_wanted(table, tables, workspace)]


def _needed(schema: TableSchema | None) -> Iterable[say.Field]:
    """The columns a table cannot do without, a line each, and what they hold."""
    columns = schema.columns.values() if schema else ()
    for label, column in zip(chain([_("Columns")], repeat("")), (c for c in columns if not c.nullable), strict=False):
        about = column.about.get(language())
        yield label, f"{column.name}: {about}" if about else column.name


def _wanted(table: str, tables: Tables, workspace: Workspace) -> Iterable[say.Field]:
    """The metrics this table, or one more column of it, would bring to life."""
    if table in tables.unlocks:
        yield _("Unlocks"), _names(tables.unlocks[table], workspace)
    for unlock in tables.coverage.unlocks:
        if unlock.missing.column and unlock.missing.table == table:
            yield _("Unlocks"), f"{unlock.missing.column}: {_names(unlock.metrics, workspace)}"


def _names(metrics: Iterable[str], workspace: Workspace) -> str:
    return ", ".join(workspace.metrics[id_].name.get(language()) or id_ for id_ in metrics)
