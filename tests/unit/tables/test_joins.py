"""Exports that spread an order over several files: columns are looked up by a key (`[tables.orders.join.x]`)."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest

from kpi_tui.book import Book
from kpi_tui.definitions.issue import Severity, TableError
from kpi_tui.definitions.library.table import Join, TableSource
from kpi_tui.definitions.period import Period
from kpi_tui.tables.propose.propose import propose
from kpi_tui.workspace.load import load
from kpi_tui.workspace.start.scaffold import create
from tests.table_kit import column, read

ORDERS = "order_id,customer_id,created_at\n1,c1,2018-01-05 10:00:00\n2,c2,2018-02-05 10:00:00\n3,c3,2018-02-06\n"
PEOPLE = "customer_id,customer_unique_id,zip\nc1,ann,01037\nc2,ann,01037\nc4,bob,99999\n"
PAYMENTS = "order_id,payment_sequential,payment_value\n1,1,10.5\n1,2,4.5\n2,1,7\n"


def join(name: str, on: str, **more: object) -> Join:
    return Join(TableSource(f"orders.join.{name}", (f"{name}.csv",), **more), (on,))  # type: ignore[arg-type]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "people.csv").write_text(PEOPLE)
    (tmp_path / "payments.csv").write_text(PAYMENTS)
    return tmp_path


def test_columns_of_other_files_stand_beside_the_rows_and_payments_are_added_up(folder: Path) -> None:
    made = read(
        folder,
        ORDERS,
        columns={"user_id": "customer_unique_id", "paid_amount": "coalesce(paid, 0)", "scene": "zip"},
        joins={
            "people": join("people", "customer_id"),
            "payments": join("payments", "order_id", columns={"paid": "sum(payment_value)"}),
        },
    )
    assert made.frame.select("order_id", "user_id", "paid_amount", "scene", "created_at").collect().rows() == [
        ("1", "ann", 15.0, "01037", datetime(2018, 1, 5, 10)),
        ("2", "ann", 7.0, "01037", datetime(2018, 2, 5, 10)),
        ("3", None, 0.0, None, datetime(2018, 2, 6)),
    ]
    assert "join people: 1 row has no match by customer_id; its columns are empty there" in made.profile.notes


def test_a_key_that_stands_twice_is_refused_with_what_to_write(folder: Path) -> None:
    with pytest.raises(TableError, match=r"several rows have order_id = '1'.*sum\(amount\)"):
        read(folder, ORDERS, columns={"user_id": "customer_id"}, joins={"payments": join("payments", "order_id")})


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (join("people", "order_id"), r"people.csv has no column 'order_id'; it has customer_id"),
        (join("payments", "payment_value", columns={"n": "count(*)"}), "the file of orders has no column"),
        (join("nothing", "order_id"), r"orders\.join\.nothing.*no file matches"),
        (join("people", "customer_id", columns={"created_at": "zip"}), "both files have a column 'created_at'"),
        (join("payments", "order_id", columns={"paid": "sum(pay)"}), r"payments\.paid: unknown column 'pay'"),
    ],
)
def test_a_join_that_cannot_be_made_says_why(folder: Path, made: Join, said: str) -> None:
    with pytest.raises(TableError, match=said):
        read(folder, ORDERS, columns={"user_id": "customer_id"}, joins={"x": made})


def test_a_changed_file_of_a_join_is_read_again(folder: Path) -> None:
    joins = {"people": join("people", "customer_id")}
    before = read(folder, ORDERS, columns={"user_id": "customer_unique_id", "paid_amount": "1"}, joins=joins)
    (folder / "people.csv").write_text(PEOPLE + "c3,eve,1\n")
    after = read(folder, columns={"user_id": "customer_unique_id", "paid_amount": "1"}, joins=joins)
    assert (before.fingerprint != after.fingerprint, column(after, "user_id")) == (True, ["ann", "ann", "eve"])


def test_people_with_a_number_per_order_buy_again_once_they_are_joined(folder: Path) -> None:
    """A shop that gives each order a new customer number; pandas says who came back (R152)."""
    (folder / "orders.csv").write_text(ORDERS)
    (folder / "workspace.toml").write_text('name = "x"\nextends = "standard"\ntimezone = "UTC"\n')
    (folder / "tables.toml").write_text(
        """[tables.orders]
