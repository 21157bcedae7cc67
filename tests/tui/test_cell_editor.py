"""Typing into a cell: an unchanged text changes nothing, a refused one keeps the cell open, a kept one is one step."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from kpi_tui.text.typed_amounts import AmountError
from kpi_tui.tui.editing.cell_editor import CellEditor, EditedCell


class Desk:
    """A screen with one cell of 0.28, a share, that takes at most 1."""

    def __init__(self) -> None:
        self.value: float | None = 0.28
        self.said: list[tuple[str, str]] = []
        self.steps: list[str] = []
        self.kpi = SimpleNamespace(session=SimpleNamespace(edit=self.edit))
        self.editor = CellEditor(self, lambda: EditedCell("2026-10 a", "targets", "percent", self.value, self.keep))

    def say(self, text: str, kind: str = "info") -> None:
        self.said.append((text, kind))

    def edit(self, folder: str, act: Callable[[], object]) -> None:
        act()
        self.steps.append(folder)

    def keep(self, value: float | None) -> None:
        if value is not None and value > 1:
            raise AmountError("more than all of them")
        self.value = value


def test_the_cell_is_offered_as_a_person_would_type_it_and_unchanged_it_is_no_step() -> None:
    desk = Desk()
    assert desk.editor.cell_text() == "28%"
    assert desk.editor.commit(" 28% ") and desk.steps == [] and desk.said == []


@pytest.mark.parametrize(("typed", "value"), [("30%", 0.3), ("0.3", 0.3), ("", None)])
def test_what_is_typed_is_kept_as_one_step_of_its_folder(typed: str, value: float | None) -> None:
    desk = Desk()
    assert desk.editor.commit(typed)
    assert desk.value == (None if value is None else pytest.approx(value)) and desk.steps == ["targets"]


def test_what_is_no_amount_or_cannot_stand_there_keeps_the_cell_open_with_a_sentence() -> None:
    desk = Desk()
    assert not desk.editor.commit("much") and not desk.editor.commit("110%")
    assert [kind for _text, kind in desk.said if _text] == ["error", "error"]
    assert desk.said[-1][0] == "more than all of them" and desk.value == 0.28 and desk.steps == []


def test_what_is_tenfold_off_is_asked_about_once_and_again_when_the_cell_was_left() -> None:
    """0.28 → 0.01 is 28 times less."""
    desk = Desk()
    assert not desk.editor.commit("1%")
    desk.editor.forget()
    assert not desk.editor.commit("1%")
    assert desk.editor.commit("1%") and desk.value == pytest.approx(0.01)


def test_where_nothing_can_be_typed_nothing_is_offered_and_nothing_kept() -> None:
    editor = CellEditor(Desk(), lambda: None)
    assert editor.cell_text() is None and editor.commit("5")
