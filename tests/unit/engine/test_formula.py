"""Formulas give what DuckDB gives, and a reason instead of an infinity (R002, R006)."""

from __future__ import annotations

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_tui.definitions.answers.value import Number, Reason
from kpi_tui.engine.formula import evaluate

NUMBERS = st.floats(min_value=0.5, max_value=1e6).map(lambda x: round(x, 3))
LEAF = st.sampled_from(["a", "b", "c", "2", "0.5"])
FORMULAS = st.recursive(
    LEAF,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
        inner.map(lambda x: f"(-{x})"),
        inner.map(lambda x: f"abs({x})"),
        st.tuples(inner, inner).map(lambda t: f"greatest({t[0]}, {t[1]})"),
        st.tuples(inner, inner).map(lambda t: f"least({t[0]}, {t[1]})"),
    ),
    max_leaves=8,
)


@given(FORMULAS, NUMBERS, NUMBERS, NUMBERS)
def test_arithmetic_agrees_with_duckdb(formula: str, a: float, b: float, c: float) -> None:
    known = {"a": Number(a), "b": Number(b), "c": Number(c)}
    mine = evaluate(formula, known)
    cells = f"{a!r}::double as a, {b!r}::double as b, {c!r}::double as c"
    theirs = duckdb.sql(f"select cast({formula} as double) from (select {cells})").fetchall()[0][0]
    if mine.value is None:
        assert mine.reason is Reason.ZERO_DENOMINATOR
        assert theirs is None or theirs != theirs or abs(theirs) == float("inf")
    else:
        assert mine.value == pytest.approx(theirs, rel=1e-9, abs=1e-9)


def test_zero_denominator_is_a_reason_r002() -> None:
    assert evaluate("a / b", {"a": Number(1), "b": Number(0)}).reason is Reason.ZERO_DENOMINATOR
    assert evaluate("a / (b - b)", {"a": Number(1), "b": Number(3)}).reason is Reason.ZERO_DENOMINATOR
    assert evaluate("a / nullif(b, 0)", {"a": Number(1), "b": Number(0)}).reason is Reason.ZERO_DENOMINATOR


def test_the_gravest_reason_of_the_parts_is_told_r002() -> None:
    known = {"a": Number(None, Reason.PENDING, "wait"), "b": Number(None, Reason.NO_TABLE, "needs orders")}
    assert evaluate("a / b", known) == Number(None, Reason.NO_TABLE, "needs orders")


def test_coalesce_stands_in_for_an_unknown_part() -> None:
    assert evaluate("coalesce(a, 0) + b", {"a": Number(None, Reason.NO_ROWS), "b": Number(2)}) == Number(2)


def test_halves_round_up_r003() -> None:
    assert evaluate("round(a)", {"a": Number(1060.9)}).value == 1061
    assert evaluate("round(a)", {"a": Number(2.5)}).value == 3
    assert evaluate("round(a, 2)", {"a": Number(3.680688)}).value == 3.68


def test_overflow_is_an_error_with_the_formula_named() -> None:
    number = evaluate("exp(a)", {"a": Number(1e9)})
    assert number.reason is Reason.ERROR
    assert "exp(a)" in number.detail
