"""Large files part by part: the raw rows of files of one header, as often as asked."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from functools import cached_property

import polars as pl

from kpi_tui.tables.source.numeric_columns import is_numeric
from kpi_tui.tables.source.raw_rows import Raw
from kpi_tui.tables.source.text_cells import tidy


class Parts(ABC):
    """The raw rows of files of one header, in parts, as often as asked; `count` is about how many there are."""

    count: int

    @abstractmethod
    def __iter__(self) -> Iterator[Raw]:
        """Every part in order, its rows numbered as in its file. TableError when a file breaks off."""

    def is_numeric(self, column: str) -> bool:
        """The judgement of `numeric_columns.is_numeric` over a whole column of text."""
        return column in self._numeric

    @cached_property
    def _numeric(self) -> frozenset[str]:
        filled: set[str] = set()
        other: set[str] = set()
        for part in self:
            for column in part.frame.select(pl.col(pl.String)):
                if column.name not in other and tidy(column).drop_nulls().len():
                    filled.add(column.name)
                    other |= set() if is_numeric(column) else {column.name}
        return frozenset(filled - other)
