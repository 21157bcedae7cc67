"""What screens, overlays and edits know of the app. The app imports them, never the other way round."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from textual.screen import Screen

from kpi_tui.definitions.workspace import Workspace
from kpi_tui.tui.computing.computer import Computer
from kpi_tui.tui.computing.jobs import JobOwner, Jobs
from kpi_tui.tui.rows_wanted import RowsWanted
from kpi_tui.tui.shown import InView
from kpi_tui.tui.terminal.config_file import Options

if TYPE_CHECKING:
    from kpi_tui.book import Book
    from kpi_tui.tui.edit_session import EditSession


class Host(JobOwner, Protocol):
    """The running app."""

    options: Options
    jobs: Jobs
    computer: Computer
    book: Book | None
    view: InView
    revision: int
    exported: set[Path]  # files this sitting has written

    @property
    def language(self) -> str:
        """`en` or `zh`."""

    @property
    def workspace(self) -> Workspace:
        """The workspace of the open book."""

    @property
    def session(self) -> EditSession:
        """What is edited in this sitting."""

    def look(self, **changes: Any) -> None:
        """Change role, period or metric in view and let the screen on top follow."""

    def edited(self) -> None:
        """Targets changed: screens show them anew."""

    def read_again(self) -> None:
        """Definitions were written: the book is made anew of the files, unsaved edits go along."""

    def say(self, text: str, kind: str = "info") -> None:
        """A sentence on the main screen of the current mode; kind: info, done, warning, error."""

    def say_error(self, error: BaseException) -> None:
        """A failure as its sentence."""

    async def action_command(self, id_: str) -> None:
        """Run a command of the registry, or say why it cannot run."""

    async def action_go(self, mode: str) -> None:
        """Show a main screen."""

    async def action_back(self) -> None:
        """Back to the screen that was shown before."""

    def push_screen(self, screen: Screen[Any], callback: Callable[[Any], Any] | None = None) -> Any:
        """Lay an overlay over the screen; `callback` takes its answer."""

    def show_rows(self, wanted: RowsWanted) -> None:
        """Lay the rows behind a number over what is shown."""

    def run_worker(self, work: Callable[[], None], *, thread: bool) -> Any:
        """Run on a thread of its own."""

    def call_from_thread(self, callback: Callable[..., None], *args: Any) -> Any:
        """From such a thread: run on the app's own."""

    def copy_to_clipboard(self, text: str) -> None:
        """As text to the terminal's clipboard."""

    def release_keys(self) -> None:
        """Give keys typed ahead to what has the focus now."""
