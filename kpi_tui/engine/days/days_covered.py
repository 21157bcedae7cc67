"""How far the rows of a table reach: the days it is known to cover, told from its rows alone (R002).

No patience: a day without rows is a 0 only where the rows, or `complete_until`, say that nothing is missing.

- A dense table has rows on nearly every day. It covers the days from its first row to its last; whether that last
  day is over is told by the time of its last row beside that of other days, by later rows of any other table, or
  by `complete_until`.
- A sparse table has a rhythm: how long it is usually silent. It may be silent that long before the as-of day without
  anything missing, and as long after the first row of a table that it names (refunds name orders): before an order
  nothing can be refunded. A first customer says nothing of the orders before the first one that stands there.
- A silence inside either that lasts many times as long as usual is a hole. It is not counted when it is asked how
  dense the table is: what is missing says nothing about what is usual.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from kpi_tui.definitions.message import Message, say

DENSE = 0.9
"""The share of days with rows from which a table is dense; fewer than FEW days tell nothing."""
FEW = 14
HOLE = 4
"""Days without rows from which a silence of a dense table is a hole, and how many usual silences it must last."""
FAR = 8
"""How many usual silences a hole of a sparse table must last."""


@dataclass(frozen=True, slots=True)
class RowDays:
    """The days of a table that have rows: the first, the last, how many, and how many days its silences last.

    `usual`: 19 of 20 silences are no longer; `ended`: the last day has rows as late as the days before it;
    `holes`: the first and last day without rows of every silence that is much longer than usual; `missing`: single days
    without rows where every other day has many (`engine/days/missing_days.py`).
    """

    first: date
    last: date
    count: int = 1
    usual: int = 1
    ended: bool = True
    holes: tuple[tuple[date, date], ...] = ()
    missing: tuple[date, ...] = ()

    @property
    def is_dense(self) -> bool:
        """Rows on nearly every day that is not in a hole, and not missing."""
        silent = sum((last - first).days + 1 for first, last in self.holes) + len(self.missing)
        days = (self.last - self.first).days + 1 - silent
        return days >= FEW and self.count >= DENSE * days


@dataclass(frozen=True, slots=True)
class Span:
    """The days a table is known to cover, both included; `open`: the last one may still get rows."""

    first: date
    last: date
    open: bool = False

    @property
    def closed(self) -> date:
        """The last day that is over."""
        return self.last - timedelta(days=1) if self.open else self.last


def span(days: RowDays, earliest: date, as_of: date, declared: date | None) -> Span:
    """The days covered on the as-of day. `earliest`: of tables whose rows it names; `declared`: `complete_until`."""
    first, last = days.first, min(days.last, as_of)
    if days.is_dense:
        is_open = last == days.last == as_of and not days.ended
    else:
        rhythm = timedelta(days=days.usual)
        first = min(first, earliest) if first - earliest <= rhythm else first
        last = as_of if as_of - last <= rhythm else last
        is_open = False
    if declared is not None and declared >= last:
        last, is_open = min(declared, as_of), False
    return Span(first, last, is_open)


def joint(spans: list[Span]) -> Span | None:
    """The days that all of them cover; None for none."""
    if not spans:
        return None
    last = min(span.last for span in spans)
    return Span(max(span.first for span in spans), last, any(span.open and span.last == last for span in spans))


def hole_in_words(table: str, hole: tuple[date, date]) -> Message:
    """`orders: no rows from 2026-10-05 to 2026-10-12`."""
    return say("{table}: no rows from {first} to {last}", table=table, first=hole[0], last=hole[1])