path = "orders.csv"
where = "customer_unique_id is not null"
[tables.orders.columns]
user_id = "customer_unique_id"
paid_at = "created_at"
paid_amount = "paid"
[tables.orders.join.people]
path = "people.csv"
on = "customer_id"
[tables.orders.join.payments]
path = "payments.csv"
on = "order_id"
columns = { paid = "sum(payment_value)" }
"""
    )
    orders = pd.read_csv(folder / "orders.csv").merge(pd.read_csv(folder / "people.csv"), on="customer_id")
    months = orders.groupby("customer_unique_id")["created_at"].agg(lambda day: sorted(day.str[:7]))
    kept = sum(m == ["2018-01", "2018-02"] for m in months) / sum("2018-01" in m for m in months)
    paid = pd.read_csv(folder / "payments.csv").merge(orders, on="order_id")
    book = Book.open(folder, draft=False)
    values = book.numbers.values(["buyback_rate_window", "paid_amount"], Period.parse("2018-02"))
    assert {value.metric: value.value for value in values} == {
        "buyback_rate_window": kept,
        "paid_amount": paid[paid["created_at"].str.startswith("2018-02")]["payment_value"].sum(),
    }


def test_a_join_outside_the_data_folder_or_with_a_wrong_key_is_an_error_of_its_line(folder: Path) -> None:
    (folder / "workspace.toml").write_text('name = "x"\nextends = "standard"\ntimezone = "UTC"\n')
    (folder / "tables.toml").write_text(
        '[tables.orders]\npath = "orders.csv"\n[tables.orders.join.people]\npath = "/etc/people.csv"\n'
        'onn = "customer_id"\ncolumns = { a = "getenv(1)" }\n'
    )
    found = {(issue.line, issue.code) for issue in load(folder).issues if issue.severity is Severity.ERROR}
    assert {(3, "missing-key"), (5, "unknown-key")} <= found
    (folder / "tables.toml").write_text((folder / "tables.toml").read_text().replace("onn", "on"))
    loaded = load(folder)
    found = {(issue.line, issue.code) for issue in loaded.issues if issue.severity is Severity.ERROR}
    assert (found, dict(loaded.workspace.tables)) == ({(4, "path"), (6, "sql")}, {})


def test_init_proposes_to_look_up_people_and_payments_and_the_workspace_gives_their_numbers(folder: Path) -> None:
    (folder / "shop_orders.csv").write_text(ORDERS.replace("3,c3", "3,c4"))
    schemas = load(Path(__file__).parents[3] / "config", validate=False).workspace.schemas
    names = ("shop_orders.csv", "people.csv", "payments.csv")
    proposal = propose([folder / name for name in names], schemas, "UTC")
    assert (proposal.skipped, [table.table for table in proposal.tables]) == ((), ["orders"])
    create(folder / "ws", "x", proposal)
    book = Book.open(folder / "ws", draft=False)
    assert not [issue for issue in book.data.check() if issue.severity is Severity.ERROR]
    orders = pd.read_csv(folder / "shop_orders.csv").merge(pd.read_csv(folder / "people.csv"), on="customer_id")
    paid = pd.read_csv(folder / "payments.csv").groupby("order_id")["payment_value"].sum()
    orders["paid"] = orders["order_id"].map(paid).fillna(0)
    values = book.numbers.values(["paid_amount", "active_trading_users"], Period.parse("2018"))
    assert [value.value for value in values] == [orders["paid"].sum(), orders["customer_unique_id"].nunique()]
