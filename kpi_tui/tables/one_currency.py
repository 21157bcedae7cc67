"""Amounts of other currencies counted in that of the workspace, by the rate of their day (docs/data.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import reduce
from pathlib import Path

import polars as pl

from kpi_tui.definitions.answers.value import FileDoubt, Profile
from kpi_tui.definitions.issue import TableError
from kpi_tui.definitions.library.exchange_rates import SCHEMA, ExchangeRates
from kpi_tui.definitions.library.table import CURRENCY_OF_ROW, SOURCE, AmountsByWord, TableSchema, TableSource
from kpi_tui.definitions.message import listed, say, says
from kpi_tui.tables.currencies.amounts_by_word import by_word, is_amount, is_none
from kpi_tui.tables.currencies.currency_of_row import OF_SOURCES, amounts, unconverted
from kpi_tui.tables.currencies.own_numbers import own_fractions, with_own_numbers
from kpi_tui.tables.prepare import prepare
from kpi_tui.tables.prepared import Prepared

DAY = "kpi:day"
"""The day of a row, by which its rate is looked up."""
_MOST_WORDS = 8
_RATE, _OF = "kpi:rate", "kpi:rate_day"
Dated = Callable[[pl.LazyFrame], pl.LazyFrame]
"""Puts the day of each row beside it, and its currency where that stands elsewhere."""


@dataclass(frozen=True, slots=True)
class DailyRates:
    """A row for every currency and day on which a rate holds, and the file they are from."""

    rows: pl.DataFrame
    file: str
    within: int


def read_rates(rates: ExchangeRates, *, data: Path, roots: Sequence[Path], timezone: str) -> DailyRates:
    """The rate of a day, else the last one before it within some days. TableError names what is wrong with the file."""
    found = prepare(rates.source, SCHEMA, data=data, roots=roots, timezone=timezone)
    file = listed(dict.fromkeys(Path(one).name for one in found.profile.files))
    _expect_whole(found, file)
    said = found.frame.select(pl.col("currency").str.strip_chars().str.to_uppercase(), "day", "rate").drop_nulls()
    rows = said.unique().sort("currency", "day").collect()
    if rows.filter(pl.col("rate") <= 0).height:
        bad = rows.filter(pl.col("rate") <= 0).row(0)
        raise TableError(
            say(
                "{file}: the rate of {currency} on {day} is {rate}: it must be above 0",
                file=file,
                currency=bad[0],
                day=bad[1],
                rate=bad[2],
            )
        )
    if (twice := rows.filter(pl.struct("currency", "day").is_duplicated())).height:
        raise TableError(
            say(
                "{file}: two rates of {currency} on {day}: which one counts?",
                file=file,
                currency=twice[0, 0],
                day=twice[0, 1],
            )
        )
    return DailyRates(_daily(rows.rows(), rates.within), file, rates.within)


def _expect_whole(found: Prepared, file: str) -> None:
    """TableError where a column or a row is not there to be read: a rate that lacks is an amount that lacks."""
    if found.missing:
        columns = listed(name for name in SCHEMA.columns if name in found.missing)
        raise TableError(
            say("{file}: no column {columns}: say which it is in [rates.columns]", file=file, columns=columns)
        )
    for lost in found.profile.rejected:
        row, text = next(iter(lost.examples), (0, ""))
        raise TableError(
            say("{file}: row {row} cannot be read ({why}: {text!r})", file=file, row=row, why=lost.reason, text=text)
        )


def _daily(rates: Sequence[tuple[str, date, float]], within: int) -> pl.DataFrame:
    """Every day on which a rate holds: its own, and those after it until the next one."""
    found = []
    for (currency, day, rate), after in zip(rates, [*rates[1:], None][: len(rates)], strict=True):
        until = day + timedelta(days=within)
        if after is not None and after[0] == currency:
            until = min(until, after[1] - timedelta(days=1))
        found += [(currency, day + timedelta(days=n), rate, day) for n in range((until - day).days + 1)]
    kinds = {CURRENCY_OF_ROW: pl.String, DAY: pl.Date, _RATE: pl.Float64, _OF: pl.Date}
    return pl.DataFrame(found, schema=kinds, orient="row")


def by_itself(time: str) -> Dated:
    """Rows that say their own day."""
    return lambda rows: rows.with_columns(pl.col(f"{time}_day").alias(DAY))


def by_another(orders: pl.LazyFrame, key: str, theirs: str, time: str) -> Dated:
    """Rows that have the day of their order; none where several orders of that number are of different days."""
    days = orders.group_by(theirs).agg(pl.col(f"{time}_day").unique().alias(DAY)).filter(pl.col(DAY).list.len() == 1)
    days = days.select(pl.col(theirs).alias(key), pl.col(DAY).list.first())
    return lambda rows: rows.join(days, on=key, how="left", maintain_order="left")


def in_that_of(orders: pl.LazyFrame, key: str, theirs: str, dated: Dated) -> Dated:
    """Rows without a currency have that of their order; none where their order is not known, nor its currency."""
    found = (
        orders.group_by(theirs).agg(pl.col(CURRENCY_OF_ROW).unique()).filter(pl.col(CURRENCY_OF_ROW).list.len() == 1)
    )
    said = found.select(pl.col(theirs).alias(key), pl.col(CURRENCY_OF_ROW).list.first())
    return lambda rows: dated(rows.drop(CURRENCY_OF_ROW).join(said, on=key, how="left", maintain_order="left"))


def with_currency(prepared: Prepared) -> pl.LazyFrame:
    """The rows with the currency of each; gaps in a file of one currency are in that one, else nobody knows."""
    said = {word for words in prepared.profile.currencies.values() for word in words}
    only = pl.lit(next(iter(said)) if len(said) == 1 else None, pl.String)
    known = CURRENCY_OF_ROW in prepared.frame.collect_schema().names()
    code = pl.coalesce(pl.col(CURRENCY_OF_ROW), only) if known else only
    return prepared.frame.with_columns(code.alias(CURRENCY_OF_ROW))


def foreign(profile: Profile, home: str) -> bool:
    """Whether rows of a table say a currency that is not that of the workspace, and each says its own."""
    said = {word for words in profile.currencies.values() for word in words}
    return bool(home) and bool(said - {home}) and (profile.currencies_apart or len(said) == 1)


def in_one_currency(
    prepared: Prepared, source: TableSource, schema: TableSchema, home: str, rates: DailyRates, dated: Dated
) -> Prepared:
    """The table with its amounts in the workspace's currency; one without a rate is unknown, and it is said."""
    shape = prepared.frame.collect_schema()
    own, unsaid = shape.names(), own_fractions(shape, source, schema)
    rows = dated(with_currency(prepared))
    keys = [CURRENCY_OF_ROW, DAY]
    joined = rows.join(rates.rows.lazy(), on=keys, how="left", maintain_order="left")
    code = pl.col(CURRENCY_OF_ROW)
    other = code.is_not_null() & (code != home)
    rate = pl.when(code.is_not_null()).then(pl.col(_RATE))  # of rows that say no currency it is not known either
    abroad = other | code.is_null()
    asked = {name: words for name in own if (words := by_word(name, source, schema))}
    counted = [
        pl.when(abroad & of_rows & (pl.col(name) != 0) & ~(is_none(asked[name]) if name in asked else pl.lit(False)))
        .then(pl.col(name) * (pl.when(is_amount(asked[name])).then(rate) if name in asked else rate))
        .otherwise(pl.col(name))  # nothing is nothing in any currency
        .alias(name)
        for name, of_rows in _amounts(prepared.profile, source, schema).items()
        if name in own and name not in unsaid
    ]
    counted += [pl.when(abroad).then(None).otherwise(pl.col(name)).alias(name) for name in unsaid]
    by_rate = joined.filter(other).group_by(CURRENCY_OF_ROW, _RATE, _OF).agg(pl.len().alias("rows"), pl.col(DAY).min())
    used = by_rate.sort(CURRENCY_OF_ROW, _OF).collect()
    lost = used.filter(pl.col(_RATE).is_null()).select(CURRENCY_OF_ROW, DAY, "rows")
    silent = joined.filter(code.is_null()).select(pl.len()).collect().item()
    touched = tuple(name for name in _amounts(prepared.profile, source, schema) if name in own)
    frame = joined.with_columns(*counted, pl.lit(home).alias(CURRENCY_OF_ROW)).select(own)
    mine = {OF_SOURCES: {home: prepared.profile.rows_kept}}
    profile = replace(
        prepared.profile,
        currencies=mine,
        currencies_apart=True,
        converted=tuple(_told(used, home, rates)),
        doubts=(
            *prepared.profile.doubts,
            *(_without_rate(row, rates, touched) for row in lost.rows()),
            *_silent(silent, touched),
            *_unsaid_words(joined.filter(abroad), asked, source),
        ),
        sources={name: replace(one, currencies=mine) for name, one in prepared.profile.sources.items()},
    )
    return replace(prepared, frame=frame, profile=with_own_numbers(profile, shape, source, schema, several=True))


