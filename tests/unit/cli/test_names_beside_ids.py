"""`init` takes what goods are called from beside their ids: cuts show names. Pieces by hand."""

from __future__ import annotations

from pathlib import Path

from tests.unit.cli.conftest import Run

LINES = """订单编号,下单时间,买家,商品编码,商品名称,类目,数量,单价,实付金额
1,2026-10-01 10:00:00,张三,S1,红围巾,配饰,1,100,160
1,2026-10-01 10:00:00,张三,S2,蓝帽子,帽子,2,30,160
2,2026-10-02 10:00:00,李四,S2,蓝帽子,帽子,1,50,50
"""


def pieces(run: Run, folder: Path, by: str) -> str:
    return run("-w", folder, "values", "items_sold", "--by", by, "--period", "2026-10", "--format", "table").out


def test_goods_of_lines_are_called_by_their_names_and_categories(run: Run, tmp_path: Path) -> None:
    """One red scarf, 2 + 1 blue hats."""
    file = tmp_path / "lines.csv"
    file.write_text(LINES, encoding="utf-8")
    assert run("init", tmp_path / "ws", file, "--yes").code == 0
    said = [line.split() for line in pieces(run, tmp_path / "ws", "sku_id").splitlines()]
    assert [line[-4:-1] for line in said if "S1" in line or "S2" in line] == [
        ["红围巾", "·", "S1"],
        ["蓝帽子", "·", "S2"],
    ]
    of = run("-w", tmp_path / "ws", "values", "items_sold", "--by", "category_id", "--period", "2026-10").json
    assert {value.get("segment"): value["value"] for value in of} == {None: 4, "帽子": 3, "配饰": 1}
    assert run("init", tmp_path / "ws", file, "--yes").code == 2  # nothing more to add


def test_a_list_of_goods_keeps_its_names_and_lines_add_none(run: Run, tmp_path: Path) -> None:
    lines, goods = tmp_path / "lines.csv", tmp_path / "products.csv"
    lines.write_text(LINES, encoding="utf-8")
    goods.write_text("商品编码,商品名称,类目,售价\nS1,围巾(红),配饰,100\nS2,帽子(蓝),帽子,50\n", encoding="utf-8")
    ran = run("init", tmp_path / "ws", lines, goods, "--yes")
    assert [one["file"] for one in ran.json["tables"] if one["table"] == "products"] == [str(goods)]
    assert "帽子(蓝) · S2" in pieces(run, tmp_path / "ws", "sku_id")
