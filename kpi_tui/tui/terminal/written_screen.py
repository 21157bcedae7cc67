"""What stands on the terminal: of a picture only what differs from it is written, in as few bytes as that needs."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
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

    def replaced(self, y: int, x: int, end: int, piece: Piece) -> Piece:
        """What stood in just this place, () for none; from now on the piece does, and nothing else that it covers."""
        line = self._lines.setdefault(y, {})
        stop, stood = line.get(x, (end, ()))
        if not stood or stop != end:
            stood = ()
            for start in [start for start, (stop, _piece) in line.items() if start < end and x < stop]:
                del line[start]
        line[x] = end, piece
        return stood


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
            stood = self._written.replaced(y, x, x + strip.cell_length, piece)
            if stood == piece:
                continue
            x, piece = _differing(x, piece, stood)
            if at != (y, x):
                found.append(f"\x1b[{y + 1};{x + 1}H")
            for text, look in piece:
                if not text.isspace() or on_blanks(style) != look:
                    found.append(style_change(style, look))
                    style = look
                found.append(text)
            at = (y, x + sum(len(text) for text, _ in piece)) if _is_sure(piece) else None
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


def _differing(x: int, piece: Piece, stood: Piece) -> tuple[int, Piece]:
    """Where a piece begins to differ from what stood there, and its part that does: a blinking cursor is one cell.

    A place behind a letter of unsure width is none: from the first such letter on all is written.
    """
    new, old = _letters(piece), _letters(stood)
    first = next((n for n, (a, b) in enumerate(zip(new, old, strict=False)) if a != b or not a[0].isascii()), None)
    if first is None or not stood:
        return x, piece
    rest, rest_old = new[first:], old[first:]
    alike = 0
    if len(rest) == len(rest_old) and all(letter.isascii() for letter, _look in (*rest, *rest_old)):
        alike = next(n for n, (a, b) in enumerate(zip(reversed(rest), reversed(rest_old), strict=True)) if a != b)
    looks = groupby(rest[: len(rest) - alike], key=itemgetter(1))
    return x + first, tuple(("".join(letter for letter, _ in some), look) for look, some in looks)


def _letters(piece: Piece) -> list[tuple[str, str]]:
    """Each with its look; of blanks as much of it as can be seen."""
    return [(letter, on_blanks(look) if letter == " " else look) for text, look in piece for letter in text]


def _is_sure(piece: Piece) -> bool:
    """Whether every terminal gives its letters one cell each."""
    return all(text.isascii() for text, _look in piece)


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
