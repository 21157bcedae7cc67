"""Money and days as the mapping would make them, in sentences with their numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from kpi_tui.definitions.answers.setup import MoneyMonth, SetupAnswers, SetupTrial
from kpi_tui.definitions.library.table import TableSchema
from kpi_tui.definitions.message import both, listed
from kpi_tui.definitions.quantity import Quantity
from kpi_tui.text.format import AMOUNT
from kpi_tui.text.phrase import Word, phrase, phrases
from kpi_tui.views.cells import Cell, NumberCell, text
from kpi_tui.views.named_ids import part_name
from kpi_tui.views.record import record
from kpi_tui.views.start.files import LIST
from kpi_tui.views.view import Column, Row, Sentence, Sheet, View, sheet

_COLUMNS = (
    Column("month", phrase("Month"), width=7),
    Column("source", phrase("Source"), most=14),
    Column("paid", phrase("Paid"), right=True),
    Column("amount", phrase("Amount"), right=True),
    Column("currency", phrase("Currency")),
    Column("back", phrase("Given back"), right=True, short=phrase("Back")),
    Column("back_amount", phrase("Amount back"), right=True, drop=2),
    Column("waiting", phrase("Not paid yet"), right=True, drop=3, short=phrase("Unpaid")),
    Column("left_out", phrase("Left out"), right=True, drop=4),
)


def money(trial: SetupTrial, answers: SetupAnswers, schemas: Mapping[str, TableSchema]) -> View:
    """The latest month in a sentence for each currency; every month, source and currency; every table with its days."""
    sentences = [Sentence(in_words(one), key="advice") for one in _latest(trial.months)]
    sentences += [Sentence(in_words(one), "near") for one in trial.months if not one.month]
    sentences += [Sentence(word, "near", "ends") for word in (*_apart(trial), *_ends(trial, answers))]
    sentences += [
        Sentence(phrase("{table} cannot be read: {why}", table=part_name(table, schemas), why=why), "weak")
        for table, why in trial.unread.items()
    ]
    tables = _tables(trial, schemas)
    sheets = (_months(trial.months), tables) if trial.months else (tables,)
    return View(phrase("Money and days"), tuple(sentences), sheets)


def months_said(view: View, trial: SetupTrial, schemas: Mapping[str, TableSchema]) -> View:
    """A proposal with the money it would make: what a command says of it."""
    added = money(trial, SetupAnswers(Path()), schemas)
    said = replace(added.sheets[0], notes=added.sentences)
    known = view.data if isinstance(view.data, dict) else {}
    months = [record(one, *_FIELDS) for one in trial.months]
    return replace(view, sheets=(*view.sheets, said), data={**known, "months": months})


_FIELDS = (
    "month", "source", "currency", "paid", "amount", "back", "back_amount", "waiting", "left_out", "left_out_amount",
    "unknown",
)  # fmt: skip


def month_detail(trial: SetupTrial, key: str, schemas: Mapping[str, TableSchema]) -> View:
    """The month, source and currency under the cursor in a sentence, and the tables."""
    said = [Sentence(in_words(one)) for one in trial.months if _key(one) == key]
    tables = replace(_tables(trial, schemas), title="", key="rows")
    return View("", tuple(said), (tables,) if trial.months else ())


def _latest(months: Sequence[MoneyMonth]) -> Iterable[MoneyMonth]:
    """The latest month, sources of one currency together."""
    last = max((one.month for one in months), default="")
    for currency in dict.fromkeys(one.currency for one in months if one.month == last != ""):
        some = [one for one in months if (one.month, one.currency) == (last, currency)]
        yield some[0] if len(some) == 1 else _together(some)


def _together(some: Sequence[MoneyMonth]) -> MoneyMonth:
    total = {name: sum(getattr(one, name) for one in some) for name in _ADDED}
    named = replace(some[0], source=" + ".join(one.source for one in some), **total)
    amount = _sum(one.amount for one in some if one.paid)
    return replace(named, amount=amount, back_amount=_sum(one.back_amount for one in some if one.back))


def _sum(amounts: Iterable[float | None]) -> float | None:
    """Of those that are known; None where none of several is."""
    every = list(amounts)
    known = [one for one in every if one is not None]
    return sum(known, 0.0) if known or not every else None


_ADDED = ("paid", "back", "waiting", "left_out", "unknown")


def _key(one: MoneyMonth) -> str:
    return f"{one.month} {one.source} {one.currency}"


def in_words(one: MoneyMonth) -> Word:
    """`2026-10, taobao: 371 orders paid, 89,859.90 CNY; 21 of them closed later, 5,597.50 given back; …`."""
    if not one.month:
        return _without_day(one)
    parts: list[Word] = [_paid(one)]
    if one.back and one.back_amount is None:
        parts.append(
            phrases(
                "{count} of them closed or refunded later, amount unknown",
                "{count} of them closed or refunded later, amounts unknown",
                one.back,
            )
        )
    elif one.back:
        parts.append(
            phrases(
                "{count} of them closed or refunded later, {amount} given back",
                "{count} of them closed or refunded later, {amount} given back",
                one.back,
                amount=Quantity(one.back_amount, AMOUNT, digits=2),
            )
        )
    if one.left_out:
        parts.append(phrases("{count} closed unpaid, left out", "{count} closed unpaid, left out", one.left_out))
    if one.waiting:
        parts.append(phrases("{count} not paid yet", "{count} not paid yet", one.waiting))
    if one.unknown and one.amount is not None:
        parts.append(phrases("{count} of unknown amount", "{count} of unknown amount", one.unknown))
    said = parts[0]
    for part in parts[1:]:
        said = phrase("{left}; {right}", left=said, right=part)
    if one.source:
        return phrase("{month}, {source}: {said}", month=one.month, source=one.source, said=said)
    return phrase("{month}: {said}", month=one.month, said=said)


def _without_day(one: MoneyMonth) -> Word:
    """Orders that stand in no month, for the file says no day of them."""
    parts: list[Word] = []
    if one.left_out and one.left_out_amount is None:
        parts.append(
            phrases(
                "without a day: {count} order left out, amount unknown",
                "without a day: {count} orders left out, amounts unknown",
                one.left_out,
            )
        )
    elif one.left_out:
        parts.append(
            phrases(
                "without a day: {count} order left out, {amount} {currency}",
                "without a day: {count} orders left out, {amount} {currency}",
                one.left_out,
                amount=Quantity(one.left_out_amount, AMOUNT, digits=2),
                currency=one.currency,
            )
        )
    if one.waiting:
        parts.append(
            phrases(
                "{count} order not paid yet says no day, and is in no month",
                "{count} orders not paid yet say no day, and are in no month",
                one.waiting,
            )
        )
    said = parts[0] if len(parts) == 1 else phrase("{left}; {right}", left=parts[0], right=parts[1])
    return phrase("{source}: {said}", source=one.source, said=said) if one.source else said


def _paid(one: MoneyMonth) -> Word:
    if one.amount is None and not one.currency:
        return phrases(
            "{count} order paid, amount —: it says no currency where others are in several",
            "{count} orders paid, amount —: they say no currency where others are in several",
            one.paid,
        )
    if one.amount is None:
        return phrases(
            "{count} order paid, amount —: its paid_amount is not known",
            "{count} orders paid, amount —: no paid_amount of them is known",
            one.paid,
        )
    return phrases(
        "{count} order paid, {amount} {currency}",
        "{count} orders paid, {amount} {currency}",
        one.paid,
        amount=Quantity(one.amount, AMOUNT, digits=2),
        currency=one.currency,
    )


def _months(months: Sequence[MoneyMonth]) -> Sheet:
    rows = [Row(_key(one), tuple(_cells(one))) for one in months]
    return sheet(_COLUMNS, rows, phrase("Orders by month"), key=LIST)


def _cells(one: MoneyMonth) -> Iterable[Cell]:
    yield text(one.month or phrase("no day"))
    yield text(one.source)
    yield NumberCell(one.paid)
    yield NumberCell(one.amount, AMOUNT, digits=2)
    yield text(one.currency)
    yield NumberCell(one.back)
    yield NumberCell(one.back_amount, AMOUNT, digits=2)
    yield NumberCell(one.waiting)
    yield NumberCell(one.left_out)


def _tables(trial: SetupTrial, schemas: Mapping[str, TableSchema]) -> Sheet:
    columns = [
        Column("table", phrase("Table"), most=34),
        Column("rows", phrase("Rows"), right=True),
        Column("left", phrase("Left out"), right=True),
        Column("first", phrase("First day")),
        Column("last", phrase("Last day")),
    ]
    parts = [part for table, one in trial.profiles.items() for part in (one.sources or {table: one}).values()]
    rows = [
        Row(
            part.table,
            (
                text(part_name(part.table, schemas), "", part.table),
                NumberCell(part.rows_kept),
                NumberCell(part.filtered + sum(one.count for one in part.rejected)),
                text(str(part.first_day or "")),
                text(str(part.last_day or "")),
            ),
        )
        for part in parts
    ]
    return sheet(columns, rows, phrase("What is read"), key="tables" if trial.months else LIST)


def _apart(trial: SetupTrial) -> Iterable[Word]:
    """Several currencies have no sum."""
    found = dict.fromkeys(one.currency for one in trial.months if one.currency)
    if len(found) > 1:
        yield phrase(
            "Amounts in {currencies} are never added up: each currency has its number.", currencies=both(found)
        )
        yield phrase("$ names a file of rates; step 1 leaves one currency out; else sums stay unknown.")


def _ends(trial: SetupTrial, answers: SetupAnswers) -> Iterable[Word]:
    """Sources that end early: from the first end on there is no sum, unless nothing is missing."""
    days = {name: day for name, day in trial.last_days.items() if name.startswith("orders")}
    ends = {name: day for name, day in days.items() if name in trial.stopped}
    if answers.complete:
        yield phrase("All exports count as complete up to {day}.", day=answers.complete)
    elif ends and min(ends.values()) < max(days.values()):
        first, last = min(ends.values()), max(days.values())
        early = [name.rpartition(".")[2] for name, day in ends.items() if day == first]
        yield phrases(
            "{source} has no order after {first}, another has up to {last}: sums end on {first}.",
            "{source} have no order after {first}, another has up to {last}: sums end on {first}.",
            len(early),
            source=listed(early),
            first=first,
            last=last,
        )


def last_day(trial: SetupTrial) -> str:
    """The last day that any export of orders reaches, else any: up to it a person may say that nothing is missing."""
    orders = [day for name, day in trial.last_days.items() if name.startswith("orders")]
    return max(orders or trial.last_days.values(), default="")