def _amounts(profile: Profile, source: TableSource, schema: TableSchema) -> Mapping[str, pl.Expr]:
    """Columns that hold amounts as the files have them, and of which rows: not those a mapping turned already."""
    parts = [(profile.sources[name], said, pl.col(SOURCE) == name) for name, said in source.sources.items()]
    found: dict[str, list[pl.Expr]] = {}
    for part, said, of_part in parts or [(profile, source, pl.lit(True))]:
        for column in part.currencies or (OF_SOURCES,):
            for name in unconverted(amounts(said, schema), column, said):
                found.setdefault(name, []).append(of_part)
    return {name: reduce(lambda one, other: one | other, parts) for name, parts in found.items()}


def _unsaid_words(rows: pl.LazyFrame, asked: Mapping[str, AmountsByWord], source: TableSource) -> Iterator[FileDoubt]:
    """Words of which nobody says whether their numbers are amounts."""
    for name, words in asked.items():
        held = rows.filter(pl.col(name).is_not_null(), pl.col(name) != 0, ~is_amount(words), ~is_none(words))
        counts = held.group_by(words.column).len("rows").sort("rows", words.column, descending=[True, False]).collect()
        if not counts.height:
            continue
        said = says(
            "{column} of {count:,} row in another currency is unknown: an amount or not? ({words})",
            "{column} of {count:,} rows in other currencies is unknown: an amount or not? ({words})",
            int(counts["rows"].sum()),
            column=name,
            words=listed(f"{word} ({count:,})" for word, count in counts.head(_MOST_WORDS).iter_rows()),
        )
        known = ", ".join(f'"{word}"' for word in words.amounts)
        write = say(
            "name the words of {by} whose {column} is an amount: [tables.{table}] money = {{ {column} = [{known}] }}",
            by=words.column,
            column=name,
            known=known,
            table=source.id,
        )
        yield FileDoubt("amounts-or-not", said, write, columns=(name,), lacking=True)


