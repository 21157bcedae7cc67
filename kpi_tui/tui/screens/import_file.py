"""A file of targets or typed numbers: asked for, shown with what it would change, taken over as one step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from kpi_tui.definitions.answers.targets.imported_cells import FileDifference, ImportedCells
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.written.written_path import written_path
from kpi_tui.text.i18n import _, n_
from kpi_tui.tui.edit_session import ACTUALS
from kpi_tui.tui.editing.conflict import ConflictScreen
from kpi_tui.tui.overlays.imported_file import ImportScreen
from kpi_tui.tui.widgets.prompt import Question
from kpi_tui.views.edits.conflict import MINE, Clash, saved_by

if TYPE_CHECKING:
    from kpi_tui.book import Book, Progress
    from kpi_tui.definitions.workspace import Workspace
    from kpi_tui.tui.screens.frame import KpiScreen


@dataclass(frozen=True, slots=True)
class ImportQuestion:
    """What a file would change in a folder; its cells are of this period where the file says none."""

    file: str
    folder: str
    period: Period

    def ask(self, book: Book, _progress: Progress, /) -> ImportedCells:
        """Read it against what is saved."""
        file = written_path(self.file)
        if self.folder == ACTUALS and file.is_file() and book.chains.is_sheet(file):
            return book.sheet_import.compared(file.name, ACTUALS, book.chains.read_sheet("", file))
        return book.sheet_import.read(file, self.folder, self.period, said=False)


class ImportFile:
    """The command that imports into one folder (targets or actuals)."""

    def __init__(self, screen: KpiScreen, folder: str) -> None:
        self._screen, self._folder = screen, folder

    def action_import_file(self) -> None:
        """Ask for the file."""
        self._screen.prompt.ask(Question(_("Import which file (.xlsx, .csv)?"), self._read))

    def _read(self, text: str) -> str:
        if not text.strip():
            return _("Name a file.")
        self._screen.answers.ask(ImportQuestion(text.strip(), self._folder, self._screen.period), self._show)
        return ""

    def _show(self, found: ImportedCells) -> None:
        """Both sides of what was changed on both are decided first."""
        screen = ImportScreen(found, self._screen.open_book.workspace)
        self._screen.kpi.push_screen(screen, lambda taken: self._decide(found) if taken else None)

    def _decide(self, found: ImportedCells) -> None:
        if not found.conflicts:
            self._take(found, found.differences)
            return
        clashes = [_clash(found.folder, one, self._screen.kpi.workspace) for one in found.conflicts]
        by_row = dict(zip((clash.row_key for clash in clashes), found.conflicts, strict=True))

        def decided(choices: dict[str, str] | None) -> None:
            if choices is None:
                self._screen.say(_("Nothing was taken over."))
                return
            mine = [by_row[key] for key, side in choices.items() if side == MINE]
            self._take(found, [*(one for one in found.differences if not one.is_conflict), *mine])

        self._screen.kpi.push_screen(ConflictScreen(clashes, self._screen.open_book.workspace), decided)

    def _take(self, found: ImportedCells, chosen: Sequence[FileDifference]) -> None:
        accept = partial(self._screen.open_book.sheet_import.accept, found, chosen)
        if not self._screen.kpi.session.edit(found.folder, accept):
            self._screen.say(_("Nothing changes."))
            return
        told = n_(
            "Took over {count} number from {file}; w writes, u takes it back.",
            "Took over {count} numbers from {file}; w writes, u takes them back.",
            len(chosen),
            file=found.file,
        )
        self._screen.say(told, "done")


def _clash(folder: str, one: FileDifference, space: Workspace) -> Clash:
    """The file's side as mine, what stands there now as theirs, with who saved it."""
    value, by = (one.theirs.value, saved_by(one.theirs, space)) if one.theirs else (None, "")
    return Clash(folder, one.period, one.key, one.exported, one.to, value, by)
