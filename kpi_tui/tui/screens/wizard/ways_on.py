"""A workspace without any data: the ways on, instead of empty screens."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from kpi_tui.definitions.answers.setup import PRESET
from kpi_tui.definitions.issue import KpiError
from kpi_tui.text.i18n import _
from kpi_tui.tui.host import Host
from kpi_tui.tui.overlays.choice import Choice
from kpi_tui.tui.overlays.question import QuestionScreen


class EmptyHost(Host, Protocol):
    """The app on a workspace without data."""

    def open_at(self, root: Path) -> None:
        """Open the workspace of another folder."""


def ask_how_to_begin(app: EmptyHost) -> None:
    """Files, the demo, the roles of a preset, or just looking around."""
    choices = [Choice("files", _("Open files: the wizard makes tables and roles of them"))]
    if not app.workspace.roles:
        choices.append(Choice("preset", _("Begin with the roles of a preset; data come later")))
    choices += [Choice("demo", _("Look at the demo shop")), Choice("stay", _("Look around here"))]

    def chosen(answer: str | None) -> None:
        try:
            _go(app, answer or "stay")
        except KpiError as error:
            app.say_error(error)

    app.push_screen(QuestionScreen(_("This workspace has no data yet"), choices, _("look around here")), chosen)


def _go(app: EmptyHost, answer: str) -> None:
    from kpi_tui import book

    root = app.workspace.root
    if answer == "files":
        from kpi_tui.tui.screens.wizard.opening import wizard_over

        wizard_over(app, root)
    elif answer == "preset":
        book.add_preset(root, PRESET)
        app.open_at(root)
    elif answer == "demo":
        app.open_at(book.create_demo())
