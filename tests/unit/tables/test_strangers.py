"""Files of people we never met: exports of shops, trackers and desks, as they come out of the machine."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import polars as pl
import pytest

from kpi_tui.book import Book
from kpi_tui.definitions.answers.proposal import TableProposal
from kpi_tui.definitions.issue import Severity, TableError
from kpi_tui.definitions.library.table import TableSchema, TableSource
from kpi_tui.tables.prepare import prepare
from kpi_tui.tables.prepared import Prepared
from kpi_tui.tables.propose.propose import propose
from kpi_tui.workspace.load import load
from kpi_tui.workspace.start.scaffold import create
from tests.table_kit import column, counts, read


@pytest.fixture(scope="module")
def schemas() -> dict[str, TableSchema]:
    return dict(load(Path(__file__).parents[3] / "config", validate=False).workspace.schemas)


def proposed(path: Path, schemas: dict[str, TableSchema]) -> dict[str, TableProposal]:
    return {table.table: table for table in propose([path], schemas, "Asia/Shanghai").tables}


def prepared(found: TableProposal, schemas: dict[str, TableSchema], zone: str = "Asia/Shanghai") -> Prepared:
    source = TableSource(
        found.table, (found.path.name,), columns=found.columns, where=found.where, group_by=found.group_by
    )
    return prepare(source, schemas[found.table], data=found.path.parent, roots=(), timezone=zone)


def test_a_taobao_export_in_gbk_is_read_with_its_prices_and_times(
    tmp_path: Path, schemas: dict[str, TableSchema]
) -> None:
    rows = ["订单编号,买家会员名,买家应付货款,买家实际支付金额,订单状态,订单创建时间,订单付款时间"]
    rows += ['3900000000000000001,tb1,"￥1,234.50","￥1,200.00",交易成功,2026/1/5 9:03,2026/1/5 9:04']
    rows += ["3900000000000000002,tb2,￥9.90,￥0.00,已关闭,2026/1/6 23:59,"]
    path = tmp_path / "ExportOrderList.csv"
    path.write_bytes("\r\n".join(rows).encode("gbk"))
    made = prepared(proposed(path, schemas)["orders"], schemas)
    assert made.frame.select("order_id", "user_id", "order_amount", "paid_amount", "paid_at").collect().rows() == [
        ("3900000000000000001", "tb1", 1234.5, 1200.0, datetime(2026, 1, 5, 9, 4)),
        ("3900000000000000002", "tb2", 9.9, 0.0, None),
    ]


def test_a_shopify_export_counts_an_order_once_though_its_total_stands_on_the_first_line_only(
    tmp_path: Path, schemas: dict[str, TableSchema]
) -> None:
    path = tmp_path / "orders_export.csv"
    path.write_text(
        "Name,Email,Paid at,Total,Created at,Lineitem quantity,Lineitem price,Lineitem sku\n"
        "#1001,a@x.com,2026-01-05 10:03:00 -0500,35.00,2026-01-05 10:02:11 -0500,2,10.00,S1\n"
        "#1001,a@x.com,,,2026-01-05 10:02:11 -0500,1,10.00,S2\n"
        "#1002,b@x.com,,15.00,2026-01-05 23:30:00 -0500,1,10.00,S1\n"
    )
    tables = proposed(path, schemas)
    orders = prepared(tables["orders"], schemas, "America/New_York").frame.collect()
    assert orders.select("order_id", "user_id", "paid_amount", "paid_at").rows() == [
        ("#1001", "a@x.com", 35.0, datetime(2026, 1, 5, 10, 3)),
        ("#1002", "b@x.com", 15.0, None),
    ]
    assert orders["created_at_day"].dt.day().to_list() == [5, 5]
    assert prepared(tables["order_items"], schemas).frame.collect()["order_id"].to_list() == ["#1001", "#1001", "#1002"]


@pytest.mark.parametrize(
    ("stamp", "fmt"),
    [("1767225600", "%s"), ("1767225600250", "%s%3f"), ("1767225600250000", "%s%6f"), ("1767225600250000000", "%s%9f")],
)
def test_unix_time_is_proposed_by_its_digits_and_read_as_utc(
    tmp_path: Path, schemas: dict[str, TableSchema], stamp: str, fmt: str
) -> None:
    path = tmp_path / "events.csv"
    path.write_text(f"event_timestamp,event_name,user_pseudo_id\n{stamp},page_view,1.2\n")
    found = proposed(path, schemas)["events"]
    assert found.columns["ts"] == f"strptime(event_timestamp, '{fmt}')"
    exact = datetime.fromtimestamp(1767225600 + (0.25 if len(stamp) > 10 else 0), ZoneInfo("Asia/Shanghai"))
    assert column(prepared(found, schemas), "ts") == [exact.replace(tzinfo=None)]


def test_unix_time_in_parquet_is_read_whatever_number_holds_it(tmp_path: Path) -> None:
    for kind in (pl.Int64, pl.Float64):
        frame = pl.DataFrame({"order_id": ["a"], "user_id": ["u"], "t": [1767225600], "paid_amount": [1.0]})
        frame.with_columns(pl.col("t").cast(kind)).write_parquet(tmp_path / "orders.parquet")
        made = read(tmp_path, name="orders.parquet", columns={"created_at": "strptime(t, '%s')"})
        assert column(made, "created_at") == [datetime(2026, 1, 1, 8)]


def test_stamps_that_end_in_utc_are_moved_to_the_zone_of_the_workspace(tmp_path: Path) -> None:
    made = read(tmp_path, "order_id,user_id,created_at,paid_amount\n1,u,2019-10-01 20:00:00 UTC,1\n")
    assert column(made, "created_at") == [datetime(2019, 10, 2, 4)]


def test_files_of_one_export_become_one_table_with_a_glob(tmp_path: Path, schemas: dict[str, TableSchema]) -> None:
    for day in ("20260201", "20260202"):
        (tmp_path / f"orders_{day}.csv").write_text("order_id,user_id,created_at\n1,u,2026-02-01 10:00:00\n")
    proposal = propose(sorted(tmp_path.glob("*.csv")), schemas, "UTC")
    assert [len(table.more) for table in proposal.tables] == [1]
    create(tmp_path / "ws", "x", proposal)
    (source,) = load(tmp_path / "ws", validate=False).workspace.tables.values()
    assert source.paths == ("orders_*.csv",)


def test_a_few_bad_cells_do_not_hide_a_column_and_are_said(tmp_path: Path, schemas: dict[str, TableSchema]) -> None:
    rows = [f"{i},u{i},2026-01-01 10:00:00,{'N/A' if i == 7 else i}" for i in range(40)]
    path = tmp_path / "orders.csv"
    path.write_text("\n".join(["order_id,user_id,paid_at,paid_amount", *rows]).replace("paid_at", "created_at"))
    found = proposed(path, schemas)["orders"]
    assert "paid_amount" not in found.unmapped
    assert "paid_amount: 1 of 40 cells looked at cannot be read, e.g. 'N/A'" in found.notes
    assert counts(prepared(found, schemas)) == {"paid_amount: no number": 1}


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["1.234,50", "7,05", "-3,00"], [1234.5, 7.05, -3.0]),
        (["$1,234.50", "$7", "-$3.00"], [1234.5, 7.0, -3.0]),
        (["1 234,5 €", "7,0 €", "3 €"], [1234.5, 7.0, 3.0]),
        (["3.5%", "10%", "0%"], [0.035, 0.1, 0.0]),
    ],
)
def test_a_number_with_signs_is_refused_with_the_sql_that_reads_it(
    tmp_path: Path, cells: list[str], expected: list[float]
) -> None:
    rows = [f'{i},u,2026-01-01,"{cell}"' for i, cell in enumerate(cells)]
    content = "\n".join(["order_id,user_id,created_at,paid_amount", *rows])
    with pytest.raises(TableError, match=" write ") as caught:
        read(tmp_path, content)
    sql = str(caught.value).rsplit("write ", 1)[1]
    assert column(read(tmp_path, content, columns={"paid_amount": sql}), "paid_amount") == pytest.approx(expected)


def test_numbers_that_count_in_other_units_are_not_stripped_of_them(
    tmp_path: Path, schemas: dict[str, TableSchema]
) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("order_id,user_id,created_at,paid_amount\n1,u,2026-01-01,1.2万\n")
    assert "paid_amount" in proposed(path, schemas)["orders"].unmapped


def test_titles_above_the_header_are_left_out_with_a_note(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["销售明细"], ["导出时间"], [], ["order_id", "user_id", "created_at", "paid_amount"]):
        book.active.append(row)
    book.active.append(["00012", "u", "2026-01-01", 5])
    book.active.append(["00013", "u", "soon", 6])
    book.active.append(["00014", "u", "2026-01-01", 6])
    book.save(tmp_path / "orders.xlsx")
    text = "销售明细\n导出时间：2026-02-01,,,\n\norder_id,user_id,created_at,paid_amount\n"
    rows = "00012,u,2026-01-01,5\n00013,u,soon,6\n00014,u,2026-01-01,6\n"
    (tmp_path / "orders.csv").write_text(text + rows)
    for name in ("orders.xlsx", "orders.csv"):
        made = read(tmp_path, name=name)
        assert column(made, "order_id") == ["00012", "00014"]
        assert f"{name}: rows 1 to 3 stand above the header, which is row 4" in made.profile.notes
        assert [item.examples for item in made.profile.rejected] == [((6, "soon"),)]


def test_nul_characters_far_below_are_told_with_their_line(tmp_path: Path) -> None:
    """What a power cut leaves of a block that was not written; the header is line 1, so row 500 is line 501."""
    rows = [f"o{n},u,2026-01-01,{n}" for n in range(1, 601)]
    rows[499] = "o5\x00\x00,u,2026-01-01,500"
    made = read(tmp_path, "\n".join(["order_id,user_id,created_at,paid_amount", *rows, ""]))
    assert any("NUL characters, the first in line 501" in note for note in made.profile.notes)


def test_a_short_header_over_wide_rows_is_still_the_header(tmp_path: Path) -> None:
    made = read(tmp_path, "order_id,created_at\n1,2026-01-01,3,4,5\n2,2026-01-01\n")
    assert column(made, "order_id") == ["2"]
    assert counts(made) == {"too many cells (the header has 2)": 1}


def test_json_is_named_for_what_it_is(tmp_path: Path) -> None:
    for text in ('[{"a": 1}]', '{"ts": 1}\n{"ts": 2}\n'):
        with pytest.raises(TableError, match="is JSON, not CSV; turn it into CSV or Parquet"):
            read(tmp_path, text)


def test_a_total_behind_the_day_is_noted_with_a_filter_that_keeps_rows_without_a_name(tmp_path: Path) -> None:
    content = "created_at,scene,order_id,user_id,paid_amount\n"
    content += "2026-01-01,live,1,u,5\n2026-01-01,,2,u,5\n2026-01-01,合计,3,u,10\n2026-01-02,合计,4,u,0\n"
    (doubt,) = read(tmp_path, content).profile.doubts
    assert "row 4 looks like a total row ('合计'), and 1 more" in doubt.said
    where = doubt.write.rsplit('where = "', 1)[1].removesuffix('"')
    made = read(tmp_path, content, where=where)
    assert (column(made, "order_id"), made.profile.filtered) == (["1", "2"], 2)


def test_orders_without_payment_are_proposed_as_paid_and_their_states_are_shown(
    tmp_path: Path, schemas: dict[str, TableSchema]
) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("order no,customer,date,total,status\n1,u,2026-01-01,5,done\n2,u,2026-01-01,5,cancelled\n")
    found = proposed(path, schemas)["orders"]
    assert (found.columns["paid_at"], found.columns["paid_amount"]) == ("date", "total")
    assert any("paid_at is taken to be created_at" in note for note in found.notes)
    assert [(one.name, one.words) for one in found.statuses.columns] == [("status", {"done": 1, "cancelled": 1})]


def test_a_file_no_table_fits_still_says_where_the_data_lies(tmp_path: Path, schemas: dict[str, TableSchema]) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.csv").write_text("colour,smell\nred,sweet\n")
    create(tmp_path / "ws", "x", propose([tmp_path / "data" / "a.csv"], schemas, "UTC"))
    assert load(tmp_path / "ws", validate=False).workspace.data.resolve() == (tmp_path / "data").resolve()


def test_a_tracker_that_numbers_no_events_gets_numbers_and_a_visitor(
    tmp_path: Path, schemas: dict[str, TableSchema]
) -> None:
    path = tmp_path / "2019-Oct.csv"
    rows = ["2019-10-01 00:00:05 UTC,view,44,541", "2019-10-01 00:00:01 UTC,cart,44,542"]
    path.write_text("\n".join(["event_time,event_type,product_id,user_id", *rows, rows[0]]))
    found = proposed(path, schemas)["events"]
    made = prepared(found, schemas, "UTC")
    assert sorted(column(made, "event_id")) == ["1", "2", "3"]
    assert column(made, "visitor_id") == ["541", "542", "541"]
    assert any("event_id: the rows are numbered" in note for note in found.notes)


def test_a_file_that_is_not_there_is_said_in_words(tmp_path: Path, schemas: dict[str, TableSchema]) -> None:
    ((_, why),) = propose([tmp_path / "nope.csv"], schemas, "UTC").skipped
    assert why.endswith("nope.csv: cannot be read: No such file or directory")


def test_lines_with_an_amount_but_no_price_become_orders_and_items(
    tmp_path: Path, schemas: dict[str, TableSchema]
) -> None:
    """As in sample sheets of American superstores: month first, `Sales` is the worth of a line after discount."""
    path = tmp_path / "train.csv"
    path.write_text(
        "Row ID,Order ID,Order Date,Customer ID,Product ID,Sales,Quantity\n"
        '1,CA-1,11/8/2016,CG-1,F1,"1,000.50",2\n2,CA-1,11/8/2016,CG-1,F2,30,3\n3,CA-2,12/31/2016,CG-2,F1,7,1\n'
    )
    tables = proposed(path, schemas)
    orders = prepared(tables["orders"], schemas).frame.sort("order_id").collect()
    assert orders.select("order_id", "user_id", "paid_amount", "created_at").rows() == [
        ("CA-1", "CG-1", 1030.5, datetime(2016, 11, 8)),
        ("CA-2", "CG-2", 7.0, datetime(2016, 12, 31)),
    ]
    items = prepared(tables["order_items"], schemas)
    assert (column(items, "unit_price"), column(items, "qty")) == ([500.25, 10.0, 7.0], [2, 3, 1])


def test_the_amount_of_a_line_counts_more_than_its_price_before_discount(
    tmp_path: Path, schemas: dict[str, TableSchema]
) -> None:
    path = tmp_path / "lines.csv"
    path.write_text(
        "订单编号,买家昵称,下单时间,商品编码,数量,单价,实付金额\n"
        "1,a,2026-01-01 10:00:00,s1,2,10,18\n1,a,2026-01-01 10:00:00,s2,1,5,5\n"
    )
    assert column(prepared(proposed(path, schemas)["orders"], schemas), "paid_amount") == [23.0]


def test_events_get_the_names_metrics_know_and_purchases_become_orders(
    tmp_path: Path, schemas: dict[str, TableSchema]
) -> None:
    path = tmp_path / "2019-Oct.csv"
    rows = [
        "2019-10-01 00:00:00 UTC,view,44,1.50,541,s1",
        "2019-10-01 00:01:00 UTC,cart,44,1.50,541,s1",
        "2019-10-01 00:02:00 UTC,purchase,44,1.50,541,s1",
        "2019-10-01 00:03:00 UTC,purchase,45,2.25,541,s1",
    ]
    path.write_text("\n".join(["event_time,event_type,product_id,price,user_id,user_session", *rows]))
    tables = proposed(path, schemas)
    assert column(prepared(tables["events"], schemas, "UTC"), "event") == [
        "page_view", "add_to_cart", "purchase", "purchase"
    ]  # fmt: skip
    orders = prepared(tables["orders"], schemas, "UTC").frame.collect()
    assert orders.select("order_id", "user_id", "paid_amount", "paid_at").rows() == [
        ("s1", "541", 3.75, datetime(2019, 10, 1, 0, 2))
    ]


def test_purchases_without_amounts_are_counted_as_orders_of_unknown_worth(
    tmp_path: Path, schemas: dict[str, TableSchema]
) -> None:
    path = tmp_path / "behavior.csv"
    path.write_text("user_id,item_id,behavior,time\n7,1,pv,1511544070\n7,1,buy,1511544090\n8,1,buy,1511544095\n")
    tables = proposed(path, schemas)
    orders = prepared(tables["orders"], schemas)
    assert (column(orders, "user_id"), "paid_amount" in orders.missing) == (["7", "8"], True)
    assert column(prepared(tables["events"], schemas), "event") == ["page_view", "buy", "buy"]


def test_a_word_that_is_there_already_is_not_given_to_another(tmp_path: Path, schemas: dict[str, TableSchema]) -> None:
    """GA4 has page_view and view_item: renaming the second would count a page twice."""
    path = tmp_path / "events.csv"
    path.write_text("event_timestamp,event_name,user_pseudo_id\n1767225600,page_view,1.2\n1767225601,view_item,1.2\n")
    assert "event" not in proposed(path, schemas)["events"].unmapped
    assert column(prepared(proposed(path, schemas)["events"], schemas), "event") == ["page_view", "view_item"]


def test_lists_inside_cells_are_left_out_with_the_other_columns_read(
    tmp_path: Path, schemas: dict[str, TableSchema]
) -> None:
    path = tmp_path / "orders.parquet"
    frame = pl.DataFrame({"order_id": ["1"], "user_id": ["u"], "created_at": ["2026-01-01"], "paid_amount": [5.0]})
    frame.with_columns(pl.Series("items", [[{"sku": "a", "qty": 2}]])).write_parquet(path)
    found = proposed(path, schemas)["orders"]
    assert found.unmapped == ("items",)
    assert column(prepared(found, schemas), "paid_amount") == [5.0]


@pytest.mark.parametrize(
    ("header", "table", "expected"),
    [
        ("父订单号,顾客编号,提交时间,支付完成时间,订单总金额,实付总额", "orders",
         {"order_id", "user_id", "created_at", "paid_at", "order_amount", "paid_amount"}),
        ("Order Reference,Customer Email,Date Created,Date Paid,Grand Total,Total Paid", "orders",
         {"order_id", "user_id", "created_at", "paid_at", "order_amount", "paid_amount"}),
        ("review_id,order_id,customer_id,review_score,review_creation_date", "feedback",
         {"feedback_id", "user_id", "score", "ts"}),
        ("Reporting starts,Campaign name,Reach,Impressions,Link clicks,Amount spent (USD)", "channel_daily",
         {"day", "campaign_id", "reach", "impressions", "clicks", "spend"}),
        ("日期,计划名称,展现数,点击数,消耗(元),成交订单数,成交金额", "channel_daily",
         {"day", "campaign_id", "impressions", "clicks", "spend", "orders", "order_amount"}),
        ("fullVisitorId,visitId,visitStartTime,deviceCategory,pageviews", "sessions",
         {"session_id", "visitor_id", "started_at", "platform", "page_views"}),
    ],
)  # fmt: skip
def test_the_terms_of_other_systems_are_known(
    tmp_path: Path, schemas: dict[str, TableSchema], header: str, table: str, expected: set[str]
) -> None:
    path = tmp_path / "export.csv"
    path.write_text(header + "\n" + ",".join(_cell(name) for name in header.split(",")) + "\n")
    found = proposed(path, schemas)[table]
    assert expected <= set(found.columns) | set(header.split(","))
    assert found.unmapped == ()


def _cell(name: str) -> str:
    day = any(word in name.lower() for word in ("date", "时间", "日期", "starts", "starttime"))
    return "2026-01-05 10:00:00" if day else "7"


def test_a_column_whose_name_has_blanks_may_group_rows_as_it_stands(
    tmp_path: Path, schemas: dict[str, TableSchema]
) -> None:
    """The file knows the name; a workspace is not refused before the file is read."""
    (tmp_path / "lines.csv").write_text("Order ID,who,day,Sales\n1,u,2026-01-01,2\n1,u,2026-01-01,3\n")
    (tmp_path / "workspace.toml").write_text('name = "x"\nextends = "standard"\ntimezone = "UTC"\n')
    (tmp_path / "tables.toml").write_text(
        '[tables.orders]\npath = "lines.csv"\ngroup_by = ["Order ID"]\n[tables.orders.columns]\n'
        'order_id = "Order ID"\nuser_id = "min(who)"\ncreated_at = "min(day)"\npaid_amount = "sum(Sales)"\n'
    )
    loaded = load(tmp_path)
    (source,) = loaded.workspace.tables.values()
    made = prepare(source, schemas["orders"], data=tmp_path, roots=(), timezone="UTC")
    assert (column(made, "order_id"), column(made, "paid_amount")) == (["1"], [5.0])


def test_a_file_without_a_header_is_read_with_the_names_of_its_source(tmp_path: Path) -> None:
    """UserBehavior of a Chinese mall: five columns, Unix time, no names; its first row is data too."""
    content = "1,2268318,2520377,pv,1511544070\n1,2333346,2520771,buy,1511561733\n"
    names = ("user_id", "item", "category", "behavior", "time")
    columns = {"order_id": "row_number() over (order by time)", "created_at": "strptime(time, '%s')"}
    made = read(tmp_path, content, header=names, columns={**columns, "paid_amount": "1"}, where="behavior = 'buy'")
    assert column(made, "created_at") == [datetime(2017, 11, 25, 6, 15, 33)]
    assert (made.profile.rows_read, made.profile.filtered) == (2, 1)
    with pytest.raises(TableError, match="the first row has 5 cells, but `header` names 2"):
        read(tmp_path, content, header=("a", "b"))
    with pytest.raises(TableError, match="a name of its own"):
        read(tmp_path, content, header=("a", "a", "b", "c", "d"))


def test_a_proposal_for_a_file_without_names_says_what_to_write(
    tmp_path: Path, schemas: dict[str, TableSchema]
) -> None:
    path = tmp_path / "UserBehavior.csv"
    path.write_text("1,2268318,2520377,pv,1511544070\n1,2333346,2520771,pv,1511561733\n")
    ((_, why),) = propose([path], schemas, "UTC").skipped
    assert 'write header = ["…", "…"], a name for each of the 5 columns' in why


def test_events_without_a_platform_are_taken_to_be_of_the_web_and_say_so(
    tmp_path: Path, schemas: dict[str, TableSchema]
) -> None:
    """Without one no session could be cut, and sessions and bounce rate would stay unknown (R120)."""
    path = tmp_path / "events.csv"
    path.write_text("event_time,event_type,user_id\n2019-10-01 00:00:05 UTC,view,541\n")
    found = proposed(path, schemas)["events"]
    assert column(prepared(found, schemas, "UTC"), "platform") == ["web"]
    assert any("platform: it is taken to be 'web'" in note for note in found.notes)


def test_orders_without_a_day_are_a_warning_that_names_the_column(tmp_path: Path) -> None:
    """Baskets with a weekday and an hour only: they are read, but no period can have a number (R002)."""
    (tmp_path / "orders.csv").write_text("order_id,user_id,order_dow,order_hour_of_day\n1,7,2,08\n2,7,3,07\n")
    (tmp_path / "workspace.toml").write_text('name = "x"\nextends = "standard"\n')
    (tmp_path / "tables.toml").write_text('[tables.orders]\npath = "orders.csv"\n')
    (issue,) = [issue for issue in Book.open(tmp_path, draft=False).data.check() if issue.code == "no-time"]
    assert (issue.severity, issue.key) == (Severity.WARNING, "tables.orders.columns.created_at")


def test_sessions_of_a_day_start_on_it(tmp_path: Path, schemas: dict[str, TableSchema]) -> None:
    path = tmp_path / "ga_sessions.csv"
    path.write_text("fullVisitorId,visitId,date,pageviews,deviceCategory\n0123,17,20170101,3,mobile\n")
    made = prepared(proposed(path, schemas)["sessions"], schemas)
    assert (column(made, "visitor_id"), column(made, "started_at")) == (["0123"], [datetime(2017, 1, 1)])


def test_day_numbers_of_a_spreadsheet_are_read_as_it_shows_them(
    tmp_path: Path, schemas: dict[str, TableSchema]
) -> None:
    """Cells that lost their date format; openpyxl says which moment a number is."""
    numbers = [45000, 45291.75, 45351.9993055556]
    book = openpyxl.Workbook()
    book.active.append(["order_no", "customer", "order_date", "amount"])
    for at, number in enumerate(numbers):
        book.active.append([f"{at:03d}", "u", number, 5])
    book.save(tmp_path / "orders.xlsx")
    made = prepared(proposed(tmp_path / "orders.xlsx", schemas)["orders"], schemas)
    expected = [openpyxl.utils.datetime.from_excel(number) for number in numbers]
    assert [stamp.replace(microsecond=0) for stamp in column(made, "created_at")] == [
        stamp.replace(microsecond=0) for stamp in expected
    ]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("12/31/2025 01:05 PM", datetime(2025, 12, 31, 13, 5)),
        ("Jan 5, 2026", datetime(2026, 1, 5)),
        ("05-Jan-2026", datetime(2026, 1, 5)),
        ("31 Dec 2025 23:59:59", datetime(2025, 12, 31, 23, 59, 59)),
    ],
)
def test_dates_as_american_desks_write_them_are_proposed(
    tmp_path: Path, schemas: dict[str, TableSchema], cell: str, expected: datetime
) -> None:
    path = tmp_path / "orders.csv"
    path.write_text(f'order_no,customer,order_date,amount\n1,u,"{cell}",5\n')
    assert column(prepared(proposed(path, schemas)["orders"], schemas), "created_at") == [expected]


def test_a_list_of_pages_seen_is_a_list_of_page_views(tmp_path: Path, schemas: dict[str, TableSchema]) -> None:
    path = tmp_path / "website_pageviews.csv"
    path.write_text("website_pageview_id,created_at,website_session_id,pageview_url\n1,2012-03-19 08:04:16,1,/home\n")
    found = proposed(path, schemas)["events"]
    assert column(prepared(found, schemas), "event") == ["page_view"]
    assert any("every row is taken to be a page view" in note for note in found.notes)


def test_a_dash_in_a_column_of_times_or_numbers_is_an_empty_cell(
    tmp_path: Path, schemas: dict[str, TableSchema]
) -> None:
    path = tmp_path / "orders.csv"
    rows = '1,a,2026/1/1 9:00,2026/1/1 9:05,"￥1,200.00"\n2,b,2026/1/2 9:00,-,--\n'
    path.write_text("order_id,user_id,created_at,paid_at,paid_amount\n" + rows)
    made = prepared(proposed(path, schemas)["orders"], schemas).frame.select("paid_at", "paid_amount")
    assert made.collect().rows() == [(datetime(2026, 1, 1, 9, 5), 1200.0), (None, None)]


def test_a_sheet_of_sales_with_titles_above_and_a_total_below_is_its_lines_alone(
    tmp_path: Path, schemas: dict[str, TableSchema]
) -> None:
    """60 + 15.50 and 30 + 10: the 合计 of 115.50, which has no order number, is left out and said to be."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (
        ["2026年10月销售明细表"],
        ["制表人：小王", None, None, None, "导出时间：2026-11-01"],
        [],
        ["序号", "单号", "日期", "客户", "商品", "数量", "单价", "金额"],
        [1, "S001", datetime(2026, 10, 1), "甲", "C1", 2, 30, 60],
        [2, "S001", datetime(2026, 10, 1), "甲", "P1", 1, 15.5, 15.5],
        [3, "S002", datetime(2026, 10, 2), "乙", "C1", 1, 30, 30],
        [4, "S002", datetime(2026, 10, 2), "乙", "B1", 1, 10, 10],
        ["合计", None, None, None, None, 5, None, 115.5],
    ):
        sheet.append(row)
    book.save(tmp_path / "sales.xlsx")
    found = proposed(tmp_path / "sales.xlsx", schemas)
    made = prepared(found["orders"], schemas)
    assert made.frame.select("order_id", "user_id", "paid_amount").collect().rows() == [
        ("S001", "甲", 75.5),
        ("S002", "乙", 40.0),
    ]
    assert any("1 without 单号" in note for note in found["orders"].notes)
    goods = prepared(found["order_items"], schemas).frame.select("sku_id", "qty").collect().rows()
    assert goods == [("C1", 2), ("P1", 1), ("C1", 1), ("B1", 1)]
    assert any("goods are told apart by 商品" in note for note in found["orders"].notes)


