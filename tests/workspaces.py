"""Small workspaces made of rows written down in a test."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import tomli_w

from kpi_tui.book import Book
from kpi_tui.definitions.answers.value import Value
from kpi_tui.definitions.period import Period

Row = dict[str, Any]
"""One row of a raw table: column -> cell."""


class Shop:
    """A workspace folder that grows table by table; `extends = "standard"` unless told otherwise."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._head: dict[str, Any] = {"name": "Shop", "extends": "standard", "timezone": "Asia/Shanghai"}
        self._tables: dict[str, Any] = {}
        root.mkdir(parents=True)

    def says(self, **head: Any) -> Shop:
        """Set keys of workspace.toml."""
        self._head |= head
        return self

    def has(self, table: str, rows: Sequence[Mapping[str, Any]], **source: Any) -> Shop:
        """A CSV table whose columns have their canonical names; None is an empty cell."""
        self._tables[table] = {"path": self._written(table, rows), **source}
        return self

    def maps(self, table: str, source: Mapping[str, Any]) -> Shop:
        """A table of files that are there, as tables.toml says it."""
        self._tables[table] = dict(source)
        return self

    def has_source(self, table: str, name: str, rows: Sequence[Mapping[str, Any]], **source: Any) -> Shop:
        """One more source of a table, a CSV of its own."""
        parts = self._tables.setdefault(table, {"sources": {}})["sources"]
        parts[name] = {"path": self._written(f"{table}-{name}", rows), **source}
        return self

    def says_of(self, table: str, **keys: Any) -> Shop:
        """Set keys of a table that is there."""
        self._tables[table] |= keys
        return self

    def _written(self, stem: str, rows: Sequence[Mapping[str, Any]]) -> str:
        columns = list(dict.fromkeys(name for row in rows for name in row))
        with (self.root / f"{stem}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, columns, restval="")
            writer.writeheader()
            writer.writerows(rows)
        return f"{stem}.csv"

    def defines(self, file: str, text: str) -> Shop:
        """Write a TOML file by hand, e.g. metrics/own.toml."""
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return self

    def book(self, **options: Any) -> Book:
        """Open it."""
        with (self.root / "workspace.toml").open("wb") as head, (self.root / "tables.toml").open("wb") as tables:
            tomli_w.dump(self._head, head)
            tomli_w.dump({"tables": self._tables}, tables)
        return Book.open(self.root, **options)

    def value(self, metric: str, period: str, **question: Any) -> Value:
        """One number of a metric at a period (the total)."""
        return self.book().numbers.values([metric], Period.parse(period), **question)[-1]


def orders(*rows: tuple[str, str, str, float], **more: Any) -> list[dict[str, Any]]:
    """Paid orders from (order id, user id, moment, amount)."""
    return [
        {
            "order_id": order,
            "user_id": user,
            "created_at": at,
            "paid_at": at,
            "order_amount": amount,
            "list_amount": amount,
            "paid_amount": amount,
            "paid_from_balance": 0,
            "domain": "public",
            **more,
        }
        for order, user, at, amount in rows
    ]


def views(*rows: tuple[str, str, str], **more: Any) -> list[dict[str, Any]]:
    """Page views from (visitor = user id, moment, page)."""
    return [
        {
            "event_id": f"e{number:05d}",
            "ts": at,
            "visitor_id": who,
            "user_id": who,
            "platform": "web",
            "event": "page_view",
            "page_id": page,
            "is_valid": "true",
            **more,
        }
        for number, (who, at, page) in enumerate(rows)
    ]


def users(*rows: tuple[str, str]) -> list[dict[str, Any]]:
    """Registered buyers from (user id, moment)."""
    return [{"user_id": who, "registered_at": at, "acquisition_type": "organic", "side": "buyer"} for who, at in rows]