def _told(used: pl.DataFrame, home: str, rates: DailyRates) -> list[str]:
    """By which rates amounts were counted, a sentence for each currency."""
    known = used.drop_nulls(_RATE).group_by(CURRENCY_OF_ROW, maintain_order=True)
    found = known.agg(
        pl.col("rows").sum(),
        pl.col(_RATE).min().alias("low"),
        pl.col(_RATE).max().alias("high"),
        pl.col(_OF).min().alias("first"),
        pl.col(_OF).max().alias("last"),
    )
    return [
        says(
            "{count:,} row in {code} is counted in {home}: {low} … {high} each (rates of {first} … {last}, {file})",
            "{count:,} rows in {code} are counted in {home}: {low} … {high} each (rates of {first} … {last}, {file})",
            count,
            code=code,
            home=home,
            low=_short(low),
            high=_short(high),
            first=first,
            last=last,
            file=rates.file,
        )
        for code, count, low, high, first, last in found.rows()
    ]


def _short(rate: float) -> str:
    return f"{rate:.6g}"


def _without_rate(row: tuple[str, date | None, int], rates: DailyRates, touched: tuple[str, ...]) -> FileDoubt:
    """Rows whose amounts nobody knows."""
    code, day, count = row
    said = says(
        "{count:,} row in {code} has no rate of its day ({day}) nor of the {within} days before it: unknown",
        "{count:,} rows in {code} have no rate of their day (e.g. {day}) nor of the {within} days before it: unknown",
        count,
        code=code,
        day=day,
        within=rates.within,
    )
    return FileDoubt("no-rate", said, say("add it to {file}", file=rates.file), columns=touched, lacking=True)


def _silent(count: int, touched: tuple[str, ...]) -> list[FileDoubt]:
    """Rows that name no currency where others name several."""
    if not count:
        return []
    said = says(
        "{count:,} row says no currency where others are in several: its amounts are unknown",
        "{count:,} rows say no currency where others are in several: their amounts are unknown",
        count,
    )
    write = say("name the currency of each row in the file")
    return [FileDoubt("no-currency", said, write, columns=touched, lacking=True)]
