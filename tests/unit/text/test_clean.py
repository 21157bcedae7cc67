"""No text from data can write an escape, reorder a line or hide."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_tui.text.clean import MAX_MARKS, clean, is_clean
from kpi_tui.text.fit import fit, width


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("\x1b]52;c;aGk=\x07", "␛]52;c;aGk=␇"),
        ("a\x00b\x7f", "a␀b␡"),
        ("tab\there\nline\r", "tab⇥here⏎line␍"),
        ("\x9b31m", "<U+009B>31m"),
        ("\u202egpj.exe\u2066", "<U+202E>gpj.exe<U+2066>"),
        ("zero\u200bwidth\ufeff\u00ad", "zero·width··"),
        ("para\u2029line\u2028", "para⏎line⏎"),
        ("lone\ud800", "lone<U+D800>"),
        ("hangul\u3164filler\U000e0100", "hangul·filler·"),
        ("\U000e0041", "<U+E0041>"),
        ("❤\ufe0f", "❤"),
    ],
)
def test_control_bidi_and_invisible_characters_become_visible_symbols(raw: str, shown: str) -> None:
    assert clean(raw) == shown


@pytest.mark.parametrize("text", ["回购率 Buy-back", "[bold red]x[/]", "[@click=app.quit]x[/]", "naïve é ﷺ", "Ann 安"])
def test_plain_text_and_markup_stay_as_they_are(text: str) -> None:
    assert clean(text) == text


def test_a_flood_of_combining_marks_is_bounded() -> None:
    flood = clean("Z" + "\u0335" * 5000 + "a")
    assert flood == "Z" + "\u0335" * MAX_MARKS + "·a"


@given(st.text(alphabet=st.characters(codec=None)))
def test_nothing_that_a_terminal_obeys_is_left_in_any_text(text: str) -> None:
    cleaned = clean(text)
    assert is_clean(cleaned)
    assert not {unicodedata.category(char) for char in cleaned} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert clean(cleaned) == cleaned


@given(st.text(), st.integers(0, 40), st.sampled_from(["left", "right", "centre"]))
def test_a_fitted_text_fills_exactly_its_cells(text: str, cells: int, align: str) -> None:
    assert width(fit(text, cells, align)) == cells  # type: ignore[arg-type]


def test_a_wide_character_is_never_cut_in_half() -> None:
    assert fit("回购率", 6) == "回购率"
    assert fit("回购率", 5) == "回购…"
    assert fit("回购率", 4) == "回… "
    assert fit("回", 4, "right") == "  回"
