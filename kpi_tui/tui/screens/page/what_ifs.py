"""What if: other numbers put into a projection of the page."""

from __future__ import annotations

from typing import Protocol

from kpi_tui.definitions.answers.page import PageAnswer
from kpi_tui.definitions.answers.projection import Assumed
from kpi_tui.definitions.library.analysis_parts import ProjectionPart
from kpi_tui.text.i18n import _
from kpi_tui.tui.screens.page import what_if
from kpi_tui.tui.widgets.prompt import Prompt, Question
from kpi_tui.tui.widgets.sheet import SheetTable


class ShowsProjections(Protocol):
    """The screen, as far as this knows it."""

    found: PageAnswer | None

    @property
    def prompt(self) -> Prompt:
        """Where something is asked."""

    def sheet_in_use(self) -> SheetTable | None:
        """The sheet with the cursor."""

    def refresh_view(self) -> None:
        """Ask for the page anew."""


class WhatIfs:
    """Runs `W`; `assumed`: what was put in, by the kind of projection."""

    def __init__(self, screen: ShowsProjections) -> None:
        self._screen = screen
        self.assumed: dict[str, Assumed] = {}

    def why_not(self, command: str) -> str:
        """Only on a page that has one."""
        return _("There is no projection on this page.") if command == "page.what_if" and not self._here() else ""

    def _here(self) -> str:
        """The kind of projection under the cursor, else the first of the page; "" where there is none."""
        sheet, page = self._screen.sheet_in_use(), self._screen.found
        key = sheet.row_key if sheet is not None else ""
        found = [(one.section.id, one.section.part) for one in (page.sections if page else ())]
        kinds = [(id_, part.of) for id_, part in found if isinstance(part, ProjectionPart)]
        here = [of for id_, of in kinds if key.startswith(f"{id_} ")]
        return next(iter([*here, *(of for _id, of in kinds)]), "")

    def action_what_if(self) -> None:
        """Put other numbers into a projection."""
        kind = self._here()

        def taken(text: str) -> str:
            try:
                self.assumed[kind] = what_if.read(kind, text)
            except ValueError as error:
                return str(error)
            self._screen.found = None
            self._screen.refresh_view()
            return ""

        known = self.assumed.get(kind, Assumed())
        self._screen.prompt.ask(Question(what_if.label(kind), taken, what_if.as_text(kind, known)))
