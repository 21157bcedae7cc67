"""A number beside that of the period before and of the same period last year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kpi_tui.definitions.answers.value import Value


@dataclass(frozen=True, slots=True)
class Comparison:
    """`before` is None where the period before is the same one of last year, as of a year to date."""

    now: Value
    before: Value | None
    last_year: Value
