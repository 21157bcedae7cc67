"""What is known of a name of a formula at a period, before the formula is worked out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kpi_tui.definitions.answers.value import Number
from kpi_tui.engine.doubts.doubtful_rows import NO_DOUBT, RowDoubts
from kpi_tui.engine.partial_periods import NOTHING_LACKS, Covered


@dataclass(frozen=True, slots=True)
class KnownName:
    """A name of a formula at a period: its number, how far its rows reach, and which of them are doubtful."""

    number: Number
    covered: Covered = NOTHING_LACKS
    doubts: RowDoubts = NO_DOUBT
    empty: tuple[str, ...] = ()
    asked_of: tuple[str, ...] = ()
    cut_on: frozenset[tuple[str, str]] = frozenset()
    left_out: Mapping[str, int] = field(default_factory=dict)
