"""How a workspace writes numbers: its sign, its marks; what is typed in that form; what stays plain (R003)."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from kpi_tui.definitions.library.exchange_rates import ExchangeRates
from kpi_tui.definitions.library.table import TableSource
from kpi_tui.definitions.quantity import Quantity
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.definitions.written.currencies import PRINTED_SIGNS
from kpi_tui.definitions.written.number_forms import NUMBER_FORMS
from kpi_tui.render.copied_text import sheet_text
from kpi_tui.render.drawn import drawn
from kpi_tui.render.formats import render
from kpi_tui.text import format as fmt
from kpi_tui.text.i18n import _, speaking
from kpi_tui.text.number_form import plain_numbers, write_numbers_as
from kpi_tui.text.typed_amounts import AmountError, edit_text, parse_amount
from kpi_tui.views.cells import NumberCell
from kpi_tui.views.view import Column, View, sheet
from tests.tui.fake_book import workspace

GERMAN = replace(workspace(), currency="EUR", numbers="1.234,5")


def of(currency: str, numbers: str = "", **more: object) -> Workspace:
    return replace(workspace(), currency=currency, numbers=numbers, **more)


@pytest.mark.parametrize(
    ("space", "told"),
    [
        (of("CNY"), "¥412,880 ¥79.40 −¥1,200.50 +¥800.00"),
        (of("USD"), "$412,880 $79.40 −$1,200.50 +$800.00"),
        (of("HKD"), "HK$412,880 HK$79.40 −HK$1,200.50 +HK$800.00"),
        (of("CHF"), "412,880 79.40 −1,200.50 +800.00"),  # Fr. is printed for other francs, too
        (of("CHF", "1'234.5"), "412'880 79.40 −1'200.50 +800.00"),
        (GERMAN, "412.880 € 79,40 € −1.200,50 € +800,00 €"),
        (of("EUR", "1 234,5"), "412 880 € 79,40 € −1 200,50 € +800,00 €"),
        (of("GBP", "1234.5"), "£412880 £79.40 −£1200.50 +£800.00"),
    ],
)
def test_amounts_bear_the_sign_and_marks_of_the_workspace(space: Workspace, told: str) -> None:
    write_numbers_as(space)
    amounts = [fmt.number(value, "currency") for value in (412_880, 79.4, -1200.5)]
    amounts.append(fmt.quantity(Quantity(800, "currency", signed=True, digits=2)))
    assert " ".join(amounts).replace("\u00a0", " ") == told


def test_what_is_no_amount_has_no_sign() -> None:
    write_numbers_as(GERMAN)
    assert (fmt.number(9214, "count"), fmt.number(0.214, "percent")) == ("9.214", "21,4 %")
    assert fmt.change(-0.031) == "▼ 3,1 %" and fmt.attained(0.9996) == "99,96%"
    assert _("{rows:,} rows", rows=12_345) == "12.345 rows", "sentences of the core have it, too"


def test_few_cells_have_the_sign_in_front_of_the_digits() -> None:
    write_numbers_as(of("CNY"))
    assert fmt.short(1_234_567, "currency") == "¥1.2m"
    with speaking("zh"):
        assert fmt.short(1_234_567, "currency") == "¥123万"


@pytest.mark.parametrize(
    ("table", "rates", "sign"),
    [
        (TableSource("orders", ("o.csv",)), None, "¥"),
        (TableSource("orders", ("o.csv",), currency="CNY"), None, "¥"),
        (TableSource("orders", ("o.csv",), currency="USD"), None, ""),
        (TableSource("orders", ("o.csv",), currency_column="cur"), None, ""),
        (TableSource("orders", ("o.csv",), columns={"currency": "cur"}), None, ""),
        (
            TableSource("orders", (), sources={"us": TableSource("orders.sources.us", ("u.csv",), currency="USD")}),
            None,
            "",
        ),
        (TableSource("orders", ("o.csv",), currency="USD"), ExchangeRates(TableSource("rates", ("r.csv",))), "¥"),
    ],
)
def test_where_rows_of_another_currency_can_be_asked_for_alone_no_sign_is_claimed(
    table: TableSource, rates: ExchangeRates | None, sign: str
) -> None:
    write_numbers_as(of("CNY", tables={"orders": table}, rates=rates))
    assert fmt.number(5, "currency") == f"{sign}5.00"


@pytest.mark.parametrize("numbers", NUMBER_FORMS)
@pytest.mark.parametrize("value", [0.0, 5.0, 1.234, 1234.0, 1_234_567.5, 0.125, -3.5])
def test_what_is_shown_to_edit_is_read_back(numbers: str, value: float) -> None:
    write_numbers_as(of("EUR", numbers))
    for unit in ("currency", "ratio"):
        assert parse_amount(edit_text(value, unit), unit) == value


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1.234", 1234),
        ("1.234,5", 1234.5),
        ("1234,5", 1234.5),
        ("1234.5", 1234.5),
        ("1,5k", 1500),
        ("1.234.567", 1234567),
    ],
)
def test_amounts_are_typed_as_they_are_written(typed: str, value: float) -> None:
    write_numbers_as(GERMAN)
    assert parse_amount(typed, "currency") == value
    assert parse_amount("+2,5%", "currency", 1000.0) == 1025


def test_a_command_reads_the_same_in_every_workspace() -> None:
    write_numbers_as(GERMAN)
    with plain_numbers():
        assert parse_amount("1,234.5", "currency") == 1234.5
        with pytest.raises(AmountError):
            parse_amount("1234,5", "currency")


def test_csv_json_and_copied_cells_are_plain() -> None:
    columns, cell = [Column("amount", "Amount", right=True)], NumberCell(412_880.5, "currency", digits=2)
    write_numbers_as(GERMAN)
    view = View(sheets=(sheet(columns, [[cell]]),), data=[{"amount": 412_880.5}])
    assert drawn(cell).replace("\u00a0", " ") == "412.880,50 €"
    assert "412.880,50" in render(view, "md")
    assert render(view, "csv").split() == ["amount", "412880.5"]
    assert json.loads(render(view, "json")) == [{"amount": 412_880.5}]
    assert sheet_text(view.sheets[0].rows, columns).split() == ["Amount", "412,880.50"]
    assert drawn(cell).endswith("€"), "and the screen is as before"


def test_every_sign_is_of_a_currency_that_is_money_somewhere() -> None:
    from kpi_tui.definitions.written.currencies import ISO_4217

    assert set(PRINTED_SIGNS) <= ISO_4217


def test_a_number_in_a_sentence_that_formats_it_in_its_own_way_is_as_it_is() -> None:
    write_numbers_as(GERMAN)
    assert _("{value!r} and {value} and {value:03d}", value=1234) == "1234 and 1234 and 1234"


def test_an_amount_beside_its_unit_has_no_sign() -> None:
    write_numbers_as(of("CNY"))
    assert (fmt.number(412_880, fmt.AMOUNT), fmt.number(79.4, fmt.AMOUNT)) == ("412,880", "79.40")
