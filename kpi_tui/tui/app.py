"""The app: it opens the book beside the first picture, switches screens and runs commands. It computes nothing."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import content, events
from textual._context import active_message_pump
from textual.app import App
from textual.driver import Driver
from textual.filter import LineFilter
from textual.screen import Screen

from kpi_tui.definitions.exit_code import ExitCode
from kpi_tui.definitions.issue import KpiError
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.i18n import _, language, normal, set_language, told
from kpi_tui.text.wrap import line_ends
from kpi_tui.tui.command_runner import CommandRunner
from kpi_tui.tui.computing.computer import Computer, InPlace
from kpi_tui.tui.computing.jobs import Jobs
from kpi_tui.tui.edit_session import EditSession
from kpi_tui.tui.everywhere_commands import EverywhereCommands
from kpi_tui.tui.first_view import Start
from kpi_tui.tui.keys.action import GLOBAL
from kpi_tui.tui.keys.registry import bindings
from kpi_tui.tui.live_files import LiveFiles
from kpi_tui.tui.opening import Opening
from kpi_tui.tui.overlays.overlay import Overlay
from kpi_tui.tui.own_choices import OwnChoices
from kpi_tui.tui.quitting import farewell, has_job_control, keep_typed, log_error, may_leave, stop_with_group, unsafe
from kpi_tui.tui.rows_wanted import RowsWanted
from kpi_tui.tui.screens.frame import KpiScreen
from kpi_tui.tui.screens.registry import MODES, rows_screen
from kpi_tui.tui.shown import InView
from kpi_tui.tui.terminal.config_file import Options
from kpi_tui.tui.terminal.filters import ControlFilter, chained
from kpi_tui.tui.terminal.typeahead import TypeAhead
from kpi_tui.tui.terminal.written_screen import WrittenScreen
from kpi_tui.tui.widgets.bars import unsay

if TYPE_CHECKING:
    from kpi_tui.book import Book

content.divide_line = line_ends  # type: ignore[attr-defined]  # every text of the app: Textual offers no other way


class KpiApp(App[int], inherit_bindings=False):
    """The main screens as modes over one book."""

    CSS_PATH = Path(__file__).parent / "app.tcss"
    ENABLE_COMMAND_PALETTE = False  # ours is an opaque screen: a fifth of the bytes
    ALLOW_SELECT = False
    MODES: ClassVar[dict[str, Any]] = MODES
    DEFAULT_MODE = "start"
    BINDINGS: ClassVar[list[Any]] = bindings(GLOBAL)

    def __init__(
        self,
        open_book: Callable[[], Book],
        *,
        first: Callable[[KpiApp], None] | None = None,
        options: Options | None = None,
        spoken: str = "",
        computer: Computer | None = None,
        driver_class: type[Driver] | None = None,
    ) -> None:
        """`spoken`: the language asked for; empty: the workspace's. `first`: shown before a workspace is opened.

        `computer`: who works out answers; without one this process does.
        """
        self.options = options or Options()
        self.set_reactive(KpiApp.theme, self.options.theme)  # before the style sheets are read: they are read once
        super().__init__(driver_class=driver_class, ansi_color=True if self.options.ansi else None)
        self.opening = Opening(self, open_book)
        self._first = first
        self.spoken = normal(spoken)  # asked for by --lang or a key
        self._guard, self._written = ControlFilter(), WrittenScreen()
        self.jobs = Jobs()
        self.computer = computer or InPlace()
        self.book: Book | None = None
        self._session: EditSession | None = None
        self.view = InView()
        self.as_of: date | None = None  # the last day that has data
        self._trail: list[str] = []  # the screens shown before, the last one last
        self.live, self.choices = LiveFiles(self), OwnChoices(self)
        self.commands = CommandRunner(self, self.options.keymap, self.release_keys, EverywhereCommands(self))
        self._typed = TypeAhead(self, super().on_event, self.commands)
        self.revision = 0  # counts edits and reloads: screens compare it with what they show
        self.exported: set[Path] = set()
        self.farewell: tuple[str, ...] = ()  # sentences for after the terminal is restored
        self.error: BaseException | None = None

    @property
    def language(self) -> str:
        """`en` or `zh`."""
        return language()

    @property
    def session(self) -> EditSession:
        """What is edited in this sitting, on every screen."""
        assert self._session is not None, "no command that edits runs before the book is open"
        return self._session

    @property
    def workspace(self) -> Workspace:
        """The workspace of the open book."""
        assert self.book is not None
        return self.book.workspace

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Every widget's lines pass here last: control characters end here."""
        return [chained(*super().get_line_filters(), self._guard)]

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        """What differs from what stands on the terminal; Textual itself writes whole lines, and offers no other way."""
        super()._display(screen, self._written.changed(screen, renderable))

    def on_resize(self) -> None:
        """The terminal has moved, cut or wrapped its lines."""
        self._written.forget()

    # --- opening -------------------------------------------------------------------------------
    def on_mount(self) -> None:
        """Calm down where asked; read the workspace only after the first picture."""
        if self.spoken:
            set_language(self.spoken)
        if not self.options.animation:
            self.animation_level = "none"
        self.set_keymap(dict(self.options.keymap))
        self.app_resume_signal.subscribe(self, lambda _app: self.draw_anew())
        self.call_after_refresh(self.computer.start)
        begin = self.opening.begin if self._first is None else partial(self._first, self)
        self.call_after_refresh(self.call_later, begin)

    def open_at(self, root: Path) -> None:
        """Open the workspace of another folder, as at a start."""
        self.opening.at(root)

    def take(self, began: Start) -> bool:
        """A book to show from now on; whether it comes in place of another."""
        if again := self.book is not None:
            self.book.close()
            self.revision += 1
        self.book, self.as_of = began.book, began.as_of
        self._session = EditSession(began.book, self.edited)
        if not self.spoken and normal(began.book.workspace.language):
            set_language(began.book.workspace.language)
        return again

    # --- what the screens share ----------------------------------------------------------------
    def look(self, **changes: Any) -> None:
        """Change role, period or metric in view and let the screen on top follow."""
        self.view = replace(self.view, **changes)
        unsay(self.screen_stack)
        self._follow()

    def put(self, began: Start) -> None:
        """The same workspace read again: what is in view stays in view where it is still there."""
        self.book, self.as_of = began.book, began.as_of
        self.revision += 1
        self.view = self.view.still_in(began.book.workspace, began.role)
        self._follow()

    def read_again(self) -> None:
        """Definitions were written: the book is made anew of the files, unsaved edits go along."""
        self.live.read_again()

    def edited(self) -> None:
        """Targets changed (edit, undo, save): screens show them anew."""
        self.revision += 1
        self._follow()
        if self.book is not None and self.session.unsaved and (why := unsafe(self.book)):
            self.call_later(self.say, told(why), "warning")

    def _follow(self) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, KpiScreen):
                screen.refresh_if_new()

    def say(self, text: str, kind: str = "info") -> None:
        """A sentence on the main screen of the current mode, and on what lies over it."""
        for screen in reversed(self.screen_stack):
            if isinstance(screen, KpiScreen | Overlay):
                screen.say(text, kind)

    def say_error(self, error: BaseException) -> None:
        """A failure a user may read as its sentence; anything else is a defect and goes to the log."""
        if isinstance(error, KpiError):
            self.say(str(error), "error")
            return
        log_error(error)
        self.say(_("That did not work (an internal error; details are in the log)."), "error")

    # --- commands ------------------------------------------------------------------------------
    async def on_event(self, event: events.Event) -> None:
        """One key at a time."""
        if not await self._typed.takes(event):
            await super().on_event(event)

    def release_keys(self) -> None:
        """Give keys typed ahead to what has the focus now."""
        self._typed.release()

    async def action_command(self, id_: str) -> None:
        """Run a command of the registry, or say why it cannot run."""
        await self._among_own(self.commands.run, id_)

    async def action_go(self, mode: str) -> None:
        """Show a main screen, closing what lies over the present one."""
        await self._among_own(self._go, mode)

    async def _among_own(self, act: Callable[[str], Awaitable[None]], what: str) -> None:
        """Do it among the app's own messages: a screen that is closed waits for its own, which would wait for it."""
        if active_message_pump.get(None) is self:
            await act(what)
        else:
            self.call_later(act, what)

    async def _go(self, mode: str) -> None:
        while len(self.screen_stack) > 1:
            await self.pop_screen()
        if mode != self.current_mode:
            self._trail.append(self.current_mode)
            await self._show_mode(mode)

    async def _show_mode(self, mode: str) -> None:
        """The screen has followed what is in view before anything is done or said there."""
        unsay(self.screen_stack)
        await self.switch_mode(mode)
        self._follow()

    async def action_back(self) -> None:
        """Back to the screen that was shown before."""
        if self._trail:
            await self._show_mode(self._trail.pop())
        else:
            self.say(_("There is nothing to go back to."))

    def show_rows(self, wanted: RowsWanted) -> None:
        """Lay the rows behind a number over what is shown."""
        self.push_screen(rows_screen(wanted, self.current_mode))

    def action_language(self) -> None:
        """English or Chinese."""
        self.speak("en" if self.language == "zh" else "zh")

    def speak(self, language: str) -> None:
        """Everything in that language from now on."""
        set_language(language)
        self.spoken = language
        self._follow()
        if not isinstance(self.screen, KpiScreen):
            self.screen.refresh(recompose=True)
        self.draw_anew()

    def draw_anew(self) -> None:
        """Every line: the language has changed, or the shell has written over them."""
        self._written.forget()
        for widget in self.screen.query("*"):
            widget.refresh()

    def action_suspend(self) -> None:
        """Give the terminal back to the shell until it says `fg`."""
        if self._driver is None or not self._driver.can_suspend or not has_job_control():
            self.say(_("No shell waits behind this terminal that could bring kpi-tui back; q leaves."), "warning")
        else:
            stop_with_group()

    def on_unmount(self) -> None:
        """Nobody waits for an answer any more, however the app ends."""
        self.jobs.close()
        self.computer.close()

    async def action_quit(self) -> None:
        """Leave; unsaved edits stay as a draft, and where they cannot, the first q says so."""
        keep_typed(self)
        if self.book is None or may_leave(self, self.book, self.session):
            self.farewell = tuple(filter(None, (*farewell(self.book), self.choices.keep())))
            self.exit(ExitCode.OK)

    # --- crashes -------------------------------------------------------------------------------
    def _fatal_error(self) -> None:
        """Textual would print local variables; the traceback goes to the private log instead."""
        self.panic()

    def panic(self, *_renderables: Any) -> None:
        """As `_fatal_error`: nothing of it may reach the screen."""
        self.error = sys.exc_info()[1] or self._exception or RuntimeError("panic")
        log_error(self.error)
        self._close_messages_no_wait()
