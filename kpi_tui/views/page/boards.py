"""The boards of several workspaces below each other: what a person pinned in each, under its name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kpi_tui.definitions.answers.page import PageAnswer
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.phrase import joined
from kpi_tui.views.page.page import page, page_data
from kpi_tui.views.view import Sheet, View

Boards = Sequence[tuple[PageAnswer, Workspace]]


def boards(found: Boards) -> View:
    """One view of all; the amounts of all are in one currency."""
    first = page(*found[0])
    data = [
        {"workspace": {"en": space.name.en, "zh": space.name.zh}, "folder": str(space.root), **page_data(answer, space)}
        for answer, space in found
    ]
    return View(first.title, sheets=tuple(_sheets(found)), data=data)


def with_boards(found: PageAnswer, space: Workspace) -> View:
    """A page; of a board with others beside it all of them. What was pinned elsewhere leads to no number here."""
    return boards([(found, space), *found.beside]) if found.beside else page(found, space)


def _sheets(found: Boards) -> Iterator[Sheet]:
    for place, (answer, space) in enumerate(found):
        for sheet in page(answer, space).sheets:
            rows = sheet.rows if place == 0 else tuple(replace(row, key=f"{place} {row.key}") for row in sheet.rows)
            title, key = joined(space.name, sheet.title), f"{place}/{sheet.key}"
            yield replace(sheet, rows=rows, title=title, key=key, tab=space.name)
