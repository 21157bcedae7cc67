"""How much of the library is live on the tables at hand, and what one more table would unlock."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class MissingInput:
    """Something a metric wants and has not got: a whole table, one column of a table, or something to install."""

    table: str
    column: str = ""

    @property
    def name(self) -> str:
        """`refunds` or `orders.list_amount`."""
        return f"{self.table}.{self.column}" if self.column else self.table


@dataclass(frozen=True, slots=True)
class CategoryCoverage:
    """One category: how many of its metrics can be computed."""

    category: str
    live: int
    metrics: int


@dataclass(frozen=True, slots=True)
class Unlock:
    """One table or column, and the metrics that want nothing else."""

    missing: MissingInput
    metrics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Categories in library order; unlocks, the most rewarding first; lacks of every metric that is not live."""

    categories: tuple[CategoryCoverage, ...]
    unlocks: tuple[Unlock, ...]
    missing: tuple[tuple[str, tuple[MissingInput, ...]], ...] = ()

    @property
    def live(self) -> int:
        """Metrics that can be computed."""
        return sum(category.live for category in self.categories)

    @property
    def metrics(self) -> int:
        """Metrics of the library."""
        return sum(category.metrics for category in self.categories)
