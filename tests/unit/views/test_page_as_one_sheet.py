"""A page on a screen tells what the command tells: its sentences, no empty columns, no heading without a name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kpi_tui.book import Book
from kpi_tui.definitions.answers.basket import Rule, RuleList
from kpi_tui.definitions.answers.cohort import Cohort, CohortTable
from kpi_tui.definitions.answers.page import LayersFound
from kpi_tui.definitions.answers.value import Reason, Value
from kpi_tui.definitions.library.page import LayersPart
from kpi_tui.definitions.period import Period
from kpi_tui.text.phrase import translate
from kpi_tui.tui.widgets.row_order import RowOrder, in_order
from kpi_tui.views.causes.cohort import cohort_sheet
from kpi_tui.views.cells import NumberCell, TextCell
from kpi_tui.views.goods.rules import rules_section
from kpi_tui.views.page.one_sheet import one_sheet
from kpi_tui.views.page.page import page
from kpi_tui.views.page.tables import layers
from kpi_tui.views.view import METRIC, Column, Row, Sentence, Sheet, View, sheet
from kpi_tui.workspace.find import shipped_config
from kpi_tui.workspace.load import load
from tests.tui.fake_book import workspace
from tests.workspaces import Shop, orders

DRIVERS = """[pages.why]
name = "Why"
[[pages.why.sections]]
id = "why"
kind = "drivers"
of = "aov"
"""
TWO_MONTHS = orders(
    ("o1", "ann", "2026-04-01 10:00", 100.0),
    ("o2", "bob", "2026-05-02 10:00", 250.0),
    ("o3", "ann", "2026-05-03 10:00", 50.0),
)
"""300 by two orders in May against 100 by one in April: 150 an order against 100, +50, of more money, more orders."""


def book(root: Path) -> Book:
    shop = Shop(root / "shop").says(as_of="2026-05-31").defines("pages/why.toml", DRIVERS).has("orders", TWO_MONTHS)
    return shop.book(draft=False)


def headings(shown: Sheet) -> list[str]:
    return [translate(row.heading) for row in shown.rows if row.kind == "heading"]


def test_the_sentence_of_the_drivers_stands_on_the_screen_too(tmp_path: Path) -> None:
    shop = book(tmp_path)
    view = page(shop.pages.of("why", Period.parse("2026-05")), shop.workspace)
    (told,) = [translate(note.word) for one in view.sheets for note in one.notes if note.key == "advice"]
    assert "moved it most" in told and told in headings(one_sheet(view))


def test_the_number_itself_stays_below_its_drivers_when_they_are_sorted(tmp_path: Path) -> None:
    """Sorted either way by the contribution, its own +50 lies between those of money (up) and of orders (down)."""
    shop = book(tmp_path)
    (why,) = page(shop.pages.of("why", Period.parse("2026-05")), shop.workspace).sheets
    assert [row.total for row in why.rows] == [False] * (len(why.rows) - 1) + [True] and len(why.rows) > 2
    for down in (True, False):
        last = in_order(why.rows, why.columns, RowOrder("contribution", down))[-1]
        assert last.key.startswith(METRIC) and translate(last.cells[1].word).startswith("= ")


def test_days_that_no_cohort_reaches_are_no_columns_for_people() -> None:
    rows = (
        Cohort(Period.parse("2026-05-30"), 4, (1.0, 0.5, None)),
        Cohort(Period.parse("2026-05-31"), 2, (1.0, None, None)),
    )
    found = CohortTable(rows, together=(1.0, 0.5, None), counted=(6.0, 4.0, 0.0))
    shown = one_sheet(View(sheets=(replace(cohort_sheet(found, workspace()), title="Who stayed"),)))
    (head,) = [row for row in shown.rows if row.kind == "heading"]
    assert [translate(cell.word) for cell in head.cells[2:6]] == ["Users", "+0", "+1", ""]
    assert [column.key for column in cohort_sheet(found, workspace()).columns] == [
        "cohort",
        "size",
        "day_0",
        "day_1",
        "day_2",
        "detail",
    ]


def test_a_section_without_a_title_has_no_heading_of_dashes() -> None:
    words = sheet([Column("text")], [[TextCell("only words")]])
    named = sheet([Column("key"), Column("value", "Value", right=True)], [[TextCell("a"), NumberCell(1.0)]])
    bare = sheet([Column("key"), Column("value", right=True)], [[TextCell("b"), NumberCell(2.0)]])
    noted = Sheet((Column("key"),), (), notes=(Sentence("why not"),))
    shown = one_sheet(View(sheets=(words, named, bare, noted)))
    assert headings(shown) == ["only words", "Value", "why not"]
    assert [row.key for row in shown.rows if isinstance(row, Row) and row.kind == "line"] == ["0", "0"]


def test_a_screen_says_how_many_lines_more_there_are_than_it_shows() -> None:
    """Else the lines look like all of them, and their sum like the total."""
    rules = [Rule(("a",), "b", 1, 2, 4, 10)]
    found = RuleList(Period.parse("2026-05"), tuple(rules), 62)
    assert "and 61 more rules" in headings(
        one_sheet(View(sheets=(replace(rules_section(found, workspace()), title="Rules"),)))
    )


def test_layers_of_a_period_without_data_say_why_there_is_none() -> None:
    loaded = load(shipped_config(), validate=False)
    assert loaded.workspace is not None
    (part,) = [one.part for one in loaded.workspace.pages["private"].sections if isinstance(one.part, LayersPart)]
    may = Period.parse("2026-05")
    whole = Value("private_domain_sales", may, None, Reason.NO_DATA, "the data of orders cover March")
    shown = layers(part, LayersFound((), "currency", whole), loaded.workspace)
    assert headings(one_sheet(View(sheets=(shown,)))) == [
        "◌ — no data for this period (the data of orders cover March)"
    ]


def test_a_figure_that_no_line_has_takes_no_room() -> None:
    """Money without a bonus base: a heading over nothing says nothing."""
    columns = [Column("who"), Column("score", "Score", right=True), Column("money", "Money", right=True)]
    blank = NumberCell(None, "currency", blank=True)
    rows = [[TextCell("Ann"), NumberCell(94.2), blank], [TextCell("Leo"), NumberCell(98.6), blank]]
    assert [cell.word for cell in one_sheet(View(sheets=(sheet(columns, rows),))).rows[0].cells[2:4]] == ["Score", ""]
    rows[0][2] = NumberCell(800.0, "currency")
    assert [cell.word for cell in one_sheet(View(sheets=(sheet(columns, rows),))).rows[0].cells[2:4]] == [
        "Score",
        "Money",
    ]