@pytest.mark.parametrize(
    ("written", "orders", "goods"),
    [
        (
            "Order No,Date,Customer,SKU,Qty,Unit price,Amount\n"
            "A1,2026-10-01,ann,MUG,2,10,20\nA2,2026-10-02,,PEN,3,2.5,7.5\nA3,2026-10-03,bob,PEN,1,2.5,2.5\n",
            [("A1", 20.0), ("A2", 7.5), ("A3", 2.5)],
            [("A1", "MUG", 2, 10.0), ("A2", "PEN", 3, 2.5), ("A3", "PEN", 1, 2.5)],
        ),
        (
            "单号,日期,客户,商品,数量,金额\nA1,2026-10-01,甲,杯子,2,20\nA2,2026-10-02,乙,笔,4,10\n",
            [("A1", 20.0), ("A2", 10.0)],
            [("A1", "杯子", 2, 10.0), ("A2", "笔", 4, 2.5)],
        ),
        (
            "单号,日期,SKU,数量,单价\nA1,2026-10-01,MUG,2,10\nA2,2026-10-02,PEN,4,2.5\n",
            [("A1", 20.0), ("A2", 10.0)],
            [("A1", "MUG", 2, 10.0), ("A2", "PEN", 4, 2.5)],
        ),
        (
            "单号,日期,SKU,数量,单价,金额\nA1,2026-10-01,MUG,2,10,20\nA1,2026-10-01,PEN,4,2.5,10\n"
            + "".join(f"B{n},2026-10-02,MUG,1,10,10\n" for n in range(30)),
            [("A1", 30.0), *((f"B{n}", 10.0) for n in range(30))],
            [("A1", "MUG", 2, 10.0), ("A1", "PEN", 4, 2.5), *((f"B{n}", "MUG", 1, 10.0) for n in range(30))],
        ),
        (
            "单号,日期,客户,SKU,数量,单价,金额\nA1,2026-10-01,甲,MUG,2,10,20\nA1,2026-10-01,甲,PEN,4,2.5,10\n"
            "A2,2026-10-02,,MUG,1,10,10\n",
            [("A1", 30.0), ("A2", 10.0)],
            [("A1", "MUG", 2, 10.0), ("A1", "PEN", 4, 2.5), ("A2", "MUG", 1, 10.0)],
        ),
    ],
    ids=["a row an order", "no price", "no amount", "no buyers, seldom two goods", "a guest among buyers"],
)
def test_a_sheet_of_sales_with_goods_is_orders_and_their_goods(
    written: str, orders: list[object], goods: list[object], tmp_path: Path, schemas: dict[str, TableSchema]
) -> None:
    """Quantity × price is the amount, the amount by the quantity the price; nothing of the sheet is left unused."""
    (tmp_path / "sales.csv").write_text(written, encoding="utf-8")
    found = proposed(tmp_path / "sales.csv", schemas)
    assert {name: part.unmapped for name, part in found.items()} == {"orders": (), "order_items": ()}
    made = {name: prepared(part, schemas).frame.collect() for name, part in found.items()}
    assert made["orders"].sort("order_id", maintain_order=True).select("order_id", "paid_amount").rows() == sorted(
        orders, key=str
    )
    assert made["order_items"].select("order_id", "sku_id", "qty", "unit_price").rows() == goods


