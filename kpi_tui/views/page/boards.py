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


def _sheets(found: Boards) -> Iterator[Sheet]:
    for place, (answer, space) in enumerate(found):
        for sheet in page(answer, space).sheets:
            yield replace(sheet, title=joined(space.name, sheet.title), key=f"{place} {sheet.key}", tab=space.name)
