"""Typed amounts: every accepted form, every refusal, and what is shown for editing reads back exactly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_tui.definitions.written.printed_amount import printed_amount
from kpi_tui.text.clean import is_clean
from kpi_tui.text.typed_amounts import AmountError, edit_text, hint, parse_amount, parse_factor, possible
from kpi_tui.tui.editing.cell_value import CellValue

UNITS = ("count", "currency", "percent", "days", "score", "seconds", "ratio")
FINITE = st.floats(allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1234", 1234),
        ("1,234", 1234),
        ("1,234,567.8", 1234567.8),
        (" 12 345 ", 12345),
        ("0", 0),
        (".5", 0.5),
        ("7.", 7),
        ("1.5k", 1500),
        ("1.5K", 1500),
        ("2m", 2_000_000),
        ("2b", 2e9),
        ("1.1bn", 1.1e9),
        ("3万", 30_000),
        ("3w", 30_000),
        ("3.33万", 33_300),
        ("5千", 5000),
        ("2百万", 2_000_000),
        ("1千万", 10_000_000),
        ("1.2亿", 120_000_000),
        ("1万亿", 1e12),
        ("１２３４．５", 1234.5),
        ("１，２３４", 1234),
        ("３万", 30_000),
        ("¥1,200", 1200),
        ("￥３00", 300),
        ("$99.90", 99.9),
        ("=-5", -5),
        ("=12", 12),
    ],
)
def test_a_count_is_read_as_typed(text: str, value: float) -> None:
    assert parse_amount(text, "count") == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("28%", 0.28), ("28", 0.28), ("0.28", 0.28), ("２８％", 0.28), ("28 %", 0.28), ("0.5%", 0.005), ("1%", 0.01),
     ("150%", 1.5), ("0", 0), ("100", 1.0), ("=-5%", -0.05), (".3", 0.3)],
)  # fmt: skip
def test_a_percent_metric_takes_the_sign_the_bare_number_and_the_fraction(text: str, value: float) -> None:
    assert parse_amount(text, "percent") == value


@pytest.mark.parametrize("text", ["1", "1.5", "2", "1.0"])
def test_a_bare_number_that_could_be_either_on_a_percent_metric_is_asked_back(text: str) -> None:
    with pytest.raises(AmountError, match=r"could be .*% or .*%"):
        parse_amount(text, "percent")


@pytest.mark.parametrize(
    ("text", "current", "value"),
    [
        ("+5%", 100, 105),
        ("-3%", 100, 97),
        ("−3%", 100, 97),
        ("*1.1", 100, 110),
        ("×2", 0.28, 0.56),
        ("＋５％", 200, 210),
        ("+5%", 0.28, 0.294),
        ("+1.5%", 1234.5, 1253.0175),
        ("-100%", 50, 0),
    ],
)
def test_a_change_applies_to_the_present_target(text: str, current: float, value: float) -> None:
    assert parse_amount(text, "currency", current) == value
    assert parse_amount(text, "percent", current) == value


@pytest.mark.parametrize(
    "text",
    ["", "   ", "abc", "1,5", "1,23,4", "12,34", "1.2.3", "--5", "+", "%", "5x", "1e5", "nan", "inf", "0x10", "1k5",
     "-5", "+100", "5²", "٣", "*", "-150%", "=", "=-", "[bold]5", "\x1b[2J", "9" * 401, "Ⅷx",
     "5%%", "**2", "5 + 5", "1_0_0k_x"],
)  # fmt: skip
def test_bad_text_gets_one_sentence_without_control_characters(text: str) -> None:
    with pytest.raises(AmountError) as caught:
        parse_amount(text, "count", 10)
    sentence = str(caught.value)
    assert is_clean(sentence)
    assert sentence.endswith(".")
    assert len(sentence) < 160


def test_a_percentage_on_a_count_is_refused() -> None:
    with pytest.raises(AmountError, match="no percentage"):
        parse_amount("28%", "count")
    assert parse_amount("28%", "ratio") == 0.28


def test_a_change_without_a_target_is_refused() -> None:
    with pytest.raises(AmountError, match="no target yet"):
        parse_amount("+5%", "count", None)


def test_a_number_beyond_a_float_is_refused() -> None:
    with pytest.raises(AmountError, match="too large"):
        parse_amount("9" * 390, "count")


@pytest.mark.parametrize(
    ("text", "factor"),
    [("5", 1.05), ("5%", 1.05), ("+5%", 1.05), ("-3", 0.97), ("-3%", 0.97), ("*1.1", 1.1), ("５％", 1.05)],
)
def test_a_raise_is_read_as_a_factor(text: str, factor: float) -> None:
    assert parse_factor(text) == factor


@pytest.mark.parametrize("text", ["", "x", "-101", "5k", "*"])
def test_a_bad_raise_is_refused(text: str) -> None:
    with pytest.raises(AmountError):
        parse_factor(text)


@given(FINITE, st.sampled_from(UNITS))
def test_what_is_shown_for_editing_reads_back_exactly(value: float, unit: str) -> None:
    assert parse_amount(edit_text(value, unit), unit) == value


@given(st.decimals(min_value=0, max_value=10**15, places=2, allow_nan=False), st.sampled_from(("count", "currency")))
def test_thousands_separators_change_nothing(value: object, unit: str) -> None:
    assert parse_amount(f"{value:,}", unit) == parse_amount(f"{value}", unit) == float(str(value))


@given(st.text(max_size=30), st.sampled_from(UNITS))
def test_any_text_gives_a_finite_number_or_a_sentence(text: str, unit: str) -> None:
    try:
        value = parse_amount(text, unit, 12.5)
    except AmountError as error:
        assert is_clean(str(error))
    else:
        assert abs(value) < float("inf")


def test_hints_name_the_percent_rule_only_where_it_holds() -> None:
    assert "0.28" in hint("percent")
    assert "万" in hint("count")


@pytest.mark.parametrize(
    ("unit", "is_taken"), [("count", False), ("score", False), ("days", False), ("currency", True)]
)
def test_below_zero_is_one_rule_for_what_is_typed_pasted_and_read(unit: str, is_taken: bool) -> None:
    """=-5 typed and -5 in a cell of a sheet are the same number: no count is one, a loss is."""
    for value in (parse_amount("=-5", unit), printed_amount("-5", unit)):
        assert value == -5
        if is_taken:
            assert possible(value, unit) == -5
            assert CellValue().read("a cell", "=-5", unit, None) == -5
        else:
            with pytest.raises(AmountError, match="cannot be negative"):
                possible(value, unit)
            with pytest.raises(AmountError, match="cannot be negative"):
                CellValue().read("a cell", "=-5", unit, None)
