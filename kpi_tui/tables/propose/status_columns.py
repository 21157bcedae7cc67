"""Columns of a shop's own sheet that say the state of an order, and what its words mean to platforms that use them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import polars as pl

from kpi_tui.definitions.answers.proposal import TableProposal
from kpi_tui.definitions.library.recipe import Recipe
from kpi_tui.definitions.library.table import ColumnType, TableSchema
from kpi_tui.definitions.message import Message, say
from kpi_tui.definitions.written.status_words import (
    GROUPS,
    MEANINGS,
    MOST_WORDS,
    PAID,
    PARTLY,
    REFUNDED,
    StatusColumn,
    Statuses,
)
from kpi_tui.tables.mapping.column_names import sql_name
from kpi_tui.tables.mapping.plain_numbers import to_number
from kpi_tui.tables.propose.by_column_names import match
from kpi_tui.tables.propose.column_shapes import Shape
from kpi_tui.tables.propose.sampled_file import SampledFile
from kpi_tui.tables.propose.synonyms import plain
from kpi_tui.tables.source.text_cells import tidy

_STATUS = re.compile(r"status|状态", re.IGNORECASE)
_AMBIGUOUS = re.compile(r"\bstate$", re.IGNORECASE)  # of an order, or of the United States
_AFTER_SALE = re.compile(r"refund|return|退款|售后", re.IGNORECASE)
_REFUND = re.compile(r"refund|return|退", re.IGNORECASE)
_IN_PART = re.compile(r"部分.*退(?!.*中$)|退.*部分|part(ial)?(ly)?[\W_]*(refund|return)", re.IGNORECASE)
_AMOUNT = re.compile(r"amount|total|sum|额|金|货款", re.IGNORECASE)
_NO_AMOUNT = re.compile(
    r"([\W_]|\b)(id|no|nr|number|code|qty|quantity|count|days?|rate|at|on|date|time)\W*$|[号数率天日]$|数量|时间|编码",
    re.IGNORECASE,
)


def with_statuses(
    parts: Sequence[TableProposal], seen: SampledFile, schemas: Mapping[str, TableSchema], recipes: Iterable[Recipe]
) -> list[TableProposal]:
    """Orders and lines of a file with its status columns; what they say is asked, and so read, not left unused."""
    orders = next((one for one in parts if one.table == "orders"), None)
    if orders is None:
        return list(parts)
    unused = set(orders.unmapped).intersection(*(one.unmapped for one in parts))
    found = _statuses(seen, unused, schemas, list(recipes), grouped=bool(orders.group_by))
    told = [*_not_read(seen, unused - set(found.used))]
    made = [replace(one, notes=(*one.notes, *told)) if one.table == "orders" else one for one in parts]
    if not (found.columns or found.refund):
        return made
    return [
        replace(one, statuses=found, unmapped=tuple(name for name in one.unmapped if name not in found.used))
        if one.table in ("orders", "order_items")
        else one
        for one in made
    ]


def _not_read(seen: SampledFile, unused: Iterable[str]) -> Iterator[Message]:
    """Columns of numbers that are called as refunds are, and that nothing reads."""
    for name in (one for one in seen.frame.columns if one in unused and _REFUND.search(one)):
        shape = seen.shapes[name]
        if ColumnType.FLOAT in shape.sql and not shape.empty and not _NO_AMOUNT.search(name.strip()):
            yield say(
                "{column} may say what was given back: it is not read; if it does, map `refunds` from it in "
                "tables.toml",
                column=name,
            )


def _is_flag(name: str, cells: pl.Series) -> bool:
    """Whether a column says that something came back (0, 1) and not how much."""
    return not _AMOUNT.search(name) and set(to_number(cells).values.drop_nulls().unique()) in ({1}, {0, 1})


def _statuses(
    seen: SampledFile,
    unused: set[str],
    schemas: Mapping[str, TableSchema],
    recipes: Sequence[Recipe],
    *,
    grouped: bool,
) -> Statuses:
    columns = tuple(_in_order(_columns(seen.frame, unused, recipes)))
    names = {one.name for one in columns}
    own: Mapping[str, Shape] = {
        name: shape
        for name, shape in seen.shapes.items()
        if name in unused - names and _REFUND.search(name) and not _is_flag(name, seen.frame[name])
    }
    refunds = match(schemas["refunds"], own).columns if "refunds" in schemas and not grouped else {}
    day, amount = refunds.get("refunded_at", ("", "")), refunds.get("amount", ("", ""))
    used = (*names, *(column for column, _sql in (day, amount) if column))
    return Statuses(columns, day[1], amount[1], used)


def _columns(frame: pl.DataFrame, unused: set[str], recipes: Sequence[Recipe]) -> Iterable[StatusColumn]:
    for name in frame.columns:
        sure = _STATUS.search(name)
        if name not in unused or not (sure or _AMBIGUOUS.search(name)) or frame[name].dtype.is_nested():
            continue
        counts = tidy(frame[name]).drop_nulls().value_counts(sort=True).rows()
        words = {str(word): int(count) for word, count in counts}
        known = _known(words, "after_sale" if _AFTER_SALE.search(name) else "status", recipes)
        if 0 < len(words) <= MOST_WORDS and (sure or known):
            yield StatusColumn(name, sql_name(name), words, known)


def _in_order(columns: Iterable[StatusColumn]) -> list[StatusColumn]:
    """Those that say something else than that an order was paid stand first."""
    return sorted(columns, key=lambda one: all(one.means(word, {}) == PAID for word in one.words))


def _known(words: Iterable[str], name: str, recipes: Iterable[Recipe]) -> dict[str, str]:
    """What most recipes mean by a word; of as many it is what was given back, or not known.

    A part given back is one by its name too: where exports of platforms keep such a word their refunds stand elsewhere.
    """
    votes: dict[str, Counter[str]] = {}
    for recipe in recipes:
        for group, some in recipe.words.get(name, {}).items():
            for word in some if group in GROUPS else ():
                votes.setdefault(plain(word), Counter())[GROUPS[group]] += 1
    found = {}
    for word in words:
        counted = votes.get(plain(word), Counter())
        most = [meaning for meaning in MEANINGS if counted and counted[meaning] == max(counted.values())]
        if counted[PARTLY] or (counted[PAID] == sum(counted.values()) and _IN_PART.search(word)):
            found[word] = PARTLY
        elif len(most) == 1 or REFUNDED in most:
            found[word] = most[0] if len(most) == 1 else REFUNDED
    return found
