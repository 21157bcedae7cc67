"""The rows of files that did not arrive in a table: how many and why, and a line for each with file and row number."""

from __future__ import annotations

from kpi_tui.definitions.answers.rows.refused_rows import RefusedRows
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.format import decimals
from kpi_tui.text.phrase import Word, joined, phrase, phrases
from kpi_tui.views.counted_rows import how_many, json_rows, rows_sheet
from kpi_tui.views.names import table_name
from kpi_tui.views.record import Record, record
from kpi_tui.views.view import Sentence, View


def refused_rows(found: RefusedRows, space: Workspace) -> View:
    """A page of them under the reasons."""
    said = (*_sentences(found),) or (Sentence(phrase("Every row of the files arrived."), "good", key="count"),)
    rows = rows_sheet(found.columns, found.rows, found.wish)
    return View(refused_title(found.table, space), said, (rows,), data=_data(found), name=f"left-out-{found.table}")


def refused_title(table: str, space: Workspace) -> Word:
    """`orders Orders › rows left out`."""
    return joined(joined(table, table_name(space, table), once=True), phrase("rows left out"), between=" › ")


def _sentences(found: RefusedRows) -> list[Sentence]:
    if not found.reasons:
        return []
    why = (joined(decimals(count, 0), "×", reason, between=" ") for reason, count in found.reasons)
    more = phrases(
        "{count} row more could not be taken apart into cells and is not listed.",
        "{count} rows more could not be taken apart into cells and are not listed.",
        found.unread,
    )
    return [
        Sentence(how_many(found.total, len(found.rows), found.wish), "strong", key="count"),
        Sentence(joined(*why, between=" · "), key="measure"),
        *([Sentence(more, "near", key="without")] if found.unread else []),
    ]


def _data(found: RefusedRows) -> Record:
    return {
        **record(found, "table"),
        "reasons": [{"reason": str(reason), "count": count} for reason, count in found.reasons],
        "not_listed": found.unread,
        **json_rows(found.columns, found.rows, found.total, found.wish),
    }
