"""What reading a column of cells gives: values, and which cells could not be read; never a guess."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True, slots=True)
class ParsedCells:
    """`values` with null where `bad` (Boolean, same length) says a cell could not be read."""

    values: pl.Series
    bad: pl.Series
    not_finite: int = 0  # cells that were NaN or infinite and became null
    twice: int = 0  # local stamps of an hour that a clock change repeats
    nothing: int = 0  # cells that write in words or zeros that there is no time
    word: str = ""  # one of them


def none_bad(cells: pl.Series) -> pl.Series:
    """No cell of them is bad."""
    return pl.repeat(False, len(cells), dtype=pl.Boolean, eager=True)
