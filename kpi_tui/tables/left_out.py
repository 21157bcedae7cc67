"""Rows that are left out, by reason, with examples: nothing disappears silently."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

from kpi_tui.definitions.answers.value import Rejected
from kpi_tui.tables.source.raw_rows import EXAMPLES, FILE, ROW, SheetStart, in_sheet

_SHOWN = 200


@dataclass(slots=True)
class Ledger:
    """Counts of rejected file rows; `files` are the names examples mention when there are several.

    `every`: None, or where the place (FILE, ROW) of every row is kept that does not arrive, with the reason.
    """

    files: Sequence[str]
    sheets: Sequence[SheetStart] = ()  # of workbooks whose sheets are one table: rows are named by theirs
    counts: dict[str, int] = field(default_factory=dict)
    examples: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    days: dict[str, Counter[str]] = field(default_factory=dict)
    every: list[tuple[str, pl.DataFrame]] | None = None

    def reject(
        self,
        why: str,
        rows: pl.DataFrame,
        text: pl.Series | str,
        count: int | None = None,
        days: pl.Series | None = None,
    ) -> None:
        """Enter rows (with ROW and FILE) for one reason; `text` is what stood there, `days` when they happened."""
        if rows.is_empty():
            return
        self.keep(why, rows)
        if days is not None:
            known = days.drop_nulls().cast(pl.Date).value_counts()
            self.days.setdefault(why, Counter()).update({day.isoformat(): n for day, n in known.iter_rows()})
        self.counts[why] = self.counts.get(why, 0) + (rows.height if count is None else count)
        shown = self.examples.setdefault(why, [])
        said = text.head(EXAMPLES).cast(pl.String) if isinstance(text, pl.Series) else [text] * EXAMPLES
        for row, file, cell in zip(rows[ROW].head(EXAMPLES), rows[FILE].head(EXAMPLES), said, strict=False):
            sheet, number = in_sheet(self.sheets, file, row)
            names = [self.files[file] if len(self.files) > 1 else "", sheet]
            shown.append((number, ": ".join([*filter(None, names), str(cell)])[:_SHOWN]))

    def keep(self, why: str, rows: pl.DataFrame) -> None:
        """Rows that do not arrive and are no rejections: filtered, copies."""
        if self.every is not None and rows.height:
            self.every.append((why, rows.select(FILE, ROW)))

    @property
    def rejected(self) -> tuple[Rejected, ...]:
        """Rejections by reason, most frequent first."""
        order = sorted(self.counts, key=lambda why: -self.counts[why])
        return tuple(
            Rejected(why, self.counts[why], tuple(self.examples[why][:EXAMPLES]), dict(self.days.get(why, {})))
            for why in order
        )

    @property
    def total(self) -> int:
        """How many file rows are rejected."""
        return sum(self.counts.values())
