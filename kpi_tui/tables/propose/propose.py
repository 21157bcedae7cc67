"""Look at files and propose which canonical tables they fill (`kpi-tui init DIR FILE…`).

Names count first (English and Chinese synonyms), shapes of cells decide what is possible: a column that
holds no dates is never proposed for one. A proposal is a draft for a person, never used unseen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial, reduce
from pathlib import Path
from types import MappingProxyType

from kpi_tui.definitions.answers.proposal import Proposal, TableProposal, source_name, taken_to_be, without_key
from kpi_tui.definitions.issue import TableError, UsageError
from kpi_tui.definitions.library.exchange_rates import SCHEMA as RATES
from kpi_tui.definitions.library.file_reading import FileReading
from kpi_tui.definitions.library.recipe import Recipe
from kpi_tui.definitions.library.table import SchemaColumn, TableSchema
from kpi_tui.definitions.message import Message, listed, say, several
from kpi_tui.definitions.progress import Progress
from kpi_tui.tables.propose.assumptions import with_assumptions
from kpi_tui.tables.propose.by_column_names import AMOUNTS, ORDERS, Match, match
from kpi_tui.tables.propose.by_recipe import Recognised, recognised
from kpi_tui.tables.propose.changed_orders import with_latest
from kpi_tui.tables.propose.currency import agreed, currencies_in, currencies_of
from kpi_tui.tables.propose.event_words import bought
from kpi_tui.tables.propose.invoice_lines import goods_of_orders, order_tables
from kpi_tui.tables.propose.lookups import with_lookups
from kpi_tui.tables.propose.own_sheets.column_doubts import misread, two_currencies_said
from kpi_tui.tables.propose.own_sheets.daily_sums import OF_ADS, no_orders, of_ads, perhaps_sums, sums_of_days
from kpi_tui.tables.propose.own_sheets.names_beside_ids import with_names
from kpi_tui.tables.propose.own_sheets.unused_money import told_of_orders
from kpi_tui.tables.propose.recipe_tables import fills_a_table, recipe_tables
from kpi_tui.tables.propose.sampled_file import SampledFile, preview, sampled
from kpi_tui.tables.propose.several_files.choice import choose
from kpi_tui.tables.propose.several_files.same_export import together
from kpi_tui.tables.propose.several_files.same_orders import compared, days_of
from kpi_tui.tables.propose.several_files.shops import Shops, unknown_days
from kpi_tui.tables.propose.sheet_totals import without_total_rows
from kpi_tui.tables.propose.status_columns import with_statuses
from kpi_tui.tables.propose.synonyms import SAID_SO, plain
from kpi_tui.tables.zone_of_files import ZoneOfFiles, zone_of

NO_RECIPES: Mapping[str, Recipe] = MappingProxyType({})
NONE_BY_HAND: Mapping[Path, str] = MappingProxyType({})
_ENOUGH = 0.3
_OF_ORDERS = {"orders", "order_items"}


def propose(
    files: Sequence[Path],
    schemas: Mapping[str, TableSchema],
    timezone: str,
    recipes: Mapping[str, Recipe] = NO_RECIPES,
    progress: Progress | None = None,
    assigned: Mapping[Path, str] = NONE_BY_HAND,
    rates: Path | None = None,
    look: Callable[[Path], SampledFile] = sampled,
    zone_given: bool = True,
) -> Proposal:
    """The best tables for every file, by a recipe where it is a known export; a source fills a table once.

    `assigned`: the one table that a file fills, because a person says so; "" is none. `rates`: of exchange.
    `look`: reads a file, or remembers it (`LookedAt`). `zone_given`: else `timezone` is that of files that say none.
    """
    found: list[TableProposal] = []
    skipped: list[tuple[Path, str]] = []
    looked: dict[Path, SampledFile] = {}
    known: list[Recognised] = []
    shops = Shops()
    for done, path in enumerate(files):
        if progress:
            progress(path.name, done, len(files))
        try:
            seen = looked[path] = look(path)
        except TableError as error:
            skipped.append((path, str(error)))
            continue
        except OSError as error:
            skipped.append((path, _unreadable(path, error)))
            continue
        if path in assigned:
            by_hand = _by_hand(seen, schemas[assigned[path]], schemas) if assigned[path] else []
            by_hand = with_latest(by_hand, seen, schemas)
            found += without_total_rows(with_statuses(by_hand, seen, schemas, recipes.values()), seen, schemas)
            skipped += [] if assigned[path] else [(path, say("left out by hand"))]
            continue
        one = recognised(path, seen.frame, seen.shapes, recipes.values())
        if one and one.recipe.no_table:
            skipped.append((path, say("{name}: {why}", name=one.recipe.name, why=one.recipe.no_table)))
        elif one and fills_a_table(one, schemas):
            known.append(one)
            shops.know(path, seen.frame, one.columns_of(ORDERS), unknown_days)
        elif proposals := _tables_of(seen, schemas):
            proposals = with_latest(proposals, seen, schemas)
            found += without_total_rows(with_statuses(proposals, seen, schemas, recipes.values()), seen, schemas)
        else:
            skipped.append((path, several((_why_none(seen, schemas), *seen.notes))))
    found = [replace(one, reading=looked[one.path].reading) for one in found]
    for part in (one for one in found if one.table == ORDERS):
        days = partial(days_of, part, schemas[ORDERS], timezone)
        shops.know(part.path, looked[part.path].frame, {**part.columns, **{name: name for name in part.same}}, days)
    exports = together(known, shops)
    zone = ZoneOfFiles(timezone)
    if not zone_given:
        by_shop = agreed([*map(currencies_of, exports), *(currencies_in(one.frame) for one in looked.values())])
        only = next(iter(by_shop)) if len(by_shop) == 1 else ""
        zone = zone_of((one.frame for one in looked.values()), timezone, only)
        timezone = zone.zone
    found += [table for one in exports for table in recipe_tables(one, schemas, timezone)]
    found = with_names([_asked_of(one, looked[one.path]) for one in found], looked, schemas)
    chosen = choose(found, lambda one, others: compared(one, others, schemas["orders"], timezone), shops)
    tables = tuple(
        with_lookups(table, tuple(looked.values())) if table.table == "orders" else table for table in chosen.tables
    )
    tables = tuple(_read_as_all(table, looked) for table in tables)
    used = {join.path for table in tables for join in table.joins.values()}
    tables = tuple(t for t in tables if t.path not in used or schemas[t.table].time not in t.missing)  # helpers only
    skips = tuple(item for item in (*skipped, *chosen.skipped) if item[0] not in used)
    read = {table.path for table in tables}
    by_columns = (currencies_in(looked[table.path].frame) for table in tables if not table.recipe)
    currencies = agreed([*(currencies_of(one) for one in exports if one.path in read), *by_columns])
    return Proposal(
        tables,
        skips,
        chosen.others,
        timezone=timezone,
        zone_asked=zone.asked or "",
        zone_guess=zone.guess or "",
        currency=next(iter(currencies), ""),
        currencies=currencies if len(currencies) > 1 else {},
        files=tuple(map(preview, looked.values())),
        rates=_rates(rates, look) if rates else None,
    )


def _asked_of(part: TableProposal, seen: SampledFile) -> TableProposal:
    """The part as its cells are read, with what is asked of its file, once: of the orders where it has some."""
    part = replace(part, reading=seen.reading, info=(*part.info, *told_of_orders(part, seen)))
    return replace(part, notes=(*part.notes, *seen.asked)) if part.table == ORDERS else _with_info(part, seen.asked)


def _read_as_all(part: TableProposal, looked: Mapping[Path, SampledFile]) -> TableProposal:
    """A part of several files as the cells of each are read."""
    readings = [looked[path].reading for path in part.more]
    return replace(part, reading=reduce(FileReading.and_also, readings, part.reading))


def _unreadable(path: Path, error: OSError) -> str:
    return say("{path}: cannot be read: {why}", path=path, why=error.strerror)


def _rates(path: Path, look: Callable[[Path], SampledFile]) -> TableProposal:
    """A file of exchange rates, its columns by their names. TableError, UsageError."""
    try:
        seen = look(path)
    except OSError as error:
        raise UsageError(_unreadable(path, error)) from error
    return _proposal(match(RATES, seen.shapes), seen, RATES)


def _tables_of(seen: SampledFile, schemas: Mapping[str, TableSchema]) -> list[TableProposal]:
    named = [plain(name) for name in (*seen.shapes, seen.path.stem)]
    fits = {
        id_: match(schema, seen.shapes, seen.path.stem)
        for id_, schema in schemas.items()
        if id_ not in SAID_SO or any(word in name for word in SAID_SO[id_] for name in named)
    }
    best = max(fits.values(), key=lambda one: one.score)
    lines = order_tables(seen.frame, seen.path, seen.shapes, schemas)
    if lines and (best.table in _OF_ORDERS or "user_id" in lines[0].columns):
        return [_with_info(proposal, seen.notes) for proposal in lines]
    if best.table in _OF_ORDERS and (counted := sums_of_days(seen, fits["orders"])):
        return _of_ads(seen, schemas, counted)
    sold = "created_at" in fits["orders"].columns
    if best.table == "order_items" and "order_id" not in best.columns and sold:
        best = fits["orders"]  # sales without a number: every row is an order
    if best.score < _ENOUGH:
        return []
    if schemas.keys() >= _OF_ORDERS and best.table in _OF_ORDERS:
        made = (_orders(fits["orders"], seen, schemas) if sold else []) or [_proposal(best, seen, schemas[best.table])]
        made[0] = replace(made[0], notes=(*made[0].notes, *perhaps_sums(seen, fits["orders"])))
    else:
        made = [_proposal(best, seen, schemas[best.table])]
    if best.table == "events":
        made += bought(seen.frame, seen.path, best, seen.shapes)
    return [_with_info(proposal, seen.notes) for proposal in made]


def _why_none(seen: SampledFile, schemas: Mapping[str, TableSchema]) -> Message:
    """Why a file fills no table."""
    counted = sums_of_days(seen, match(schemas[ORDERS], seen.shapes)) if ORDERS in schemas else []
    return no_orders(seen, counted) if counted else say("no table fits its columns: {names}", names=listed(seen.shapes))


def _of_ads(seen: SampledFile, schemas: Mapping[str, TableSchema], counted: list[str]) -> list[TableProposal]:
    """What a sheet of sums by day says of advertising."""
    if OF_ADS not in schemas or (best := of_ads({OF_ADS: match(schemas[OF_ADS], seen.shapes)})) is None:
        return []
    made = _proposal(best, seen, schemas[OF_ADS])
    return [replace(_with_info(made, seen.notes), notes=(*made.notes, no_orders(seen, counted)))]


def _orders(best: Match, seen: SampledFile, schemas: Mapping[str, TableSchema]) -> list[TableProposal]:
    """Orders of a row each and the goods it says; none where it says none."""
    goods, worth = goods_of_orders(seen, best, schemas) or (None, "")
    if goods is None:
        return []
    orders = _proposal(best, seen, schemas["orders"])
    amounts = [name for name in AMOUNTS if name in orders.missing]
    amounts = amounts if len(amounts) == len(AMOUNTS) else []  # else one stands in for the other
    return [
        replace(
            orders,
            columns={**orders.columns, **dict.fromkeys(amounts, worth)},
            unmapped=goods.unmapped,
            missing=tuple(name for name in orders.missing if name not in amounts),
            notes=(*orders.notes, *(taken_to_be(name, worth) for name in amounts)),
        ),
        goods,
    ]


def _by_hand(seen: SampledFile, schema: TableSchema, schemas: Mapping[str, TableSchema]) -> list[TableProposal]:
    """The table that a person says the file fills, as far as its columns tell by themselves; of orders their goods."""
    best = match(schema, seen.shapes)
    made = order_tables(seen.frame, seen.path, seen.shapes, schemas)
    if schema.id == ORDERS and not made and schemas.keys() >= _OF_ORDERS:
        made = _orders(best, seen, schemas)
    made = made if schema.id == ORDERS else [one for one in made if one.table == schema.id]
    said = say("{schema} was said by hand: the file is read by its columns", schema=schema.id)
    return [_said(one, said, seen, schemas[one.table]) for one in made or [_proposal(best, seen, schema)]]


def _said(made: TableProposal, said: str, seen: SampledFile, schema: TableSchema) -> TableProposal:
    """The same, said by hand."""
    info = (said, *made.info, *seen.notes)
    unfilled = [key for key in schema.key if key not in made.columns and key not in made.same]
    notes = tuple(note for note in made.notes if note != without_key(schema.id, unfilled))  # it may still be picked
    return replace(made, by_hand=True, source=source_name(seen.path), info=info, notes=notes, confidence=1.0)


def _proposal(best: Match, seen: SampledFile, schema: TableSchema) -> TableProposal:
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


def _with_info(proposal: TableProposal, notes: tuple[str, ...]) -> TableProposal:
    return replace(proposal, info=(*proposal.info, *notes))
