"""Which tables a file fills by the names and cells of its columns, or by what a person says of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from kpi_tui.definitions.answers.proposal import TableProposal, source_name, taken_to_be, without_key
from kpi_tui.definitions.library.recipe import MONEY
from kpi_tui.definitions.library.table import SchemaColumn, TableSchema
from kpi_tui.definitions.message import Message, listed, say
from kpi_tui.tables.propose.assumptions import with_assumptions
from kpi_tui.tables.propose.by_column_names import AMOUNTS, ORDERS, Match, match
from kpi_tui.tables.propose.event_words import bought
from kpi_tui.tables.propose.invoice_lines import goods_of_orders, order_tables
from kpi_tui.tables.propose.own_sheets.column_doubts import misread, two_currencies_said
from kpi_tui.tables.propose.own_sheets.daily_sums import OF_ADS, no_orders, of_ads, perhaps_sums, sums_of_days
from kpi_tui.tables.propose.own_sheets.price_of_one import perhaps_price_of_one
from kpi_tui.tables.propose.sampled_file import SampledFile
from kpi_tui.tables.propose.synonyms import PEOPLE, SAID_SO, plain

_ENOUGH = 0.3
_OF_ORDERS = {"orders", "order_items"}
_OF_NOBODY = (*MONEY, "events", "users")
"""Tables that are of use without their people, or find them otherwise."""


def tables_of(seen: SampledFile, schemas: Mapping[str, TableSchema]) -> list[TableProposal]:
    """The tables that the columns of a file fill best; none where none fits."""
    named = [plain(name) for name in (*seen.shapes, seen.path.stem)]
    fits = {
        id_: match(schema, seen.shapes, seen.path.stem)
        for id_, schema in schemas.items()
        if id_ not in SAID_SO or any(word in name for word in SAID_SO[id_] for name in named)
    }
    fits = {id_: one for id_, one in fits.items() if id_ in _OF_NOBODY or _says_whose(one, schemas[id_], seen)}
    best = max(fits.values(), key=lambda one: one.score)
    lines = order_tables(seen.frame, seen.path, seen.shapes, schemas)
    if lines and (best.table in _OF_ORDERS or "user_id" in lines[0].columns):
        return [with_info(table, seen.notes) for table in lines]
    if best.table in _OF_ORDERS and (counted := sums_of_days(seen, fits["orders"])):
        return _of_ads(seen, schemas, counted)
    sold = "created_at" in fits["orders"].columns
    if best.table == "order_items" and "order_id" not in best.columns and sold:
        best = fits["orders"]  # sales without a number: every row is an order
    if best.score < _ENOUGH:
        return []
    if schemas.keys() >= _OF_ORDERS and best.table in _OF_ORDERS:
        made = (_orders(fits["orders"], seen, schemas) if sold else []) or [proposal(best, seen, schemas[best.table])]
        made[0] = replace(made[0], notes=(*made[0].notes, *perhaps_sums(seen, fits["orders"])))
    else:
        made = [proposal(best, seen, schemas[best.table])]
    if best.table == "events":
        made += bought(seen.frame, seen.path, best, seen.shapes)
    return [with_info(table, seen.notes) for table in made]


def _says_whose(fit: Match, schema: TableSchema, seen: SampledFile) -> bool:
    """Whether a table of people's doings finds its people: a statement of an account names nobody."""
    column = schema.columns.get("user_id")
    if column is None or column.nullable or "user_id" in fit.columns:
        return True
    return any(plain(name) in PEOPLE for name in seen.shapes)


def why_none(seen: SampledFile, schemas: Mapping[str, TableSchema]) -> Message:
    """Why a file fills no table."""
    counted = sums_of_days(seen, match(schemas[ORDERS], seen.shapes)) if ORDERS in schemas else []
    return no_orders(seen, counted) if counted else say("no table fits its columns: {names}", names=listed(seen.shapes))


