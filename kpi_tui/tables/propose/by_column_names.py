"""How well the columns of a file fit a canonical table."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from kpi_tui.definitions.answers.proposal import taken_to_be
from kpi_tui.definitions.library.recipe import MONEY
from kpi_tui.definitions.library.table import ColumnType, SchemaColumn, TableSchema
from kpi_tui.definitions.message import Message, say
from kpi_tui.tables.propose.column_shapes import Shape
from kpi_tui.tables.propose.header_words import without_unit
from kpi_tui.tables.propose.synonyms import happenings, names_of, plain

ORDERS = "orders"
AMOUNTS = ("order_amount", "paid_amount")
_TIMES = (ColumnType.DATE, ColumnType.DATETIME)
_COMMON = {"orders": 0.12, "events": 0.05, "users": 0.05}  # what people bring most often, when little is to be seen


@dataclass(frozen=True, slots=True)
class Match:
    """`columns`: canonical -> (file column, SQL). `score` about 0 … 1, more when the file's name says it too.

    `notes`: what was taken for its time, where no column is called so.
    """

    table: str
    columns: Mapping[str, tuple[str, str]]
    score: float
    notes: tuple[Message, ...] = ()


def match(schema: TableSchema, shapes: Mapping[str, Shape], stem: str = "") -> Match:
    """Give every canonical column the file column whose name and cells fit best, each at most once.

    A column without any cell tells no two rows apart: it is no key and no id. A masked buyer is nobody. `Paid` with
    numbers is no time, though some numbers could be days.
    """
    wishes = sorted(
        (
            (rank, order, column.name, name)
            for order, column in enumerate(schema.columns.values())
            for name, shape in shapes.items()
            if column.type in shape.sql
            and not (shape.empty and (column.name in schema.key or column.name.endswith("_id")))
            and not (is_buyer(schema.id, column.name) and shape.masked == 1)
            and not (column.type in _TIMES and ColumnType.FLOAT in shape.sql and plain(name) in happenings())
            and (rank := _rank(schema.id, column, name)) is not None
        ),
        key=lambda wish: wish[:2],
    )
    taken: dict[str, tuple[str, str]] = {}
    used: set[str] = set()
    exactness = 0.0
    for rank, _, column_name, name in wishes:
        if column_name not in taken and name not in used:
            sql = shapes[name].sql[schema.columns[column_name].type]
            some = is_buyer(schema.id, column_name) and shapes[name].masked
            taken[column_name] = (name, f"case when {sql} like '%*%' then null else {sql} end" if some else sql)
            used.add(name)
            exactness += _weight(schema, column_name) * (1.0 if rank == 0 else 0.9)
    notes = _with_time(schema, shapes, taken)
    taken = {name: taken[name] for name in schema.columns if name in taken}
    return Match(schema.id, taken, _score(schema, taken, exactness, len(shapes), stem), notes)


def _with_time(
    schema: TableSchema, shapes: Mapping[str, Shape], taken: dict[str, tuple[str, str]]
) -> tuple[Message, ...]:
    """Fills in the time of what is told to be orders by its number and amount, and no column is called as it.

    Another time of theirs stands in, else the only column that holds days.
    """
    if (
        schema.id != ORDERS
        or schema.time in taken
        or "order_id" not in taken
        or not any(one in taken for one in AMOUNTS)
    ):
        return ()
    if "paid_at" in taken:
        taken[schema.time] = taken["paid_at"]
        return (taken_to_be(schema.time, "paid_at"),)
    used = {name for name, _ in taken.values()}
    kind = schema.columns[schema.time].type
    days = [one for one, shape in shapes.items() if one not in used and kind in shape.sql and _holds_days(shape)]
    if len(days) != 1:
        return ()
    taken[schema.time] = (days[0], shapes[days[0]].sql[kind])
    said = say(
        "no column is called as {name} is: {column} is taken for it, the only one with days",
        name=schema.time,
        column=days[0],
    )
    return (said,)


def _holds_days(shape: Shape) -> bool:
    return not shape.empty and ColumnType.FLOAT not in shape.sql


def is_buyer(table: str, column: str) -> bool:
    """Whether a column says who bought: `张*` there is many people or one, nobody knows."""
    return column == "user_id" and table in MONEY


def misfits(schema: TableSchema, shapes: Mapping[str, Shape], taken: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """Canonical columns without a column -> the file column that has their name, whose cells are of another type."""
    used = {name for name, _ in taken.values()}
    found = {}
    for column in schema.columns.values():
        named = [name for name in shapes if name not in used and _rank(schema.id, column, name) is not None]
        if column.name not in taken and named and not any(column.type in shapes[name].sql for name in named):
            found[column.name] = min(named, key=lambda name: _rank(schema.id, column, name) or 0)
    return found


def column_for(table: str, column: str, shapes: Mapping[str, Shape], kind: ColumnType) -> str:
    """The file column whose name fits one canonical column best; "" when none does."""
    ranks = {
        name: _rank(table, SchemaColumn(column, kind), name) for name, shape in shapes.items() if kind in shape.sql
    }
    known = {name: rank for name, rank in ranks.items() if rank is not None}
    return min(known, key=lambda name: known[name]) if known else ""


def _rank(table: str, column: SchemaColumn, name: str) -> int | None:
    """0: the canonical name itself; else the place among its synonyms, with a unit or not; None: no relation."""
    names = names_of(table, column.name)
    spelled = next((one for one in (plain(name), plain(without_unit(name))) if one in names), "")
    return names.index(spelled) if spelled else None


def _weight(schema: TableSchema, name: str) -> float:
    """What identifies a table counts most: its key and time; then what it must have."""
    if name in schema.key or name == schema.time:
        return 3.0
    return 0.4 if schema.columns[name].nullable else 1.5


def _score(schema: TableSchema, found: Collection[str], exactness: float, width: int, stem: str) -> float:
    used = len(found)
    possible = sum(_weight(schema, column.name) for column in schema.columns.values() if not column.nullable)
    possible += sum(0.4 for column in schema.columns.values() if column.nullable) * 0.5
    said = plain(schema.id) in plain(stem) or plain(stem) in (plain(schema.id), plain(schema.name.zh))
    covered = used / width if width else 0.0
    own = [c.name for c in schema.columns.values() if not c.nullable and c.name not in (*schema.key, schema.time)]
    placed = any(name in found for name in (*schema.key, schema.time))
    sure = 0.7 if placed and (not own or any(name in found for name in own)) else 0.5  # a user, a time or a price alone
    return exactness / possible * sure + covered * 0.3 + (0.25 if said and used else 0.0) + _COMMON.get(schema.id, 0.0)
