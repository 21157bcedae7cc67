"""A report of a shop by day (日报): a row is a day with its sums, which are no orders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kpi_tui.definitions.library.table import ColumnType
from kpi_tui.definitions.message import Message, listed, say
from kpi_tui.tables.propose.by_column_names import Match
from kpi_tui.tables.propose.column_shapes import Shape
from kpi_tui.tables.propose.header_words import without_unit
from kpi_tui.tables.propose.lookups import FileColumns
from kpi_tui.tables.propose.synonyms import COUNTS_OF_DAYS, plain
from kpi_tui.tables.source.text_cells import tidy
from kpi_tui.tables.total_rows import total_words

OF_ADS = "channel_daily"
_ADS = ("spend", "impressions", "clicks")
"""Columns of advertising that say the same whoever's orders they brought."""
_OF_A_CHANNEL = ("orders", "order_amount", "registrations", "downloads", "actions", "landing_visitors")
_SURE = 7  # days, each once and with nothing but an amount, that may be sums


def sums_of_days(seen: FileColumns, orders: Match) -> list[str]:
    """The columns by which a sheet is told to hold sums of days; none where its rows may be orders.

    It numbers no order and names no buyer, and counts what only many orders have.
    """
    if "created_at" not in orders.columns or {"order_id", "user_id"} & orders.columns.keys():
        return []
    return [name for name, shape in seen.shapes.items() if _is_called(name) and ColumnType.FLOAT in shape.sql]


def perhaps_sums(seen: FileColumns, orders: Match) -> list[Message]:
    """What to ask of a sheet that says every day once with its amount, and nothing else that a sale would say."""
    if "created_at" not in orders.columns or {"order_id", "user_id"} & orders.columns.keys():
        return []
    day = orders.columns["created_at"][0]
    texts = [name for name, shape in seen.shapes.items() if name != day and _says_text(shape)]
    cells = tidy(seen.frame[day]).drop_nulls()
    cells = cells.filter(~cells.is_in(total_words(seen.frame).get(day, [])))
    times = cells.str.contains(r"[1-9]:|:[0-5]?[1-9]|[上下]午").any()
    if texts or times or len(cells) < _SURE or cells.n_unique() < len(cells):
        return []
    said = say(
        "{file}: every day stands once: where a row is the sum of a day, its amount is right, and the number of orders "
        "and all that is worked out from it are not; `--as {file}=none` (e in the wizard) leaves it out",
        file=seen.path.name,
    )
    return [said]


def _says_text(shape: Shape) -> bool:
    return not shape.empty and ColumnType.FLOAT not in shape.sql


def _is_called(name: str) -> bool:
    return {plain(name), plain(without_unit(name))} & COUNTS_OF_DAYS != set()


def of_ads(fits: Mapping[str, Match]) -> Match | None:
    """What of such a sheet is a report of advertising: its spend and what it showed; orders of a channel it names."""
    found = fits.get(OF_ADS)
    if found is None or "day" not in found.columns or not any(name in found.columns for name in _ADS):
        return None
    theirs = () if "channel_id" in found.columns else _OF_A_CHANNEL
    return replace(found, columns={name: one for name, one in found.columns.items() if name not in theirs})


def no_orders(seen: FileColumns, counted: list[str]) -> Message:
    """Why nothing is made of it as orders, and what to do."""
    return say(
        "{file}: a row holds the sums of a day ({columns}), and sums of days are no orders: export the list of orders "
        "instead (one row an order). Counts that only people know (visitors, inquiries …) are typed by week: "
        "`kpi-tui actual import FILE` takes a sheet with the columns metric, 2026-W40, 2026-W41 …, which a sheet of "
        "days is not. `--as {file}=orders` (e on it in the wizard) reads each day as one order all "
        "the same",
        file=seen.path.name,
        columns=listed(counted),
    )