def _of_ads(seen: SampledFile, schemas: Mapping[str, TableSchema], counted: list[str]) -> list[TableProposal]:
    """What a sheet of sums by day says of advertising."""
    if OF_ADS not in schemas or (best := of_ads({OF_ADS: match(schemas[OF_ADS], seen.shapes)})) is None:
        return []
    made = proposal(best, seen, schemas[OF_ADS])
    return [replace(with_info(made, seen.notes), notes=(*made.notes, no_orders(seen, counted)))]


def _orders(best: Match, seen: SampledFile, schemas: Mapping[str, TableSchema]) -> list[TableProposal]:
    """Orders of a row each and the goods it says; none where it says none."""
    goods, worth = goods_of_orders(seen, best, schemas) or (None, "")
    if goods is None:
        return []
    orders = proposal(best, seen, schemas["orders"])
    amounts = [name for name in AMOUNTS if name in orders.missing]
    amounts = amounts if len(amounts) == len(AMOUNTS) else []  # else one stands in for the other
    return [
        replace(
            orders,
            columns={**orders.columns, **dict.fromkeys(amounts, worth)},
            unmapped=goods.unmapped,
            missing=tuple(name for name in orders.missing if name not in amounts),
            notes=(
                *orders.notes,
                *(taken_to_be(name, worth) for name in amounts),
                *perhaps_price_of_one(orders, goods, seen),
            ),
        ),
        goods,
    ]


def by_hand(seen: SampledFile, schema: TableSchema, schemas: Mapping[str, TableSchema]) -> list[TableProposal]:
    """The table that a person says the file fills, as far as its columns tell by themselves; of orders their goods."""
    best = match(schema, seen.shapes)
    made = order_tables(seen.frame, seen.path, seen.shapes, schemas)
    if schema.id == ORDERS and not made and schemas.keys() >= _OF_ORDERS:
        made = _orders(best, seen, schemas)
    made = made if schema.id == ORDERS else [one for one in made if one.table == schema.id]
    said = say("{schema} was said by hand: the file is read by its columns", schema=schema.id)
    return [_said(one, said, seen, schemas[one.table]) for one in made or [proposal(best, seen, schema)]]


def _said(made: TableProposal, said: str, seen: SampledFile, schema: TableSchema) -> TableProposal:
    """The same, said by hand."""
    info = (said, *made.info, *seen.notes)
    unfilled = [key for key in schema.key if key not in made.columns and key not in made.same]
    notes = tuple(note for note in made.notes if note != without_key(schema.id, unfilled))  # it may still be picked
    return replace(made, by_hand=True, source=source_name(seen.path), info=info, notes=notes, confidence=1.0)


def proposal(best: Match, seen: SampledFile, schema: TableSchema) -> TableProposal:
    """A table by the columns that fit it best, with what is doubtful about each."""
    own = {name: sql for name, (column, sql) in best.columns.items() if sql != name}
    columns, taken = with_assumptions(own, best, seen.frame, seen.shapes)
    used = {column for column, _ in best.columns.values()}
    notes = [
        note
        for name, (column, _) in best.columns.items()
        for note in seen.shapes[column].notes(schema.columns[name].type)
    ]
    notes += best.notes
    notes += taken
    notes += misread(best, seen, schema)
    notes += two_currencies_said(seen)
    if without := [key for key in schema.key if key not in best.columns and key not in columns]:
        notes.append(without_key(schema.id, without))
    return TableProposal(
        best.table,
        seen.path,
        columns,
        tuple(name for name in seen.shapes if name not in used),
        tuple(_required(schema.columns.values(), {**best.columns, **columns})),
        round(min(best.score, 1.0), 2),
        tuple(notes),
        same=tuple(name for name, (_, sql) in best.columns.items() if sql == name),
    )


def _required(columns: Iterable[SchemaColumn], found: Mapping[str, object]) -> list[str]:
    return [column.name for column in columns if not column.nullable and column.name not in found]


def with_info(made: TableProposal, notes: tuple[str, ...]) -> TableProposal:
    """The same with more that is told of it."""
    return replace(made, info=(*made.info, *notes))
