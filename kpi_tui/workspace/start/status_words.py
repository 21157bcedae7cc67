"""What the words of a status make of a shop's own orders: some left out, some not paid yet, some given back (R148)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kpi_tui.definitions.answers.proposal import TableProposal, source_name
from kpi_tui.definitions.message import Message, listed, say
from kpi_tui.definitions.written.status_words import (
    CLOSED,
    MEANINGS,
    NO_STATUSES,
    PAID,
    PARTLY,
    REFUNDED,
    WAITING,
    Said,
    StatusColumn,
    Statuses,
)
from kpi_tui.sql.quoted_text import quoted_text


def with_status_words(tables: Sequence[TableProposal], said: Mapping[str, Said]) -> tuple[TableProposal, ...]:
    """The parts as their words are meant, and a table of refunds of a file that tells of some.

    `said`: file -> column -> word -> what a person says it means. An own file of refunds tells of them itself.
    """
    own = any(one.table == "refunds" and not one.recipe for one in tables)
    paid = {one.path: _paid_time(one) for one in tables if one.table == "orders"}
    lines = {one.path: one for one in tables if one.table == "order_items"}
    found: list[TableProposal] = []
    refunds: list[TableProposal] = []
    for one in tables:
        if one.statuses == NO_STATUSES:
            found.append(one)
            continue
        words = said.get(str(one.path), {})
        rows = _StatusRows(one.statuses, words, paid.get(one.path, ""))
        found.append(_orders(one, rows) if one.table == "orders" else _kept(one, rows))
        if one.table == "orders" and rows.back and not own:
            refunds.append(_refunds(one, rows, lines.get(one.path)))
    return (*found, *refunds)


@dataclass(frozen=True, slots=True)
class _StatusRows:
    """Conditions over the columns of a file; "" where no row is so. `paid`: SQL of the time of payment, if known."""

    statuses: Statuses
    said: Said
    paid: str

    def meaning(self, *meanings: str) -> str:
        """Rows of which a column says one of them."""
        ways = []
        for column in self.statuses.columns:
            said = self.said.get(column.name, {})
            words = [quoted_text(word) for word in column.words if column.means(word, said) in meanings]
            ways += [f"{column.sql} in ({', '.join(words)})"] if words else []
        return _any(ways)

    @property
    def back(self) -> str:
        """Rows given back after they were paid."""
        closed = self.meaning(CLOSED)
        later = f"({closed} and {self.paid} is not null)" if closed and self.paid else ""
        refund = f"abs({self.statuses.refund}) > 0" if self.statuses.refund else ""
        return _any(filter(None, (self.meaning(REFUNDED, PARTLY), later, refund)))

    @property
    def never_paid(self) -> str:
        """Rows closed that nobody paid."""
        closed = self.meaning(CLOSED)
        if not closed:
            return ""
        alone = len(self.statuses.columns) == 1 and not (self.paid or self.statuses.refund)
        return closed if alone or not self.back else f"({closed}) and not coalesce({self.back}, false)"


def _any(ways: Iterable[str]) -> str:
    return " or ".join(ways)


def _paid_time(orders: TableProposal) -> str:
    """The time of payment where the file says it of each row, else ""."""
    sql = _sql(orders, "paid_at")
    return "" if sql in ("", "null", _sql(orders, "created_at")) else _of_a_line(sql)


def _sql(part: TableProposal, name: str) -> str:
    return part.columns.get(name, name if name in part.same else "")


def _of_a_line(sql: str) -> str:
    """Without the aggregate over the lines of an order."""
    return sql[4:-1] if sql.startswith("min(") and sql.endswith(")") else sql


def _kept(part: TableProposal, rows: _StatusRows) -> TableProposal:
    """Without rows that nobody paid; what the words are is known from now on."""
    kept = f"not coalesce({rows.never_paid}, false)" if rows.never_paid else ""
    where = f"({part.where}) and {kept}" if part.where and kept else part.where or kept
    words = {one.name: tuple(one.words) for one in rows.statuses.columns}
    return replace(part, where=where, words={**part.words, **words}, statuses=NO_STATUSES)


def _orders(part: TableProposal, rows: _StatusRows) -> TableProposal:
    made = _kept(part, rows)
    notes = [*made.notes, *_asked(rows)]
    waits = rows.meaning(WAITING)
    if not waits or rows.paid:
        return replace(made, notes=tuple(notes))
    paid, amount = _sql(part, "paid_at"), _sql(part, "paid_amount")
    columns = {**part.columns, "paid_at": f"case when {waits} then null else {paid} end"}
    zero = f"case when {waits} then 0 else {amount} end"
    if part.group_by:
        columns["paid_at"] = f"min(case when {waits} then null else {_of_a_line(paid)} end)"
        zero = f"case when min(case when {waits} then 0 else 1 end) = 0 then 0 else {amount} end"
    if amount not in ("", "null"):
        columns["paid_amount"] = zero
    same = tuple(name for name in part.same if name not in columns)
    return replace(made, columns=columns, same=same, notes=tuple(notes))


def _refunds(part: TableProposal, rows: _StatusRows, lines: TableProposal | None) -> TableProposal:
    """What was given back of the orders: on the day the file says, else on that of the payment.

    Of an amount that stands once per order no more than the goods of the lines that came back cost.
    """
    paid, amount, pieces, worth = _sql(part, "paid_at"), _sql(part, "paid_amount"), "0", ""
    if lines and part.group_by and amount.startswith("max("):
        pieces = f"sum({_sql(lines, 'qty')})"
        worth = f"sum({_sql(lines, 'qty')} * {_sql(lines, 'unit_price')})"
        amount = f"case when {worth} < {amount} then {worth} else {amount} end"
    day, refund = rows.statuses.refunded_at, rows.statuses.refund
    if partly := rows.meaning(PARTLY):  # how much is what only the file can say
        partly = f"max(case when {partly} then 1 else 0 end) = 1" if part.group_by else partly
        amount = f"case when {partly} then null else {amount} end"
    columns = {
        "refund_id": _sql(part, "order_id"),
        "order_id": _sql(part, "order_id"),
        "user_id": _sql(part, "user_id"),
        "refunded_at": f"coalesce({day}, {paid}, {_sql(part, 'created_at')})" if day else paid,
        "amount": f"case when abs({refund}) > 0 then abs({refund}) else {amount} end" if refund else amount,
        "qty": pieces,
        "kind": "'refund_only'",
    }
    filled = {name: sql for name, sql in columns.items() if sql not in ("", "null")}
    where = f"({part.where}) and ({rows.back})" if part.where else rows.back
    made = replace(
        part,
        table="refunds",
        columns=filled,
        same=(),
        where=where,
        notes=(_of_lines(worth),) if worth and not refund else (),
        confirm=(),
        missing=(),
        joins={},
        source=part.source or source_name(part.path),
        by_hand=False,
        statuses=NO_STATUSES,
    )
    return replace(made, words={one.name: tuple(one.words) for one in rows.statuses.columns})


def _of_lines(worth: str) -> Message:
    return say(
        "the paid amount stands once per order: where some of its lines came back, their price counts as given back "
        "({worth}), at most the whole",
        worth=worth,
    )


def _asked(rows: _StatusRows) -> Iterable[Message]:
    """What a person has not said: how words are taken, and those that nobody knows."""
    for column in rows.statuses.columns:
        said = rows.said.get(column.name, {})
        for meaning in MEANINGS:
            words = [one for one in column.words if one not in said and column.known.get(one) == meaning]
            if words and meaning != PAID:
                yield _taken(column, words, meaning, paid=rows.paid)
        if unknown := [one for one in column.words if one not in said and one not in column.known]:
            yield say(
                "{column}: nobody said what {words} means: such orders count as paid; if they are not, leave them out "
                "with `where`, or take them for refunds",
                column=column.name,
                words=_counted(column, unknown),
            )


def _taken(column: StatusColumn, words: Sequence[str], meaning: str, *, paid: str) -> Message:
    counted = _counted(column, words)
    if meaning == REFUNDED:
        return say(
            "{column}: {words} taken to be given back after payment: paid, and a refund",
            column=column.name,
            words=counted,
        )
    if meaning == PARTLY:
        return say(
            "{column}: {words} taken to be given back in part: paid, and a refund of an amount that only a column of "
            "refunds can say; where none does it is unknown",
            column=column.name,
            words=counted,
        )
    if meaning == WAITING:
        return say("{column}: {words} taken to be not paid yet", column=column.name, words=counted)
    if paid:
        return say(
            "{column}: {words} taken to be closed: given back where it was paid, else left out",
            column=column.name,
            words=counted,
        )
    return say("{column}: {words} taken to be closed and never paid: left out", column=column.name, words=counted)


def _counted(column: StatusColumn, words: Sequence[str]) -> str:
    return listed(f"{word} ({column.words[word]:,})" for word in words)
