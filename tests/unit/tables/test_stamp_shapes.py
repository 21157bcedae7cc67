"""Stamps that `init` must not misread: digits alone, years of two digits (findings: GA dateHour, 26/10/1)."""

from __future__ import annotations

from datetime import date, datetime

import polars as pl
import pytest

from kpi_tui.definitions.library.table import ColumnType
from kpi_tui.tables.mapping.suggested_stamp_forms import CLOCKS, DATES, possible_forms
from kpi_tui.tables.mapping.timestamps import Zones, to_stamp
from kpi_tui.tables.propose.column_shapes import shape_of

TIME = ColumnType.DATETIME


@pytest.mark.parametrize(
    ("cells", "form"),
    [
        (["2026100108", "2026101523"], "%Y%m%d%H"),
        (["202610010830", "202610152359"], "%Y%m%d%H%M"),
        (["20261001083015", "20261015235959"], "%Y%m%d%H%M%S"),
        (["1790000000", "1790003600"], "%s"),  # Unix time of 2026 is no day
    ],
)
def test_digits_alone_are_days_and_clocks_where_they_can_be(cells: list[str], form: str) -> None:
    assert shape_of("t", pl.Series(cells)).sql[TIME] == f"strptime(t, '{form}')"


def test_an_hour_alone_is_read_with_its_minute_0() -> None:
    made = to_stamp(pl.Series(["2026100108"]), Zones("", "UTC"), "%Y%m%d%H").values
    assert str(made[0]).startswith("2026-10-01 08:00:00")


def test_a_year_of_two_digits_in_front_is_read_so_and_asked_about() -> None:
    """Year first: 14 days; day first: 2001 to 2015."""
    shape = shape_of("t", pl.Series(["26/10/1 8:03", "26/10/15 23:59"]))
    assert shape.sql[TIME] == "strptime(t, '%y/%m/%d %H:%M')"
    assert "%d/%m/%y" in shape.note
    assert "it is read as %y/%m/%d %H:%M" in shape.note


def test_day_or_month_first_is_not_guessed_where_the_year_is_told() -> None:
    shape = shape_of("t", pl.Series(["01/10/2026", "02/10/2026"]))
    assert shape.sql[TIME] == "t"
    assert "day or month first?" in shape.note


def test_years_of_two_digits_that_fit_either_way_are_not_guessed() -> None:
    """10/11/12 is a day of 2010 or 2012 or November of either: nothing keeps the days together."""
    shape = shape_of("t", pl.Series(["10/11/12", "11/12/10"]))
    assert shape.sql[TIME] == "t"
    assert "Write" in shape.note


@pytest.mark.parametrize("clock", CLOCKS)
@pytest.mark.parametrize("day", DATES)
def test_what_python_writes_in_a_form_is_tried_with_that_form(day: str, clock: str) -> None:
    """Forms are tried only on cells that look like them; few others look alike."""
    stamp = datetime(2026, 3, 9, 14, 5, 7)
    forms = possible_forms(stamp.strftime(day + clock))
    assert day + clock in forms
    assert len(forms) <= 20


def test_a_form_is_tried_on_cells_without_leading_zeros_or_with_a_zone() -> None:
    assert "%Y/%m/%d %H:%M" in possible_forms("2026/3/9 4:05")
    assert "%Y/%m/%d %H:%M:%S %z" in possible_forms("2026/03/09 04:05:07 +08:00")
    assert "%Y/%m/%dT%H:%M:%S %Z" in possible_forms("2026/03/09T04:05:07Z")
    assert possible_forms("three lamps, 2 left") == []


def test_a_name_of_a_month_before_its_day_is_read() -> None:
    """As eBay writes it: Oct-05-26 is the fifth of October 2026."""
    shape = shape_of("sold", pl.Series(["Oct-05-26", "Nov-12-26"]))
    assert shape.sql[ColumnType.DATETIME] == "strptime(sold, '%b-%d-%y')"
    assert to_stamp(pl.Series(["Oct-05-26"]), Zones("", "UTC"), "%b-%d-%y").values[0].date() == date(2026, 10, 5)
