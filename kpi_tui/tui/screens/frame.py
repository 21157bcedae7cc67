"""The frame of the main screens: top bar, body, status line, hints; what each of them has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import events, on
from textual.app import ComposeResult
from textual.screen import Screen

from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.message import say
from kpi_tui.definitions.period import Period
from kpi_tui.text.i18n import _
from kpi_tui.text.number_form import write_numbers_as
from kpi_tui.tui.answers import Answers
from kpi_tui.tui.common_commands import CommonCommands
from kpi_tui.tui.computing.questions import BookQuestion
from kpi_tui.tui.host import Host
from kpi_tui.tui.screens.body import Body
from kpi_tui.tui.screens.breakpoints import HEIGHTS, VAST, WIDTHS, TooSmall, classes_of
from kpi_tui.tui.screens.old_numbers import OldNumbers
from kpi_tui.tui.shown import InView
from kpi_tui.tui.sort_choice import unsort
from kpi_tui.tui.widgets.bars import HintBar, StatusLine, TopBar
from kpi_tui.tui.widgets.prompt import Prompt
from kpi_tui.tui.widgets.sheet import SheetTable
from kpi_tui.views.view import View

if TYPE_CHECKING:
    from kpi_tui.book import Book


class KpiScreen(Screen[None]):
    """A main screen. Subclasses set SCOPE, BINDINGS = bindings(SCOPE), `body`, `refresh_view`."""

    SCOPE: ClassVar[str] = ""
    ASKS: ClassVar[tuple[type[BookQuestion[Any]], ...]] = ()  # those whose answers are the numbers on the screen
    HORIZONTAL_BREAKPOINTS, VERTICAL_BREAKPOINTS = WIDTHS, HEIGHTS

    def __init__(self) -> None:
        super().__init__()
        self._css_update_count = self.app._css_update_count  # nothing is styled yet: nothing is to be styled anew
        self.answers, self.common = Answers(self), CommonCommands(self)
        self.parts: tuple[object, ...] = (self.common,)  # who runs commands that the screen does not run itself
        self.shown: View | None = None
        self._seen: tuple[InView, str, int] | None = None
        self._answered_by: Book | None = None
        self._refused = ""
        self._old = OldNumbers(self, lambda: bool(self.shown), lambda: any(map(self.answers.is_asking, self.ASKS)))

    # --- for subclasses ------------------------------------------------------------------------
    def body(self) -> ComposeResult:
        """The widgets between the bars."""
        yield from ()

    def refresh_view(self) -> None:
        """The book is open and role, period, language, targets or data are new: show them."""

    def forget(self) -> None:
        """What was answered holds no longer: the next `refresh_view` asks anew."""

    def view_shown(self) -> View | None:
        """What stands on the screen, in full, for a file; None while there is nothing to send."""
        return self.shown

    def metric_here(self) -> str:
        """The metric under the cursor; empty when there is none."""
        return ""

    def why_not(self, _command: str) -> str:
        """Why a command cannot run now, as a sentence; empty when it can."""
        return "" if self.book is not None else _("The workspace is still being read.")

    # --- what subclasses use -------------------------------------------------------------------
    @property
    def kpi(self) -> Host:
        """The app as screens know it."""
        return cast("Host", self.app)

    @property
    def book(self) -> Book | None:
        """The open book; None while it is being read."""
        return self.kpi.book

    @property
    def open_book(self) -> Book:
        """The open book. UsageError while it is being read: no command runs then."""
        if self.kpi.book is None:
            raise UsageError(say("the workspace is still being read"))
        return self.kpi.book

    @property
    def period(self) -> Period:
        """The period in view. UsageError while the book is being read."""
        if self.view.period is None:
            raise UsageError(say("the workspace is still being read"))
        return self.view.period

    @property
    def view(self) -> InView:
        """Role, period and metric in view."""
        return self.kpi.view

    def say(self, text: str, kind: str = "info") -> None:
        """One sentence in the status line; nobody's on a screen that is being taken down."""
        for status in self.query(StatusLine):
            status.say(text, kind)

    @property
    def status(self) -> StatusLine:
        """The status line."""
        return self.query_one(StatusLine)

    # --- the frame -----------------------------------------------------------------------------
    def compose(self) -> ComposeResult:
        """Bars around the body, and a sentence for terminals that are too small."""
        self.add_class(*classes_of(self.app.size), update=False)  # a resize alone styles everything a second time
        yield TopBar()
        with Body(id="body"):
            yield from self.body()
        yield Prompt()
        yield StatusLine()
        yield HintBar()
        yield TooSmall()

    def on_mount(self) -> None:
        """Give the bars what they show."""
        self.query_one(TopBar).mode = self.query_one(HintBar).scope = self.SCOPE
        self.query_one(TopBar).keymap = self.query_one(HintBar).keymap = self.kpi.options.keymap
        self.watch(self.status, "progress", self._old.follow)
        if self.book is None:
            self.status.progress = (_("reading the workspace"), 0, 0)
        self.refresh_if_new()

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Catch up with what changed while another screen was shown."""
        event.refresh_styles = self.stack_updates > 1  # a new screen is resumed twice, and mounting it styles it
        self.refresh_if_new()

    def refresh_if_new(self) -> None:
        """Call `refresh_view` when role, period, language or data are not those shown."""
        now = (self.view, self.kpi.language, self.kpi.revision)
        if self.book is None or self.view.period is None or now == self._seen or not self.is_mounted:
            return
        if self._seen is None:
            self.status.progress = None
        if self._answered_by is not self.book:
            self.forget()
        self._seen, self._answered_by = now, self.book
        write_numbers_as(self.book.workspace)
        self.query_one(TopBar).show(self.book.workspace, self.kpi.language)
        self.query_one(HintBar).refresh()
        self._old.renew(self.refresh_view)

    def on_resize(self) -> None:
        """Three panes where they have room."""
        self.set_class(self.size.width >= VAST, "-vast")

    # --- commands that a screen may do in its own way --------------------------------------------
    def action_cancel(self) -> None:
        """Stop the computing of this screen; else give the order of its rows up."""
        if not self.stop_computing():
            unsort(self.kpi, self.sheet_in_use())

    def stop_computing(self) -> bool:
        """Stop the computing of this screen and say so, until it computes again; False when there is none."""
        return self._old.stop(self.answers.stop)

    def compute_again(self) -> None:
        """Ask anew what the screen shows; what was said of it goes."""
        self.say("")
        self.forget()
        self._seen = None
        self.refresh_if_new()

    def sheet_in_use(self) -> SheetTable | None:
        """The sheet with the cursor, else the first one that is shown."""
        for focused in (self.focused, self.prompt.before):
            if isinstance(focused, SheetTable):
                return focused
        return next((sheet for sheet in self.query(SheetTable) if sheet.display), None)

    # --- the question in one line --------------------------------------------------------------
    @property
    def prompt(self) -> Prompt:
        """The question above the status line."""
        return self.query_one(Prompt)

    @on(Prompt.Toggled)
    def _prompt_toggled(self) -> None:
        self.set_class(self.prompt.is_open, "-asking")
        if not self.prompt.is_open and self.status.kind == "error" and self.status.text == self._refused:
            self.say("")  # why an answer was refused goes with the question

    @on(Prompt.Refused)
    def _prompt_refused(self, message: Prompt.Refused) -> None:
        self._refused = message.why
        self.say(message.why, "error")
