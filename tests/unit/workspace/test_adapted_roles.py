"""A preset on own data: lines that cannot be computed give way, weights sum to 100 (R035, R036)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from kpi_tui import book
from kpi_tui.book import Book
from kpi_tui.definitions.period import Period
from kpi_tui.workspace.start.adapted_roles import adapted

ROLE = """
[roles.promotion]
name = "Promotion"
[[roles.promotion.lines]]
metric = "new_users"
weight = 40
instead = ["first_order_users", "buyers"]
[[roles.promotion.lines]]
metric = "roi"
weight = 40
[[roles.promotion.lines]]
metric = "gmv"
weight = 20
"""
ORDERS = """订单号,下单时间,付款时间,用户ID,实付金额
0001,2026-10-05 10:00:00,2026-10-05 10:05:00,u1,100
0002,2026-10-06 11:00:00,2026-10-06 11:05:00,u2,50
0003,2026-10-31 12:00:00,2026-10-31 12:01:00,u1,70
"""


def lines(toml: str, role: str = "promotion") -> dict[str, float]:
    """Metric and weight of a role's lines."""
    roles: dict[str, Any] = tomllib.loads(toml)["roles"]
    return {line["metric"]: line["weight"] for line in roles[role]["lines"]}


def source(folder: Path, text: str = ROLE) -> Path:
    """A preset's file."""
    file = folder / "promotion.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_what_is_live_stays_as_it_is(tmp_path: Path) -> None:
    made = adapted(source(tmp_path), {"new_users", "roi", "gmv", "buyers"})
    assert lines(made.toml) == {"new_users": 40, "roi": 40, "gmv": 20}
    assert made.said == ()


def test_the_first_of_instead_that_is_live_stands_in_and_weights_keep_their_proportions(tmp_path: Path) -> None:
    """40 for the one that stands in and 20 for gmv: 2 : 1 of 100."""
    made = adapted(source(tmp_path), {"buyers", "gmv"})
    assert lines(made.toml) == {"buyers": 66.6666667, "gmv": 33.3333333}
    assert [str(said) for said in made.said] == [
        "promotion: buyers stands in for new_users",
        "promotion: left out, for the data lack them: roi",
    ]


def test_nothing_stands_in_twice(tmp_path: Path) -> None:
    made = adapted(
        source(tmp_path, ROLE.replace('"roi"\nweight = 40', '"roi"\nweight = 40\ninstead = ["gmv"]')), {"gmv"}
    )
    assert lines(made.toml) == {"gmv": 100}


def test_a_role_of_which_nothing_is_live_is_left_out_and_said(tmp_path: Path) -> None:
    made = adapted(source(tmp_path), set())
    assert made.toml == ""
    assert [str(said) for said in made.said] == ["promotion: left out, for the data have none of its metrics"]


def test_one_file_of_orders_gives_promotion_and_operations_two_live_weighted_lines_each(tmp_path: Path) -> None:
    """The north star is what was paid, 220; every weighted line that has a weekly meaning has a number in the week."""
    file = tmp_path / "orders.csv"
    file.write_text(ORDERS, encoding="utf-8")
    book.create_workspace(tmp_path / "ws", "Mine", book.propose([file]), preset="roles_000")
    opened = Book.open(tmp_path / "ws", draft=False)
    assert not [issue.message for issue in opened.issues if issue.severity == "error"]
    for role in ("promotion", "operations"):
        weighted = [line.metric for line in opened.workspace.roles[role].lines if line.weight]
        assert len([metric for metric in weighted if opened.numbers.is_live(metric)[0]]) >= 2
    (star,) = opened.numbers.values([opened.workspace.north_star], Period.parse("2026-10"))
    assert star.value == 220
    week = Period.parse("2026-W41")
    weekly = [line.metric for role in opened.workspace.roles.values() for line in role.lines if line.weight]
    values = opened.numbers.values([m for m in weekly if "week" in opened.workspace.metrics[m].grains], week)
    assert all(value.value is not None or value.reason == "pending" for value in values), values
