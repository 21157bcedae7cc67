"""Only what differs from what stands on the terminal is written: Textual's own picture at a part of its bytes."""

from __future__ import annotations

import io
from collections.abc import Callable
from itertools import pairwise

import pyte
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from kpi_tui.tui.terminal.written_screen import WrittenScreen

WIDE, HIGH = 14, 4
CONSOLE = Console(file=io.StringIO(), color_system="truecolor", force_terminal=True)
STYLES = [
    Style.parse(style)
    for style in (
        "none",
        "#e0e0e0 on #121212",
        "bold #e0e0e0 on #121212",
        "dim #e0e0e0 on #121212",
        "bold dim italic red on #121212",
        "bold #0178d4 on #242f38",
        "reverse #e0e0e0 on #121212",
        "underline color(12) on bright_black",
        "strike default on default",
        "blink underline2 green",
    )
]
TEXTS = ["", " ", "   ", "ab", "abc ", " x", "回购", "率 5", "●", "━━", "é"]


class Picture(pyte.Screen):
    """A terminal: what was written on it, and how it looks."""

    def __init__(self) -> None:
        super().__init__(WIDE, HIGH)
        self._stream = pyte.Stream(self)
        self.bytes = 0

    def write(self, update: CompositorUpdate) -> None:
        """The sequences of an update, as `App._display` hands them on."""
        sequences = update.render_segments(CONSOLE)
        self.bytes += len(sequences.encode())
        self._stream.feed(sequences)

    def looks(self) -> list[list[object]]:
        """Each cell: the letter, and of its style what is seen."""
        return [[_seen(self.buffer[y][x]) for x in range(WIDE)] for y in range(HIGH)]


def _seen(cell: pyte.screens.Char) -> object:
    ground = cell.data, cell.bg, cell.reverse, cell.underscore, cell.strikethrough
    return ground if cell.data == " " and not cell.reverse else (*ground, cell.fg, cell.bold, cell.italics, cell.blink)


@st.composite
def lines(draw: Callable[..., object]) -> list[Strip]:
    """A screen's lines."""
    found = []
    for _line in range(HIGH):
        parts = draw(st.lists(st.tuples(st.sampled_from(TEXTS), st.sampled_from(STYLES)), max_size=6))
        found.append(Strip([Segment(*part) for part in parts]).adjust_cell_length(WIDE, STYLES[1]).crop(0, WIDE))
    return found


@st.composite
def updates(draw: Callable[..., object]) -> CompositorUpdate:
    """A whole screen, or parts of one, cut at the edges of its widgets."""
    cuts = sorted({0, WIDE, *draw(st.lists(st.integers(1, WIDE - 1), max_size=3))})
    chops = [dict(zip(cuts, line.divide(cuts[1:]), strict=False)) for line in draw(lines())]
    if draw(st.booleans()):
        return LayoutUpdate([chop.values() for chop in chops], Region(0, 0, WIDE, HIGH))
    edges = draw(st.lists(st.sampled_from(list(pairwise(cuts))), min_size=1, max_size=HIGH))
    spans = [(y, left, right) for y, (left, right) in enumerate(edges)]
    return ChopsUpdate(chops, spans, [cuts[1:]] * HIGH)


@given(st.lists(updates(), min_size=1, max_size=5))
def test_after_any_updates_the_terminal_looks_as_it_does_without(many: list[CompositorUpdate]) -> None:
    written, screen = WrittenScreen(), object()
    written.screen = screen
    ours, textuals = Picture(), Picture()
    for update in many:
        textuals.write(update)
        ours.write(written.changed(screen, update))
        assert ours.looks() == textuals.looks()
    assert ours.bytes <= textuals.bytes


def _drawn(*texts: str) -> LayoutUpdate:
    return LayoutUpdate([[Strip([Segment(text.ljust(WIDE), STYLES[1])])] for text in texts], Region(0, 0, WIDE, HIGH))


def test_a_screen_that_is_drawn_again_writes_the_changed_line_alone() -> None:
    written, screen = WrittenScreen(), object()
    for update in (_drawn("one", "two", "three"), _drawn("one", "TWO", "three")):
        said = written.changed(screen, update).render_segments(CONSOLE)
    assert said == "\x1b[2;1H\x1b[38;2;224;224;224;48;2;18;18;18mTWO\x1b[0m"
    written.forget()
    assert "three" in written.changed(screen, _drawn("one", "TWO", "three")).render_segments(CONSOLE)


def test_parts_of_a_screen_wait_until_it_is_drawn_whole() -> None:
    written, before, after = WrittenScreen(), object(), object()
    written.changed(before, _drawn("one")).render_segments(CONSOLE)
    part = ChopsUpdate([{0: Strip([Segment("new")])}], [(0, 0, 3)], [[3]])
    assert written.changed(after, part) is None
    assert "two" in written.changed(after, _drawn("two")).render_segments(CONSOLE)
    assert written.changed(after, part).render_segments(CONSOLE) == "\x1b[1;1Hnew"


def test_a_bold_word_ends_without_a_reset_and_blanks_have_no_ink() -> None:
    strip = Strip([Segment("a", STYLES[2]), Segment("  ", STYLES[1]), Segment("b", STYLES[3]), Segment("c", STYLES[1])])
    update = LayoutUpdate([[strip]], Region(0, 0, 5, 1))
    said = WrittenScreen().changed(None, update).render_segments(CONSOLE)
    assert said == "\x1b[1;1H\x1b[1;38;2;224;224;224;48;2;18;18;18ma  \x1b[22;2mb\x1b[22mc\x1b[0m"
