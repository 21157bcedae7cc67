"""Every interface text of the screens can be found by the catalogue's extractor."""

from __future__ import annotations

import ast
from pathlib import Path

import kpi_tui.tui
from kpi_tui.tui.widgets.view_content import content, parts_of
from kpi_tui.views.cells import NumberCell, text
from kpi_tui.views.view import Column, View, sheet

TUI = Path(kpi_tui.tui.__file__).parent


def test_no_text_to_translate_hides_inside_an_f_string():
    """Babel does not look into the expressions of f-strings, so `f"{_('Score')}"` would stay English."""
    hidden = [
        f"{path.relative_to(TUI)}:{node.lineno}"
        for path in TUI.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.JoinedStr)
        for call in ast.walk(node)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in ("_", "N_", "n_")
        and isinstance(call.args[0], ast.Constant)
    ]
    assert hidden == []


def test_words_behind_the_last_number_of_a_pane_are_whole() -> None:
    """A reason stands last in its line: the pane breaks it, nothing cuts it off."""
    why = "known later: the window is not complete, and this goes on for longer than a pane is wide"
    lines = [[text("2026-11-01"), NumberCell(1.0), text(why)]]
    shown = sheet([Column("key"), Column("value", right=True), Column("reason")], lines)
    assert why in content(View(sheets=(shown,)), room=40).plain


def test_a_sheet_of_numbers_without_a_line_has_none_to_copy() -> None:
    """`y` over a list that a filter left empty ended the app (spray 2804)."""
    view = View(sheets=(sheet([Column("name", "Name"), Column("n", "N", right=True)], [], "Numbers"),))
    assert parts_of(view) == [("Numbers\n", "bold")]
