"""Rows asked for as they are, whatever the period: the days of a campaign, the first day of a column."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from kpi_tui.definitions.period import Grain, Period
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine.data import Data
from kpi_tui.engine.query import plan
from kpi_tui.engine.query.cut import PARTICIPANTS, Cut
from kpi_tui.sql.quoted_text import quoted_text


class Engine(Protocol):
    """What answers queries: rows with w_period, [segment], m0…, [r0…]."""

    dialect: str

    def run(self, queries: list[plan.Query], asked: list[Period], first: date) -> list[list[plan.QueryRow]]:
        """Run all queries for the periods asked."""


class PlainRows:
    """Rows of the tables and facts of one workspace, through an engine."""

    def __init__(self, workspace: Workspace, data: Data, engine: Engine) -> None:
        self._workspace = workspace
        self._data = data
        self._engine = engine

    def campaign(self, campaign: str) -> tuple[date, date] | None:
        """First and last day of a campaign; None when the table has no such campaign."""
        name = quoted_text(campaign)
        rows = self._of(
            "campaigns", f"SELECT starts_at_day AS first, ends_at_day AS last FROM campaigns WHERE campaign_id = {name}"
        )
        days = [(row["first"], row["last"]) for row in rows]
        known = [(first, last) for first, last in days if isinstance(first, date) and isinstance(last, date)]
        return (min(first for first, _ in known), max(last for _, last in known)) if known else None

    def taking_part(self, campaign: str) -> tuple[int, int]:
        """How many rows tell that somebody took part in a campaign, and how many of them who it was."""
        rows = self._of(
            PARTICIPANTS,
            f"SELECT COUNT(*) AS n, COUNT(user_id) AS known FROM {PARTICIPANTS} "
            f"WHERE campaign_id = {quoted_text(campaign)}",
        )
        return int(str(rows[0]["n"])), int(str(rows[0]["known"]))

    def campaigns(self) -> list[tuple[str, date, date]]:
        """Every campaign with its first and last day, the earliest first; those without days are left out."""
        rows = self._of(
            "campaigns", "SELECT campaign_id, starts_at_day AS first, ends_at_day AS last FROM campaigns ORDER BY first"
        )
        days = [(str(row["campaign_id"]), row["first"], row["last"]) for row in rows]
        return [(name, a, b) for name, a, b in days if isinstance(a, date) and isinstance(b, date) and a <= b]

    def first_of(self, table: str, day: str) -> date | None:
        """The first day in a column of a table or fact."""
        (row,) = self._of(table, f"SELECT min({day}) AS first FROM {table}")
        return row["first"] if isinstance(row["first"], date) else None

    def days_between(self, table: str, day: str, later: str) -> list[tuple[int, int]]:
        """Days from one column to another, the fewest first, and in how many rows."""
        days = f"datediff('day', {day}, {later})"
        known = f"{day} IS NOT NULL AND {later} IS NOT NULL"
        rows = self._of(table, f"SELECT {days} AS days, COUNT(*) AS n FROM {table} WHERE {known} GROUP BY {days}")
        return sorted((int(str(row["days"])), int(str(row["n"]))) for row in rows)

    def amounts_by_day(self, table: str, day: str, amount: str, where: str) -> list[tuple[date, int, float]]:
        """The days of a column, how many rows of a condition each has, and what an amount of theirs comes to."""
        sql = f"SELECT {day} AS day, COUNT(*) AS n, SUM({amount}) AS amount FROM {table} WHERE {where} GROUP BY {day}"
        found = [(row["day"], int(str(row["n"])), float(str(row["amount"] or 0))) for row in self._of(table, sql)]
        return sorted((day, count, total) for day, count, total in found if isinstance(day, date))

    def _of(self, table: str, sql: str) -> list[plan.QueryRow]:
        query = plan.Query(table, "", "", "", Cut())
        query.sql = sql
        day = self._data.days.as_of()
        (rows,) = self._engine.run([query], [Period.containing(day, Grain.DAY, self._workspace.calendar)], day)
        return rows
