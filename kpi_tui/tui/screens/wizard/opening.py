"""Ways into the wizard: before there is a workspace, and from one that is open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol

from kpi_tui.definitions.exit_code import ExitCode
from kpi_tui.text.i18n import _
from kpi_tui.tui.host import Host
from kpi_tui.views.data.proposal import with_questions

NOTHING: Mapping[str, Any] = MappingProxyType({})


class WizardHost(Host, Protocol):
    """The app, as far as the wizard's end concerns it."""

    def open_at(self, root: Path) -> None:
        """Open the workspace of another folder."""


class FirstHost(WizardHost, Protocol):
    """The app that has opened nothing yet."""

    farewell: tuple[str, ...]

    def exit(self, result: int) -> None:
        """Leave the program."""


def wizard_first(
    folder: Path, files: tuple[Path, ...], given: Mapping[str, Any] = NOTHING
) -> Callable[[FirstHost], None]:
    """The wizard instead of a workspace; what it writes is opened, and leaving it leaves the program."""

    def show(app: FirstHost) -> None:
        _show(app, folder, files, Path.cwd(), given, lambda: _leave(app))

    return show


def wizard_over(app: WizardHost, folder: Path, files: tuple[Path, ...] = ()) -> None:
    """The wizard over the workspace that is open: it adds to it, or begins another."""
    _show(
        app,
        folder,
        files,
        app.workspace.data,
        NOTHING,
        lambda: app.say(_("Nothing was written; the answers are kept.")),
    )


def _show(
    app: WizardHost,
    folder: Path,
    files: tuple[Path, ...],
    near: Path,
    given: Mapping[str, Any],
    left: Callable[[], None],
) -> None:
    from kpi_tui.book.start.setup import Setup
    from kpi_tui.tui.screens.wizard.screen import WizardScreen

    def ended(root: Path | None) -> None:
        left() if root is None else app.open_at(root)

    setup = Setup(folder, with_questions, rows=app.computer.reads_rows)
    app.push_screen(WizardScreen(setup, files, near, given), ended)


def _leave(app: FirstHost) -> None:
    app.farewell = (_("Nothing was written; the answers are kept: the same command goes on here."),)
    app.exit(ExitCode.OK)
