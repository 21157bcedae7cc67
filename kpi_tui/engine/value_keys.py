"""The key of a value in the result cache, from everything its number rests on, so that an entry is never stale."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kpi_tui.definitions.issue import TableError
from kpi_tui.definitions.library.procedure import PROCEDURES
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.progress import RowsNeeded
from kpi_tui.engine.data import Data
from kpi_tui.engine.kept.cache import digest
from kpi_tui.engine.kept.rests import RestsKept
from kpi_tui.engine.procedures import is_installed
from kpi_tui.engine.query.cut import Cut

if TYPE_CHECKING:
    from kpi_tui.engine.value_rests import ValueRests


def stamp(definitions: str, data: Data) -> str:
    """Changes whenever what values rest on may: a definition, what is known of a table, what is installed.

    "" where definitions have no stamp, or it is not known of every table.
    """
    if not definitions:
        return ""
    days = data.days
    try:
        known = [str(day) for day in (days.as_of(), days.cutoff(), days.first_day(), days.earliest())]
        tables = [(table, str(days.span(table)), data.fingerprint(table)) for table in data.tables]
    except (RowsNeeded, TableError):
        return ""
    errors = [(table, str(error)) for table, error in data.errors.items()]
    return digest(definitions, known, tables, errors, [is_installed(one) for one in PROCEDURES.values()])


class ValueKeys:
    """Keys of the values of one workspace. What a metric rests on is worked out once, and kept from start to start."""

    def __init__(self, kept: RestsKept, rests: Callable[[], ValueRests]) -> None:
        """`rests`: works it out, which brings sqlglot."""
        self._kept = kept
        self._rests = rests

    def key(self, metric: str, period: Period, cut: Cut) -> str:
        """The key of a metric at a period, cut by `cut`."""
        rests = self._kept.of(metric, lambda: self._rests().of_metric(metric))
        reach = self._reach() if cut.by or cut.where or cut.campaign else ""
        return "value:" + digest(rests, period.id, repr(period.calendar), cut.by, cut.where, cut.campaign, reach)

    def _reach(self) -> str:
        """Every table and fact: a cut may reach columns of tables the metric itself does not rest on."""
        return self._kept.of("", lambda: self._rests().of_everything())
