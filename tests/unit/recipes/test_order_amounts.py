"""Amounts of orders of several lines: said once, or those of the lines, as the file itself tells."""

from __future__ import annotations

import polars as pl
import pytest

from kpi_tui.tables.propose.order_amounts import said_once

ORDER = pl.Series(["1", "1", "2", "2", "3"])


@pytest.mark.parametrize(
    ("amounts", "price", "once"),
    [
        (["70", "70", "￥1,050.00", "￥1,050.00", "9"], None, True),  # the same on all lines
        (["70", None, "50", None, "9"], None, True),  # on one of them
        (["70", "20", "50", "50", "9"], None, False),  # other lines, other amounts
        # 2 x 35 = 70 and 2 x 25 = 50: the lines of both orders add up to their goods
        (["35", "35", "25", "25", "9"], ["35", "35", "25", "25", "9"], False),
        # the goods of 1 are 2 x 35 = 70, said twice; those of 2 are 50
        (["70", "70", "50", "50", "9"], ["35", "35", "25", "25", "9"], True),
        # reduced from 70 to 60: neither 60 nor 120 is the goods, so nothing speaks for a sum
        (["60", "60", "50", "50", "9"], ["35", "35", "25", "25", "9"], True),
        (["0", "0", "0", "0", "9"], None, True),
    ],
)
def test_lines_tell_whose_amount_they_say(amounts: list[str | None], price: list[str] | None, once: bool) -> None:
    cells = {"order": ORDER, "total": pl.Series(amounts)}
    if price:
        cells |= {"price": pl.Series(price), "pieces": pl.Series(["1"] * 5)}
    assert said_once(cells, "total") is once


def test_one_odd_order_of_many_does_not_make_the_others_sums() -> None:
    orders = [str(number) for number in range(20) for _ in range(2)]
    amounts = ["10"] * 39 + ["11"]
    assert said_once({"order": pl.Series(orders), "total": pl.Series(amounts)}, "total")
