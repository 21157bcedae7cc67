"""Who went from where to where between two periods."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kpi_tui.definitions.answers.value import Value
    from kpi_tui.definitions.period import Period


@dataclass(frozen=True, slots=True)
class MoveRow:
    """People who were in one segment (None: everybody) a period ago: all of them, and by where they are now."""

    origin: str | None
    whole: Value
    parts: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Moves:
    """A row per segment people came from, everybody last; `segments`: where they are now, in their order."""

    period: Period
    rows: tuple[MoveRow, ...]
    segments: tuple[str, ...]
