"""The SQL of every aggregation (definitions/library/aggregation.py), over the rows of one measure."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from kpi_tui.definitions.library.aggregation import Aggregation
from kpi_tui.definitions.library.metric import Measure
from kpi_tui.definitions.workspace import Setting
from kpi_tui.engine.query.row_filter import count_rows, kept
from kpi_tui.sql.parameters import bind


def aggregate(measure: Measure, where: str, settings: Mapping[str, Setting], key: Collection[str]) -> str:
    """The measure as one aggregate of a SELECT; rows that are not `where` do not count.

    `key`: the columns that tell the rows of its table apart. A count of one of them counts rows; of anything else the
    rows in which it is known, as SQL counts.
    """
    value = bind(measure.column, settings) if measure.column else ""
    picked = kept(value, where)
    number = f"CAST({picked} AS DOUBLE)"
    return {
        Aggregation.COUNT: count_rows(where) if measure.column in ("", "*", *key) else f"COUNT({picked})",
        Aggregation.COUNT_DISTINCT: f"COUNT(DISTINCT {picked})",
        Aggregation.MEAN_DAILY_DISTINCT: f"COUNT(DISTINCT {picked})",  # of one day: `statement` groups by the day
        Aggregation.SUM: f"SUM({number})",
        Aggregation.MEAN: f"AVG({number})",
        Aggregation.MIN: f"MIN({number})",
        Aggregation.MAX: f"MAX({number})",
        Aggregation.MEDIAN: f"MEDIAN({number})",
        Aggregation.QUANTILE: f"QUANTILE_CONT({number}, {measure.quantile})",
    }[measure.agg]


def ends(column: str, where: str) -> tuple[str, str]:
    """The least and the greatest value of a column in the rows that are `where`: the same where there is but one."""
    picked = kept(column, where)
    return f"MIN({picked})", f"MAX({picked})"
