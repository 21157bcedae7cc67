"""No control character of any text reaches the terminal, whichever widget shows it."""

from __future__ import annotations

import pytest
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.app import App, ComposeResult
from textual.color import Color
from textual.content import Content
from textual.filter import DimFilter
from textual.widgets import DataTable, Input, Label, OptionList, Static, TextArea

from kpi_tui.tui.terminal.filters import ControlFilter, chained

NASTY = "a\x1b]0;owned\x07b\x9b31mc\x00d\x7fe\u202ef\u200bg\u2066h\rj"
FORBIDDEN = [chr(n) for n in (*range(32), *range(0x7F, 0xA0))] + ["\u202e", "\u2066", "\u200b"]


class Shown(App[None]):
    """Every usual way to show a text, behind the filter."""

    def get_line_filters(self):
        return [*super().get_line_filters(), ControlFilter()]

    def compose(self) -> ComposeResult:
        yield Static(Text(NASTY))
        yield Static(Content(NASTY))
        yield Label(NASTY, markup=False)
        yield Input(NASTY)
        yield OptionList(NASTY, markup=False)
        yield TextArea(NASTY)
        table: DataTable[str] = DataTable()
        table.add_column("x")
        table.add_row(Text(NASTY))
        yield table
        titled = Static("t")
        titled.styles.border = ("round", "red")
        titled.border_title = NASTY.replace("\x1b", "\\x1b")
        titled.border_subtitle = NASTY
        yield titled


async def test_no_widget_lets_a_control_character_through():
    app = Shown()
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        strips = app.screen._compositor.render_strips(app.screen.size)
        found = {char for strip in strips for char in strip.text if char in FORBIDDEN}
        assert found == set()
        assert "␛" in "".join(strip.text for strip in strips)


@pytest.mark.parametrize("text", [NASTY, "\x1b" * 20, "中\u200b文", "plain"])
def test_a_line_keeps_its_width(text):
    before = [Segment("x" + text + "y")]
    after = ControlFilter().apply(before, Color.parse("black"))
    assert sum(s.cell_length for s in after) == sum(s.cell_length for s in before)


def test_a_harmless_line_is_left_as_it_is():
    before = [Segment("回购率 21.4 % ▸")]
    assert ControlFilter().apply(before, Color.parse("black")) is before


def test_filters_in_a_chain_come_one_after_another_and_the_chain_stays_while_they_do() -> None:
    dimmed, guard = DimFilter(), ControlFilter()
    before = [Segment("a\x1bb", Style(dim=True, color="#ffffff", bgcolor="#000000"))]
    black = Color.parse("black")
    assert chained(dimmed, guard).apply(before, black) == guard.apply(dimmed.apply(before, black), black) != before
    assert chained(dimmed, guard) is chained(dimmed, guard) is not chained(guard)
    assert chained(guard).apply(before, black) == guard.apply(before, black)
