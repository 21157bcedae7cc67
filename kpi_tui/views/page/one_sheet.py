"""All sections of a page as one sheet: state, what, figures under titles of their own, a note. For a screen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kpi_tui.text.phrase import Word, is_empty, joined
from kpi_tui.views.cells import BarCell, Cell, ChangeCell, NumberCell, SignedBarCell, TextCell, text
from kpi_tui.views.view import ADVICE, WIDE, Column, Row, Sheet, View, sheet

FEWEST, MOST = 4, 18
"""Figures of a line."""
BAR = 13
"""Cells of a signed bar."""
_HEADINGS = ("heading", "title", "words", "note")
"""The first words of the keys of headings; the key of their sheet follows."""


@dataclass(frozen=True, slots=True)
class _Places:
    """Which columns of a sheet are its state, its name, its figures and what is noted beside them."""

    state: int | None
    name: int
    figures: tuple[int, ...]
    notes: tuple[int, ...]


def one_sheet(view: View, aside: Iterable[str] = ()) -> Sheet:
    """The sheets of the view below each other, but those of the keys in `aside`. Row keys stay as they are."""
    left_out = frozenset(aside)
    parts = [(one, _places(one)) for one in view.sheets if one.key not in left_out]
    count = min(max([FEWEST, *(len(places.figures) for _, places in parts)]), MOST)
    rows = [row for one, places in parts for row in _rows(one, places, count)]
    return sheet(_columns(count), rows, key="page")


def section_of(rows: Sequence[Row], place: int) -> str:
    """The key of the sheet that a row came from: what the heading above it says."""
    for row in reversed(rows[: place + 1]):
        if row.kind == "heading" and row.key.partition(" ")[0] in _HEADINGS:
            return row.key.split(" ")[1]
    return ""


def _columns(count: int) -> list[Column]:
    """The figures beyond the third leave first, then the note."""
    figures = [
        Column(f"figure_{place}", least=6, most=13, right=True, drop=0 if place < 3 else 2 if place == 3 else place)
        for place in range(count)
    ]
    note = Column("note", least=BAR, flex=4, drop=1)
    return [Column("state", width=1), Column("name", least=26, flex=1), *figures, note]


def _places(one: Sheet) -> _Places:
    shown = [place for place, column in enumerate(one.columns) if not column.hidden and column.drop < WIDE]
    shown = [place for place in shown if not one.rows or not all(_is_blank(row, place) for row in one.rows)]
    state = next((place for place in shown if one.columns[place].width == 1), None)
    figures = tuple(place for place in shown if one.columns[place].right)
    words = [place for place in shown if place != state and place not in figures]
    return _Places(state, words[0] if words else 0, figures[:MOST], tuple(words[1:]))


def _is_blank(row: Row, place: int) -> bool:
    cell = row.cells[place] if place < len(row.cells) else None
    return isinstance(cell, NumberCell | ChangeCell) and cell.blank and cell.value is None


def _rows(one: Sheet, places: _Places, count: int) -> Iterator[Row]:
    """A heading that names the figures, then the lines; words alone, and notes alone, are told in whole lines."""
    title: Word = "" if is_empty(one.title) else joined("──", one.title, "──", between=" ")
    if one.rows and places.figures:
        yield from _figures(one, places, title, count)
    else:
        yield from [Row(f"heading {one.key}", heading=title)] if title else []
        for row in one.rows:
            words = [cell.word for cell in row.cells if isinstance(cell, TextCell)]
            yield Row(f"words {one.key} {row.key}", heading=joined(*words, between=" "), told=True)
    for place, note in enumerate(one.notes):
        if not one.rows or note.key == ADVICE:
            yield Row(f"note {one.key} {place}", heading=note.word, told=True)


def _figures(one: Sheet, places: _Places, title: Word, count: int) -> Iterator[Row]:
    """The names of the figures beside the title, then the lines; no such row where nothing has a name."""
    titles = [one.columns[place].short or one.columns[place].title for place in places.figures]
    if title and len(titles) > FEWEST:  # a table of its own: its name needs the whole line
        yield Row(f"title {one.key}", heading=title)
        title = one.columns[places.name].title
    if title or not all(map(is_empty, titles)):
        head = (text(""), text(title), *(text(told) for told in titles))
        yield Row(f"heading {one.key}", _padded(head, count), heading=title or joined(*titles))
    for row in one.rows:
        state = row.cells[places.state] if places.state is not None else text("")
        cells = (state, row.cells[places.name], *(row.cells[place] for place in places.figures))
        yield Row(row.key, (*_padded(cells, count)[:-1], _note(row, places)), total=row.total)


def _padded(cells: tuple[Cell, ...], count: int) -> tuple[Cell, ...]:
    return (*cells, *(text("") for _ in range(count + 3 - len(cells))))


def _note(row: Row, places: _Places) -> Cell:
    """A bar as it is; words side by side."""
    cells = [row.cells[place] for place in places.notes]
    if bar := next((cell for cell in cells if isinstance(cell, SignedBarCell | BarCell)), None):
        return bar
    words: list[Word] = [cell.word for cell in cells if isinstance(cell, TextCell) and cell.word]
    return text(joined(*words, between=" · "), "muted") if words else text("")
