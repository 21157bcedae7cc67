"""The walk by command, without an editor: three exports, `init --yes`, targets of two roles, a pack.

By hand, October 2026. Taobao (GBK): 1001 paid 110.00 by ann, 1002 paid 50.00 by bob, 1003 closed after 40.00 were
paid (back on the day of payment, for the file has no other), 1004 closed and never paid. Shopify in yuan: #1 80.00 by
cy and #2 20.00 by dee, of which 5.00 were given back. The bill of WeChat Pay lists the payments of 1001 and 1002.
Paid: 110 + 50 + 40 + 80 + 20 = 300.00 in five orders of five buyers; net 300 − 40 − 5 = 255.00.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Run

TAOBAO = """订单编号,买家会员名,买家应付货款,买家应付邮费,买家实际支付金额,订单状态,订单创建时间,订单付款时间
\t1001,ann,110.00,0.00,110.00,交易成功,2026-10-01 10:00:00,2026-10-01 10:05:00
\t1002,bob,50.00,0.00,50.00,卖家已发货,2026-10-02 10:00:00,2026-10-02 10:05:00
\t1003,eve,40.00,0.00,40.00,交易关闭,2026-10-30 10:00:00,2026-10-30 10:05:00
\t1004,fay,70.00,0.00,0.00,交易关闭,2026-10-31 10:00:00,
"""
SHOPIFY = """\
Name,Email,Financial Status,Paid at,Fulfillment Status,Currency,Total,Created at,Lineitem quantity,Lineitem name,\
Lineitem price,Refunded Amount
#1,cy@example.com,paid,2026-10-03 09:00:00 +0800,fulfilled,CNY,80.00,2026-10-03 08:59:00 +0800,1,Cup,80.00,0.00
#2,dee@e.com,partially_refunded,2026-10-31 09:00:00 +0800,fulfilled,CNY,20.00,2026-10-31 08:59:00 +0800,2,Tea,10.00,5.00
"""
BILL = """交易时间,微信订单号,商户订单号,用户标识,交易状态,货币种类,订单金额
`2026-10-01 10:05:00,`4200000001,`1001,`oA,`SUCCESS,`CNY,`110.00
`2026-10-02 10:05:00,`4200000002,`1002,`oB,`SUCCESS,`CNY,`50.00
"""
SECONDS = 300
"""Five minutes; it takes a quarter of one on two busy cores."""


@pytest.fixture
def exports(tmp_path: Path) -> list[Path]:
    files = {
        "ExportOrderList.csv": (TAOBAO, "gbk"),
        "orders_export_1.csv": (SHOPIFY, "utf-8"),
        "bill.csv": (BILL, "utf-8"),
    }
    for name, (text, encoding) in files.items():
        (tmp_path / name).write_bytes(text.encode(encoding))
    return [tmp_path / name for name in files]


def test_three_exports_become_a_scorecard_with_targets_and_a_pack(
    run: Run, exports: list[Path], tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    shop, pack = tmp_path / "shop", tmp_path / "october.html"
    begun = time.perf_counter()
    assert run("init", shop, *exports, "--yes").code == 0
    roles = ("promotion", "service")
    assert {role["role"] for role in run("-w", shop, "role", "list").json} >= {*roles}
    november = ("--period", "2026-11", "--from", "last")
    assert run("-w", shop, "target", "propose", *roles, *november, "--set").code == 0
    assert run("-w", shop, "pack", "--period", "2026-10", "-o", pack).code == 0
    seconds = time.perf_counter() - begun
    record_property("seconds", round(seconds, 1))
    assert seconds < SECONDS

    names = ("paid_amount", "net_sales_revenue", "paid_orders", "buyers", "refund_orders")
    values = run("-w", shop, "values", *names, "--period", "2026-10").json
    assert [value["value"] for value in values] == [300, 255, 5, 5, 2]
    targets = {
        (one["role"], one["metric"]): one["value"]
        for one in run("-w", shop, "target", "list", "--period", "2026-11").json
    }
    assert targets["promotion", "first_order_users"] == 5  # five first orders, as in October
    assert targets["service", "refund_orders"] == 2
    assert "300" in pack.read_text(encoding="utf-8")
    asked = " ".join(issue["message"] for issue in run("-w", shop, "check").json)
    assert "2 of 2 order numbers meet, e.g. '1001'" in asked, "what was left out is a question of `check`"
    assert "1 order is 交易关闭 and was never paid" in asked
