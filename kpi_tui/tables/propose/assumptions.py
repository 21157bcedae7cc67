"""What a proposal takes for columns a file does not have, and says that it does: payment, visitors."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from kpi_tui.definitions.answers.proposal import ONE_UNIT, taken_to_be
from kpi_tui.definitions.library.table import ColumnType
from kpi_tui.definitions.message import say
from kpi_tui.tables.mapping.column_names import sql_name
from kpi_tui.tables.propose.by_column_names import Match, column_for
from kpi_tui.tables.propose.column_shapes import Shape
from kpi_tui.tables.propose.event_words import translated
from kpi_tui.tables.propose.synonyms import PEOPLE, plain

PAID_WHEN_CREATED = say("nothing says when an order was paid: paid_at is taken to be created_at")


def with_assumptions(
    columns: Mapping[str, str], best: Match, frame: pl.DataFrame, shapes: Mapping[str, Shape]
) -> tuple[dict[str, str], list[str]]:
    """The columns with those filled in that another column of the file can stand for, and notes."""
    if best.table == "orders" and "created_at" in best.columns:
        return _payment(dict(columns), best, shapes)
    if best.table == "events":
        return _tracked(dict(columns), best, frame)
    return _plain(dict(columns), best)


def _plain(made: dict[str, str], best: Match) -> tuple[dict[str, str], list[str]]:
    """A line without a quantity is one unit; shops with one number for an article have SKU and SPU in one."""
    if best.table == "order_items" and {"order_id", "sku_id"} <= best.columns.keys() and "qty" not in best.columns:
        made["qty"] = "1"
        return made, [ONE_UNIT]
    if best.table == "products" and "product_id" in best.columns and "sku_id" not in best.columns:
        made["sku_id"] = best.columns["product_id"][1]
        return made, [say("no column was found for sku_id: it is taken to be product_id")]
    return made, []


def _tracked(made: dict[str, str], best: Match, frame: pl.DataFrame) -> tuple[dict[str, str], list[str]]:
    """Trackers often number no events, know only one of visitor and user, and have words of their own."""
    notes: list[str] = []
    if "event" in best.columns:
        sql, said = translated(best.columns["event"][0], frame[best.columns["event"][0]])
        made, notes = (made | {"event": sql}, [said]) if sql else (made, notes)
    elif {"page_id", "url"} & best.columns.keys():
        made["event"] = "'page_view'"
        notes.append(say("no column was found for event: every row is taken to be a page view"))
    if "ts" in best.columns and "platform" not in best.columns:
        made["platform"] = "'web'"
        notes.append(
            say("no column was found for platform: it is taken to be 'web', where 30 idle minutes end a session")
        )
    if "user_id" in best.columns and "visitor_id" not in best.columns:
        made["visitor_id"] = best.columns["user_id"][1]
        notes.append(say("no column was found for visitor_id: it is taken to be user_id"))
    if "ts" in best.columns and "event_id" not in best.columns:
        made["event_id"] = f"row_number() over (order by {sql_name(best.columns['ts'][0])})"
        notes.append(
            say("no column was found for event_id: the rows are numbered by time, so a row read twice counts twice")
        )
    return made, notes


def _payment(made: dict[str, str], best: Match, shapes: Mapping[str, Shape]) -> tuple[dict[str, str], list[str]]:
    notes = who_buys(best, shapes)
    if "paid_at" not in best.columns:
        made["paid_at"] = best.columns["created_at"][1]
        notes.append(PAID_WHEN_CREATED)
    for name, other in (("order_amount", "paid_amount"), ("paid_amount", "order_amount")):
        if name not in best.columns and other in best.columns:
            made[name] = best.columns[other][1]
            notes.append(taken_to_be(name, other))
    return made, notes


def who_buys(best: Match, shapes: Mapping[str, Shape]) -> list[str]:
    """What to confirm where the buyers of orders have names and no ids, or where names are masked."""
    column = best.columns.get("user_id", ("", ""))[0]
    if best.table != "orders":
        return []
    some = {name: shape for name, shape in shapes.items() if shape.masked}
    if hidden := column if column in some else "" if column else column_for("orders", "user_id", some, ColumnType.STR):
        masked = say(
            "{column}: masked names (张*) are nobody: their orders count, and no number of buyers", column=hidden
        )
        return [masked, *_by_name(column)]
    return _by_name(column)


def _by_name(column: str) -> list[str]:
    if plain(column) not in map(plain, PEOPLE):
        return []
    return [say("buyers are told apart by {column}: two people of one name count as one", column=column)]
