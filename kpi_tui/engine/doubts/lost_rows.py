"""Days of which nothing is known, because all rows of a table that lie in them, or may do so, could not be read."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from kpi_tui.definitions.answers.value import Number, Reason
from kpi_tui.definitions.message import Message, say, says
from kpi_tui.engine.data import Data
from kpi_tui.engine.kept.table_summary import all_rejected_in_words
from kpi_tui.tables.source.blank_row import BLANK_ROW


def lost_rows(data: Data, table: str, sources: Collection[str], first: date, last: date) -> Number | None:
    """That it is so of a table, or of those of its sources that are named; None where it is not."""
    if (summary := data.summary(table)) is None:
        return None
    why, count = summary.all_rejected(first, last, sources)
    if count:
        return Number(None, Reason.UNKNOWN, _rejected_in_words(summary.named(sources), why, count))
    if first <= data.days.as_of() and (count := summary.may_be_lost(first, last, sources)):
        return Number(None, Reason.UNKNOWN, _perhaps_in_words(summary.named(sources), count))
    return None


def lost_sources(data: Data, table: str, sources: Collection[str], first: date, last: date) -> Iterator[str]:
    """Sources of a table of which nothing is known in days that others of it tell of."""
    if len(sources) < 2 or lost_rows(data, table, sources, first, last):
        return
    for source in sources:
        if lost := lost_rows(data, table, {source}, first, last):
            yield lost.detail


def nothing_known(data: Data, table: str, part: str) -> Number | None:
    """That a table, or a source of it, has no row: all were rejected, or no file of it has any."""
    if (summary := data.summary(table)) is None or (profile := summary.empty_parts().get(part)) is None:
        return None
    lost = [one for one in profile.rejected if one.reason != BLANK_ROW]
    if not lost:
        said = say("{table} has no row; complete_until of it says up to which day there was none", table=part)
        return Number(None, Reason.NO_DATA, said)
    count = sum(one.count for one in lost)
    why = max(lost, key=lambda one: one.count).reason
    return Number(None, Reason.UNKNOWN, all_rejected_in_words(part, why, count))


def _perhaps_in_words(table: str, count: int) -> Message:
    return says(
        "{table} has no row in this period, and {count:,} row without a readable time was rejected",
        "{table} has no row in this period, and {count:,} rows without a readable time were rejected",
        count,
        table=table,
    )


def _rejected_in_words(table: str, why: str, count: int) -> Message:
    return says(
        "the only row of {table} in this period was rejected: {why}",
        "all {count:,} rows of {table} in this period were rejected: {why}",
        count,
        table=table,
        why=why,
    )
