"""A table as facts and measures read it, and what was said of its files on the way."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from kpi_tui.definitions.answers.value import Profile


@dataclass(frozen=True, slots=True)
class Prepared:
    """A table ready for facts and measures; `missing` are canonical columns that are all null."""

    frame: pl.LazyFrame
    profile: Profile
    missing: frozenset[str]
    fingerprint: str
