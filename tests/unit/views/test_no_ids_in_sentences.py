"""Sentences and headings of answers call things by name; ids stay in JSON, csv and explain."""

from __future__ import annotations

import csv
import io

from kpi_tui.book import Book
from kpi_tui.definitions.answers.value import Reason, Value
from kpi_tui.definitions.message import listed, say
from kpi_tui.definitions.period import Period
from kpi_tui.render.formats import render
from kpi_tui.text.i18n import speaking
from kpi_tui.text.phrase import translate
from kpi_tui.views.library.values import values
from kpi_tui.views.named_ids import in_names
from kpi_tui.views.reasons import reason

YEAR = Period.parse("ytd-2026-10-31")


def test_a_reason_names_tables_and_columns(demo: Book) -> None:
    why = say("no file supplies {columns} of {table}", columns=listed(["channel_id", "platform"]), table="orders")
    with speaking("zh"):
        told = translate(reason(Reason.NO_COLUMN, why, demo.workspace))
    assert "渠道" in told and "平台" in told and "订单" in told
    assert not {"channel_id", "platform", "orders"} & {*told.replace("、", " ").replace("(", " ").split()}
    assert "channel_id" in translate(reason(Reason.NO_COLUMN, why)), "who reads definitions has the ids"


def test_whose_column_it_is_names_the_table_and_what_was_counted(demo: Book) -> None:
    """Lists inside of lists, and a column with its table."""
    whose = [
        say("{owner} of {measures}", owner="orders.channel_id", measures=listed(["paid_amount_sum", "new_user_count"])),
        say("{owner} of {measures}", owner="users.channel_id", measures="new_user_count"),
    ]
    said = in_names(say("{column} is {whose}", column="channel_id", whose=listed(whose)), demo.workspace)
    with speaking("zh"):
        told = translate(said)
    assert told.startswith("渠道 ") and "订单 · 渠道" in told and "_" not in told


def test_values_by_a_column_are_headed_by_its_name_and_a_year_to_date_is_said(demo: Book) -> None:
    found = [Value("dau", YEAR, 3.0, segment=one) for one in (None, "ads")]
    view = values(found, demo.workspace, "channel_id")
    with speaking("zh"):
        drawn = render(view, "table")
    assert "渠道" in drawn and "channel_id" not in drawn and "ytd-" not in drawn and "2026-10-31" in drawn
    rows = list(csv.DictReader(io.StringIO(render(view, "csv"))))
    assert [row["period"] for row in rows] == ["ytd-2026-10-31"] * 2


def test_segments_of_another_table_are_headed_with_it(demo: Book) -> None:
    found = [Value("dau", YEAR, 3.0, segment="ads", segment_of="users.channel_id")]
    with speaking("en"):
        (sheet,) = values(found, demo.workspace, "channel_id").sheets
        head = translate(next(column.title for column in sheet.columns if column.key == "segment"))
    assert head == "Users · Channel"
