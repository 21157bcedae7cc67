"""`s`: rows sorted by what their cells say, each group for itself, what is not known last."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kpi_tui.render.copied_text import row_text
from kpi_tui.tui.widgets.row_order import RowOrder, in_order, marked
from kpi_tui.tui.widgets.sheet import SheetTable
from kpi_tui.views.cells import AttainmentCell, Cell, ChangeCell, NumberCell, StateCell, text
from kpi_tui.views.view import Column, Row
from tests.tui.driving import lines, opened, press

COLUMNS = (Column("name", "Name", flex=1), Column("value", "Value", right=True))


def rows(*found: tuple[str, Cell] | str) -> list[Row]:
    """Lines of a name and a cell; a text alone is a heading, one that begins with = a total."""
    made = []
    for one in found:
        if isinstance(one, str):
            made.append(Row(one, (text(one), text("")), total=True) if one[0] == "=" else Row(one, heading=one))
        else:
            made.append(Row(one[0], (text(one[0]), one[1])))
    return made


def keys(found: tuple[Row, ...]) -> str:
    return " ".join(row.key for row in found)


NINE, TEN, NONE = NumberCell(9), NumberCell(10), NumberCell(None)


@pytest.mark.parametrize("down", [True, False])
def test_numbers_are_sorted_as_numbers_and_what_is_unknown_stands_last_either_way(down: bool) -> None:
    found = rows(("a", NONE), ("b", NINE), ("c", NumberCell(-3)), ("d", TEN))
    assert keys(in_order(found, COLUMNS, RowOrder("value", down))) == ("d b c a" if down else "c b d a")


def test_equals_stay_as_they_were_whichever_way_the_rows_are_sorted() -> None:
    found = rows(("a", NINE), ("b", TEN), ("c", NINE))
    assert keys(in_order(found, COLUMNS, RowOrder("value", True))) == "b a c"
    assert keys(in_order(found, COLUMNS, RowOrder("value", False))) == "a c b"


def test_words_are_sorted_by_name_whatever_their_case() -> None:
    found = rows(("beta", NINE), ("Alpha", NINE), ("Gamma", NINE))
    assert keys(in_order(found, COLUMNS, RowOrder("name", False))) == "Alpha beta Gamma"


def test_chinese_words_are_sorted_by_pinyin_behind_latin_ones() -> None:
    """安(an) 李(li) 王(wang) 张(zhang); their code points 5B89 674E 738B 5F20 would put 张 before 李.

    Words of several characters go on: 广州(guang zhou) 上海(shang hai) 深圳(shen zhen); 上 is U+4E0A, the lowest.
    """
    found = rows(*((name, NINE) for name in ("王芳", "张伟", "Zoe", "李娜", "安静", "anna")))
    assert keys(in_order(found, COLUMNS, RowOrder("name", False))) == "anna Zoe 安静 李娜 王芳 张伟"
    cities = rows(*((name, NINE) for name in ("上海", "深圳", "广州")))
    assert keys(in_order(cities, COLUMNS, RowOrder("name", False))) == "广州 上海 深圳"
    assert keys(in_order(cities, COLUMNS, RowOrder("name", True))) == "深圳 上海 广州"


def test_a_name_no_encoding_has_is_sorted_too() -> None:
    """A lone surrogate, as a file name of broken bytes brings it, is no reason to fail."""
    found = rows(("\udce9", NINE), ("a", NINE), ("😀", NINE))
    assert len(in_order(found, COLUMNS, RowOrder("name", False))) == 3


def test_groups_and_totals_keep_their_places() -> None:
    found = rows("H1", ("a", NINE), ("b", TEN), "=sum", "H2", ("c", NINE), ("d", TEN), ("e", NumberCell(11)))
    assert keys(in_order(found, COLUMNS, RowOrder("value", True))) == "H1 b a =sum H2 e d c"
    assert keys(in_order(found, COLUMNS, RowOrder("value", True, "H2"))) == "H1 a b =sum H2 e d c"
    assert keys(in_order(found, COLUMNS, RowOrder("value", True), ("H2",))) == "H1 b a =sum H2 c d e"


@pytest.mark.parametrize(
    ("low", "high"),
    [
        (AttainmentCell(0.99), AttainmentCell(1.2)),
        (ChangeCell(-0.5), ChangeCell(0.03)),
        (StateCell("weak"), StateCell("on_target")),
        (text("9 days", exact=9), text("10 days", exact=10)),
    ],
)
def test_a_cell_is_sorted_by_what_it_says_not_by_how_it_is_drawn(low: Cell, high: Cell) -> None:
    found = rows(("high", high), ("low", low))
    assert keys(in_order(found, COLUMNS, RowOrder("value", False))) == "low high"


def test_a_heading_that_names_its_figures_is_marked_and_the_others_are_not() -> None:
    one, two = (Row(key, (text(key), text("Value")), heading=key) for key in ("H1", "H2"))
    found = [one, *rows(("a", NINE), ("b", TEN)), two, *rows(("c", NINE))]
    order = RowOrder("value", True, "H1")
    done = in_order(found, COLUMNS, order)
    assert keys(done) == "H1 b a H2 c" and done[0] == one
    drawn = [marked(row, COLUMNS, order) for row in done]
    assert row_text(drawn[0], drawn, COLUMNS) == "H1\tValue ▼" and drawn[1:] == list(done[1:])
    assert marked(one, COLUMNS, None) == one


def board(pilot) -> SheetTable:
    sheet = pilot.app.screen.sheet_in_use()
    assert isinstance(sheet, SheetTable)
    return sheet


async def test_s_asks_for_a_column_then_turns_then_gives_up_and_the_cursor_stays_on_its_row() -> None:
    async with opened(size=(120, 40)) as pilot:
        sheet = board(pilot)
        first = [row.key for row in sheet.rows]
        await press(pilot, "down")
        under = sheet.row_key
        await press(pilot, "s", *"Actual", "enter")
        actuals = [row.cells[2].value for row in sheet.rows if row.kind == "line"]
        known = [value for value in actuals[: first_group(sheet)] if value is not None]
        assert known == sorted(known, reverse=True) and len(known) > 1
        assert any("Actual ▼" in line for line in lines(pilot))
        assert sheet.row_key == under
        await press(pilot, "s")
        assert any("Actual ▲" in line for line in lines(pilot))
        assert sheet.order is not None and replace(sheet.order, turned=False) == RowOrder("actual", False)
        await press(pilot, "s")
        assert [row.key for row in sheet.rows] == first and sheet.order is None
        assert sheet.row_key == under


def first_group(sheet: SheetTable) -> int:
    """How many lines stand above the first heading."""
    return next((n for n, row in enumerate(sheet.rows) if row.kind == "heading"), len(sheet.rows))


async def test_escape_gives_the_order_up_and_new_numbers_keep_it() -> None:
    async with opened(size=(120, 40)) as pilot:
        sheet = board(pilot)
        first = [row.key for row in sheet.rows]
        await press(pilot, "s", *"Metric", "enter")
        assert any("Metric ▲" in line for line in lines(pilot))
        assert [row.key for row in sheet.rows] != first
        by_name = [row.key for row in sheet.rows]
        await press(pilot, "f5")
        assert [row.key for row in sheet.rows] == by_name
        await press(pilot, "escape")
        assert [row.key for row in sheet.rows] == first
        assert not any("▲" in line for line in lines(pilot) if "Metric" in line)


async def test_a_chain_keeps_its_order_and_says_why() -> None:
    async with opened() as pilot:
        await press(pilot, "2", "s")
        assert any("from its first link to its last" in line for line in lines(pilot))
        assert board(pilot).order is None
