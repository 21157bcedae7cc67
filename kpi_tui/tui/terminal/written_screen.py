"""What stands on the terminal: of a picture only what differs from it is written, in as few bytes as that needs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.color import ColorSystem
from rich.console import Console, RenderableType
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.strip import Strip

from kpi_tui.tui.terminal.style_change import PLAIN, on_blanks, style_change

Piece = tuple[tuple[str, str], ...]
"""What a widget shows in one line: texts, each with the parameters of its style."""


class WrittenScreen:
    """Remembers each piece of each line by its place: Textual writes every line anew after a layout.

    `screen`: whose picture it is; None before the first.
    """

    def __init__(self) -> None:
        self._lines: dict[int, dict[int, tuple[int, Piece]]] = {}  # line -> column -> the column behind it, what it is
        self.screen: object = None

    def forget(self) -> None:
        """What stands there is not known any more: others may have written on it, or its size has changed."""
        self._lines.clear()

    def changed(self, screen: object, update: RenderableType | None) -> Any:
        """The same update, to be written where it differs; None: nothing yet.

        A screen that takes the place of another is drawn whole, and what it has of parts before that comes with it.
        """
        if isinstance(update, ChopsUpdate):
            return _Changed(self, screen, update) if screen is self.screen else None
        if isinstance(update, LayoutUpdate):
            return _Changed(self, screen, update)
        if update is not None:  # written by Textual alone
            self.forget()
        return update

    def is_there(self, y: int, x: int, end: int, piece: Piece) -> bool:
        """Whether it stands there already; if not, it does from now on, and what it covers no longer."""
        line = self._lines.setdefault(y, {})
        if line.get(x) == (end, piece):
            return True
        for start in [start for start, (stop, _piece) in line.items() if start < end and x < stop]:
            del line[start]
        line[x] = end, piece
        return False


class _Changed(CompositorUpdate):
    """An update of Textual's, less what stands on the terminal already."""

    def __init__(self, written: WrittenScreen, screen: object, update: ChopsUpdate | LayoutUpdate) -> None:
        self._written, self._screen, self._update = written, screen, update

    def render_segments(self, console: Console) -> str:
        """Every changed piece behind its place. What stands behind letters of unsure width is always placed anew."""
        self._written.screen = self._screen
        system = console._color_system or ColorSystem.TRUECOLOR
        found: list[str] = []
        at, style = None, PLAIN
        pieces = _pieces(self._update) if isinstance(self._update, ChopsUpdate) else _all_pieces(self._update)
        for y, x, strip in pieces:
            piece = _piece(strip, system)
            end = x + strip.cell_length
            if self._written.is_there(y, x, end, piece):
                continue
            if at != (y, x):
                found.append(f"\x1b[{y + 1};{x + 1}H")
            for text, look in piece:
                if not text.isspace() or on_blanks(style) != look:
                    found.append(style_change(style, look))
                    style = look
                found.append(text)
            at = (y, end) if all(text.isascii() for text, _look in piece) else None
        return "".join((*found, style_change(style, PLAIN)))


def _piece(strip: Strip, system: ColorSystem) -> Piece:
    """Its texts; neighbours of one look are one text."""
    found: list[tuple[str, str]] = []
    for text, style, _control in strip:
        look = Strip.render_ansi(style, system) if style else PLAIN
        if text.isspace():
            look = on_blanks(look)
            if found and on_blanks(found[-1][1]) == look:
                look = found[-1][1]
        if text and found and found[-1][1] == look:
            found[-1] = found[-1][0] + text, look
        elif text:
            found.append((text, look))
    return tuple(found)


def _all_pieces(update: LayoutUpdate) -> Iterator[tuple[int, int, Strip]]:
    """Line, column and strip of a whole screen."""
    for y, line in enumerate(update.strips, update.region.y):
        x = update.region.x
        for strip in line:
            yield y, x, strip
            x += strip.cell_length


def _pieces(update: ChopsUpdate) -> Iterator[tuple[int, int, Strip]]:
    """Line, column and strip of the parts of a screen that may have changed."""
    for y, left, right in update.spans:
        for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=True):
            if strip is not None and x < right and end > left:
                yield y, x, strip if end <= right else strip.crop(0, right - x)
