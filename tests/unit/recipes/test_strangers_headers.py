"""A stranger's own file with ordinary headers is no export of a platform, whatever words it shares with one."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpi_tui import book

ROWS = {
    "订单": "订单号,用户,下单时间,支付时间,订单金额,实付金额,状态\n1,a,2026-10-01,2026-10-01,10,10,已完成\n",
    "退款": "订单编号,订单状态,下单时间,付款时间,收货人,商品名称,单价,数量,实付金额,退款金额,退款状态,备注\n"
    "1,已完成,2026-10-01,2026-10-01,甲,杯,5,2,10,0,无,\n",
    "明细": "主订单编号,子订单编号,商品名称,数量,单价\n1,11,杯,2,5\n",
    "收支": "日期,收/支,金额,备注\n2026-10-01,收入,10,\n",
    "流水": "交易时间,商户订单号,交易状态,金额\n2026-10-01 10:00:00,1,成功,10\n",
    "客户": "客户名称,手机,添加时间,负责部门\n甲,1,2026-10-01,门店\n",
    "群": "群名称,创建时间,备注\n一群,2026-10-01,\n",
    "English": "order_id,user_id,status,created_at,paid_at,total,qty,price\n1,a,paid,2026-10-01,2026-10-01,10,2,5\n",
    "buyer": "Order ID,Customer,Date,Amount,Currency,Status,Refunded\n1,a,2026-10-01,10,USD,done,0\n",
}


@pytest.mark.parametrize("name", list(ROWS))
def test_ordinary_headers_are_of_no_platform(name: str, tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text(ROWS[name], encoding="utf-8")
    assert {table.recipe for table in book.propose([path], timezone="Asia/Shanghai").tables} <= {""}
