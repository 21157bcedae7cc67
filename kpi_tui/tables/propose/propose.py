"""Look at files and propose which canonical tables they fill (`kpi-tui init DIR FILE…`).

Names count first (English and Chinese synonyms), shapes of cells decide what is possible: a column that
holds no dates is never proposed for one. A proposal is a draft for a person, never used unseen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from pathlib import Path
from types import MappingProxyType

from kpi_tui.definitions.answers.proposal import Proposal, TableProposal
from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.library.exchange_rates import SCHEMA as RATES
from kpi_tui.definitions.library.file_reading import FileReading
from kpi_tui.definitions.library.recipe import MONEY, Recipe
from kpi_tui.definitions.library.table import TableSchema
from kpi_tui.definitions.message import say
from kpi_tui.definitions.progress import Progress
from kpi_tui.definitions.written.status_words import Said
from kpi_tui.tables.propose.by_column_names import ORDERS, match
from kpi_tui.tables.propose.by_recipe import Recognised
from kpi_tui.tables.propose.currency import agreed, column_of_codes, currencies_in, currencies_of
from kpi_tui.tables.propose.files_looked_at import FilesLookedAt, unreadable
from kpi_tui.tables.propose.lookups import with_lookups
from kpi_tui.tables.propose.own_sheets.names_beside_ids import with_names
from kpi_tui.tables.propose.own_sheets.unused_money import told_of_orders
from kpi_tui.tables.propose.recipe_tables import recipe_tables
from kpi_tui.tables.propose.sampled_file import SampledFile, preview, sampled
from kpi_tui.tables.propose.several_files.choice import choose
from kpi_tui.tables.propose.several_files.numbers_met import with_numbers_met
from kpi_tui.tables.propose.several_files.same_export import together
from kpi_tui.tables.propose.several_files.same_orders import compared
from kpi_tui.tables.propose.tables_of_file import proposal, with_info
from kpi_tui.tables.zone_of_files import ZoneOfFiles, zone_of

NO_RECIPES: Mapping[str, Recipe] = MappingProxyType({})
NONE_BY_HAND: Mapping[Path, str] = MappingProxyType({})
NO_WORDS: Mapping[str, Said] = MappingProxyType({})


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
    said: Mapping[str, Said] = NO_WORDS,
) -> Proposal:
    """The best tables for every file, by a recipe where it is a known export; a source fills a table once.

    `assigned`: the one table that a file fills, because a person says so; "" is none. `rates`: of exchange.
    `look`: reads a file, or remembers it (`LookedAt`). `zone_given`: else `timezone` is that of files that say none.
    `said`: of a file, what words mean that its recipe does not know.
    """
    seen = FilesLookedAt(schemas, recipes.values(), said)
    for done, path in enumerate(files):
        if progress:
            progress(path.name, done, len(files))
        seen.take(path, look, assigned.get(path))
    seen.learn_shops(timezone)
    exports = together(seen.exports, seen.shops)
    zone = ZoneOfFiles(timezone) if zone_given else _zone(seen, exports, timezone)
    found = [*seen.tables, *(table for one in exports for table in recipe_tables(one, schemas, zone.zone))]
    found = with_names([_asked_of(one, seen.files[one.path]) for one in found], seen.files, schemas)
    chosen = choose(found, lambda one, others: compared(one, others, schemas[ORDERS], zone.zone), seen.shops)
    told = with_numbers_met(chosen.tables, {path: one.frame for path, one in seen.files.items()}, seen.shops)
    tables, helpers = _with_helpers(told, seen.files, schemas)
    currencies = _currencies(tables, seen.files, exports)
    return Proposal(
        tables,
        tuple(item for item in (*seen.skipped, *chosen.skipped) if item[0] not in helpers),
        chosen.others,
        timezone=zone.zone,
        zone_asked=zone.asked or "",
        zone_guess=zone.guess or "",
        currency=next(iter(currencies), ""),
        currencies=currencies if len(currencies) > 1 else {},
        files=tuple(map(preview, seen.files.values())),
        rates=_rates(rates, look) if rates else None,
    )


def _zone(seen: FilesLookedAt, exports: Sequence[Recognised], timezone: str) -> ZoneOfFiles:
    """The zone that files say, where one is not given: in words of stamps, else by the currency of all."""
    by_shop = agreed([*map(currencies_of, exports), *(currencies_in(one.frame) for one in seen.files.values())])
    only = next(iter(by_shop)) if len(by_shop) == 1 else ""
    return zone_of((one.frame for one in seen.files.values()), timezone, only)


def _with_helpers(
    chosen: Iterable[TableProposal], files: Mapping[Path, SampledFile], schemas: Mapping[str, TableSchema]
) -> tuple[tuple[TableProposal, ...], set[Path]]:
    """The tables with what other files say of their keys, and these files: tables only where they have days."""
    every = tuple(files.values())
    tables = [with_lookups(one, every) if one.table == ORDERS else one for one in chosen]
    tables = [_read_as_all(one, files) for one in tables]
    helpers = {join.path for one in tables for join in one.joins.values()}
    kept = (one for one in tables if one.path not in helpers or schemas[one.table].time not in one.missing)
    return tuple(kept), helpers


def _currencies(
    tables: Sequence[TableProposal], files: Mapping[Path, SampledFile], exports: Sequence[Recognised]
) -> Mapping[str, int]:
    """In what the amounts of the tables are told, as far as their files agree."""
    read = {table.path for table in tables}
    by_columns = (currencies_in(files[path].frame) for path in {one.path: one for one in tables if not one.recipe})
    return agreed([*(currencies_of(one) for one in exports if one.path in read), *by_columns])


def _asked_of(part: TableProposal, seen: SampledFile) -> TableProposal:
    """The part as its cells are read, with what is asked of its file, once: of the orders where it has some."""
    if not part.recipe and part.table in MONEY and (column := column_of_codes(seen.frame)):
        said = say(
            "{column} is taken for the currency of the amounts: its cells are codes of currencies", column=column
        )
        unmapped = tuple(name for name in part.unmapped if name != column)
        options = {**part.options, "currency_column": column}
        part = replace(part, options=options, info=(*part.info, said), unmapped=unmapped)
    part = replace(part, reading=seen.reading, info=(*part.info, *told_of_orders(part, seen)))
    return replace(part, notes=(*part.notes, *seen.asked)) if part.table == ORDERS else with_info(part, seen.asked)


def _read_as_all(part: TableProposal, looked: Mapping[Path, SampledFile]) -> TableProposal:
    """A part of several files as the cells of each are read."""
    readings = [looked[path].reading for path in part.more]
    return replace(part, reading=reduce(FileReading.and_also, readings, part.reading))


def _rates(path: Path, look: Callable[[Path], SampledFile]) -> TableProposal:
    """A file of exchange rates, its columns by their names. TableError, UsageError."""
    try:
        seen = look(path)
    except OSError as error:
        raise UsageError(unreadable(path, error)) from error
    return proposal(match(RATES, seen.shapes), seen, RATES)