def test_goods_sold_without_a_number_are_orders_all_the_same(tmp_path: Path, schemas: dict[str, TableSchema]) -> None:
    """Every row is an order; its goods wait for the number that the orders of the sheet get."""
    (tmp_path / "sales.csv").write_text("日期,客户,SKU,数量,单价,金额\n2026-10-01,甲,MUG,2,10,20\n", encoding="utf-8")
    found = proposed(tmp_path / "sales.csv", schemas)
    assert found["orders"].columns["order_amount"] == "金额"
    assert found["order_items"].missing == ("order_id",)


def test_a_damaged_sheet_is_one_sentence_with_its_file(tmp_path: Path, schemas: dict[str, TableSchema]) -> None:
    """The sum of the sheet that the archive keeps is wrong: the Excel reader reads on, the archive does not."""
    file = tmp_path / "sales.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["order", "amount", "day"])
    book.save(file)
    content = bytearray(file.read_bytes())
    listed = content.rindex(b"xl/worksheets/sheet1.xml")  # the name in the list at the end, 46 bytes into its entry
    content[listed - 46 + 16] ^= 0xFF  # the sum stands at byte 16
    file.write_bytes(content)
    ((path, why),) = propose([file], schemas, "Asia/Shanghai").skipped
    assert path == file
    assert str(why).startswith(f"{file}: not an Excel workbook that can be read (")
