"""The ledger everything is written into while the shop is played through."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from . import catalog
from .rhythm import END

Row = tuple[Any, ...]
_DETAILS = ("page_id", "url", "content_id", "campaign_id", "feature", "query_id", "query_text", "result_count", "value")


@dataclass
class Customer:
    """A registered user and what the shop remembers of them."""

    user_id: str
    registered: datetime
    channel: str | None
    inviter: str | None
    platform: str
    eagerness: float  # how often they come, 1.0 is usual
    appetite: float  # how easily they buy
    member_since: datetime | None = None
    balance: float = 0.0
    paid_orders: int = 0
    last_paid: date | None = None
    last_seen: date | None = None
    spent: float = 0.0
    level: int = 1
    guided: tuple[date, date] | None = None  # from, to: the days on which a guide has them as a friend

    @property
    def visitor_id(self) -> str:
        """The cookie or openid behind the account."""
        return "v" + self.user_id

    def has_guide(self, day: date) -> bool:
        """True while a guide can write to them."""
        return self.guided is not None and self.guided[0] < day < self.guided[1]


@dataclass
class Shop:
    """All rows by table, the stock of ids, and one random stream per part of the story."""

    seed: int
    scale: float
    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    _seen: dict[str, set[Row]] = field(default_factory=lambda: defaultdict(set))
    customers: list[Customer] = field(default_factory=list)
    skus: list[catalog.Sku] = field(default_factory=catalog.skus)
    contents: list[tuple[str, str, str, datetime, str]] = field(default_factory=catalog.contents)

    def stream(self, name: str) -> random.Random:
        """A random stream of its own, so that a change in one part leaves the others as they are."""
        return random.Random(f"{self.seed}:{name}")

    def add(self, table: str, *row: object) -> None:
        """Append a row to a table."""
        self.rows[table].append(row)

    def add_once(self, table: str, key: int, *row: object) -> None:
        """Append a row unless one with the same first `key` cells is there."""
        if row[:key] not in self._seen[table]:
            self._seen[table].add(row[:key])
            self.rows[table].append(row)

    def next_id(self, table: str, prefix: str, width: int = 5) -> str:
        """The next id of a table, with leading zeros."""
        return f"{prefix}{len(self.rows[table]) + 1:0{width}d}"

    def event(self, ts: datetime, visitor: str, user: str | None, platform: str, event: str, **more: object) -> None:
        """Append a tracked action; the tables end at midnight."""
        if ts.date() <= END:
            self.rows["events"].append((ts, visitor, user, platform, event, *map(more.get, _DETAILS), True))
