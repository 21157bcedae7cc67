"""The pages of promotion and of use of site and app: their lines beside what DuckDB counts in the demo's own files."""

from __future__ import annotations

import csv
from collections import defaultdict

import duckdb

from kpi_tui.book import Book
from kpi_tui.definitions.period import Period
from kpi_tui.views.cells import NumberCell
from kpi_tui.views.page.page import page
from tests.conftest import PROJECT

OCTOBER = Period.parse("2026-10")
EVENTS = f"""(select * from '{PROJECT}/sample_data/events.parquet'
    where ts >= '2026-10-01' and ts < '2026-11-01' and coalesce(is_valid, true))"""


def lines(book: Book, page_id: str, section: str, *columns: str) -> dict[str, list[float | None]]:
    """The numbers of a break-down by the id of its segment."""
    sheet = page(book.pages.of(page_id, OCTOBER), book.workspace).sheet(section)
    assert sheet is not None
    places = [place for place, column in enumerate(sheet.columns) if column.key in columns]
    found = {}
    for row in sheet.rows:
        cells = [row.cells[place] for place in places]
        assert all(isinstance(cell, NumberCell) for cell in cells)
        found[row.key.removeprefix(f"{section} ")] = [cell.value for cell in cells if isinstance(cell, NumberCell)]
    return found


def test_spend_and_revenue_by_pricing_model_are_those_of_the_file(demo: Book) -> None:
    told: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    with (PROJECT / "sample_data" / "channel_daily.gbk.csv").open(encoding="gb18030", newline="") as file:
        for row in csv.DictReader(file):
            if row["日期"].startswith("2026-10"):
                told[row["计费方式"]][0] += float(row["花费"])
                told[row["计费方式"]][1] += float(row["订单金额"])
    found = lines(demo, "promotion", "models", "spend", "revenue")
    assert {name: [round(one, 2) for one in found[name]] for name in told} == {
        name: [round(one, 2) for one in values] for name, values in told.items()
    }
    assert len(told) == 6


def test_features_are_used_by_so_many_people(demo: Book) -> None:
    told = duckdb.sql(f"""select feature, count(distinct user_id) from {EVENTS}
        where feature is not null group by feature""").fetchall()
    found = lines(demo, "use", "features", "people")
    assert len(told) == 2 and [found[name][0] for name, _count in told] == [count for _name, count in told]


def test_searches_and_the_empty_ones_by_their_words(demo: Book) -> None:
    told = duckdb.sql(f"""select query_text, count(distinct query_id),
        count(distinct query_id) filter (where result_count = 0) from {EVENTS}
        where event = 'search' and query_text <> '' group by query_text""").fetchall()
    found = lines(demo, "use", "searches", "searches", "empty")
    assert len(told) > 10 and {name: found[name] for name, *_counts in told} == {
        name: [*counts] for name, *counts in told
    }


def test_exits_are_the_last_views_of_sessions_which_are_as_many(demo: Book) -> None:
    """Every session with a view ends on one page: the exits by page are the sessions with a view (R123)."""
    exits = lines(demo, "use", "exits", "views", "exits")
    views = dict(
        duckdb.sql(f"select page_id, count(*) from {EVENTS} where event = 'page_view' group by page_id").fetchall()
    )
    whole = exits.pop("None")
    assert {name: values[0] for name, values in exits.items()} == views
    assert sum(values[1] or 0 for values in exits.values()) == whole[1]
