"""The frame of the main screens: top bar, body, status line, hints; computing beside the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Static

from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.message import say
from kpi_tui.definitions.period import Period
from kpi_tui.text.clean import clean
from kpi_tui.text.i18n import _
from kpi_tui.tui.editing.save_dialog import SaveDialog
from kpi_tui.tui.host import Host
from kpi_tui.tui.jobs import JobDone, JobFailed, JobProgress
from kpi_tui.tui.questions import BookQuestion, ExplainQuestion, asking
from kpi_tui.tui.shown import InView
from kpi_tui.tui.sorting import sort_sheet, unsort
from kpi_tui.tui.widgets.bars import HintBar, StatusLine, TopBar
from kpi_tui.tui.widgets.prompt import Prompt, Question
from kpi_tui.tui.widgets.sheet import SheetTable
from kpi_tui.views.view import View

if TYPE_CHECKING:
    from kpi_tui.book import Book

MIN_WIDTH, MIN_HEIGHT = 40, 12


class KpiScreen(Screen[None]):
    """A main screen. Subclasses set SCOPE, BINDINGS = bindings(SCOPE), `body`, `refresh_view`, `computed`."""

    SCOPE: ClassVar[str] = ""
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012  Textual declares it
        (0, "-tiny-width"),
        (MIN_WIDTH, "-narrow"),
        (60, "-normal"),
        (120, "-wide"),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-tiny-height"), (MIN_HEIGHT, "-low"), (16, "-mid"), (20, "-tall")]  # noqa: RUF012  as above

    def __init__(self) -> None:
        super().__init__()
        self._query = ""  # what was looked for last
        self._seen: tuple[InView, str, int] | None = None

    # --- for subclasses ------------------------------------------------------------------------
    def body(self) -> ComposeResult:
        """The widgets between the bars."""
        yield from ()

    def refresh_view(self) -> None:
        """The book is open and role, period, language, targets or data are new: show them."""

    def computed(self, key: str, result: Any) -> None:
        """An answer to `compute(key, …)`."""

    def failed(self, _key: str, error: BaseException) -> None:
        """`compute(_key, …)` ended with an error; the default says it."""
        self.kpi.say_error(error)

    def shown(self) -> View | None:
        """What stands on the screen, for a file; None while there is nothing to send."""
        return None

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

    def compute(self, key: str, question: BookQuestion[Any]) -> None:
        """Ask the book on the computing thread; `computed` or `failed` is called with the answer."""
        self.kpi.jobs.submit(self, key, asking(question, self.open_book))
        self.status.progress = (_("computing"), 0, 0)

    def explain(self, metric: str, period: Period) -> None:
        """Ask where a number comes from; `computed("explain", …)` gets the Explanation."""
        self.compute("explain", ExplainQuestion(metric, period))

    def say(self, text: str, kind: str = "info") -> None:
        """One sentence in the status line; kind: info, done, warning, error."""
        self.status.say(text, kind)

    @property
    def status(self) -> StatusLine:
        """The status line."""
        return self.query_one(StatusLine)

    # --- the frame -----------------------------------------------------------------------------
    def compose(self) -> ComposeResult:
        """Bars around the body, and a sentence for terminals that are too small."""
        yield TopBar()
        with Vertical(id="body"):
            yield from self.body()
        yield Prompt()
        yield StatusLine()
        yield HintBar()
        yield Static(id="too-small", markup=False)

    def on_mount(self) -> None:
        """Give the bars what they show."""
        self.query_one(TopBar).mode = self.SCOPE
        self.query_one(TopBar).keymap = self.query_one(HintBar).keymap = self.kpi.options.keymap
        self.query_one(HintBar).scope = self.SCOPE
        if self.book is None:
            self.status.progress = (_("reading the workspace"), 0, 0)
        self.refresh_if_new()

    def on_screen_resume(self) -> None:
        """Catch up with what changed while another screen was shown."""
        self.refresh_if_new()

    def refresh_if_new(self) -> None:
        """Call `refresh_view` when role, period, language or data are not those shown."""
        now = (self.view, self.kpi.language, self.kpi.revision)
        if self.book is None or self.view.period is None or now == self._seen or not self.is_mounted:
            return
        if self._seen is None:
            self.status.progress = None
        self._seen = now
        self.query_one(TopBar).workspace = self.book.workspace.name.get(self.kpi.language)
        for bar in (self.query_one(TopBar), self.query_one(HintBar)):
            bar.refresh()
        self.refresh_view()

    def on_resize(self) -> None:
        """Keep the sentence for too small terminals in the language in force."""
        self.query_one("#too-small", Static).update(
            _("This terminal is too small: kpi-tui needs {width}×{height}.", width=MIN_WIDTH, height=MIN_HEIGHT)
        )

    # --- answers -------------------------------------------------------------------------------
    @on(JobProgress)
    def _job_progress(self, message: JobProgress) -> None:
        message.stop()
        if self.kpi.jobs.is_current(message.job):
            self.status.progress = (message.what, message.done, message.total)

    @on(JobDone)
    def _job_done(self, message: JobDone) -> None:
        message.stop()
        if self.kpi.jobs.close(message.job):
            self.status.progress = None
            self.computed(message.job.key, message.result)

    @on(JobFailed)
    def _job_failed(self, message: JobFailed) -> None:
        message.stop()
        if not self.kpi.jobs.close(message.job):
            return
        self.status.progress = None
        if message.error is not None:
            self.failed(message.job.key, message.error)

    # --- commands every screen has -------------------------------------------------------------
    def action_cancel(self) -> None:
        """Stop the computing of this screen; else give the order of its rows up."""
        if self.kpi.jobs.cancel(self):
            self.status.progress = None
            self.say(_("Stopped. F5 computes again."), "warning")
        else:
            unsort(self.kpi, self.sheet_in_use())

    def action_sort(self) -> None:
        """By a column, the other way round, as it came."""
        sort_sheet(self.kpi, self.sheet_in_use())

    def action_export(self) -> None:
        """Write what stands on the screen to a file."""
        from kpi_tui.tui.exporting import export_view

        shown = self.shown()
        if shown is None or self.book is None:
            self.say(_("There is nothing to export yet."))
        else:
            export_view(self.kpi, self.book, shown, self.view.period)

    def action_copy_row(self) -> None:
        """The row under the cursor to the clipboard."""
        from kpi_tui.tui.copying import copy_row

        copy_row(self.kpi, self.sheet_in_use())

    def action_copy_sheet(self) -> None:
        """The whole sheet to the clipboard."""
        from kpi_tui.tui.copying import copy_sheet

        copy_sheet(self.kpi, self.sheet_in_use())

    def sheet_in_use(self) -> SheetTable | None:
        """The sheet with the cursor, else the first one that is shown."""
        for focused in (self.focused, self.prompt.before):
            if isinstance(focused, SheetTable):
                return focused
        return next((sheet for sheet in self.query(SheetTable) if sheet.display), None)

    def metric_here(self) -> str:
        """The metric under the cursor; empty when there is none."""
        return ""

    async def action_drivers(self) -> None:
        """What moved the number under the cursor."""
        metric = self.metric_here()
        if not metric:
            self.say(_("There is no metric here."))
            return
        self.kpi.look(metric=metric)
        await self.kpi.action_go("drivers")

    def action_find(self) -> None:
        """Ask what to find in the sheet."""
        self.prompt.ask(Question(_("Find"), self._find, self._query))

    def _find(self, text: str) -> str:
        self._query = text.strip()
        sheet = self.sheet_in_use()
        found = not self._query or (sheet is not None and sheet.find(self._query, 1, here=True))
        return "" if found else self._not_found()

    def action_find_next(self, step: int) -> None:
        """The next line that matches what was looked for (-1: the one before)."""
        sheet = self.sheet_in_use()
        if not self._query:
            self.say(_("Nothing was looked for yet; / finds."))
        elif sheet is None or not sheet.find(self._query, step):
            self.say(self._not_found())

    def _not_found(self) -> str:
        return _("“{text}” stands nowhere in this sheet.", text=clean(self._query))

    def action_reload(self) -> None:
        """Compute again."""
        self._seen = None
        self.refresh_if_new()

    def action_save(self) -> None:
        """Write pending edits; where a period is over a reason is asked for (R009)."""
        SaveDialog(self.kpi, self.kpi.session, self.prompt).start()

    # --- the question in one line --------------------------------------------------------------
    @property
    def prompt(self) -> Prompt:
        """The question above the status line."""
        return self.query_one(Prompt)

    @on(Prompt.Toggled)
    def _prompt_toggled(self) -> None:
        self.set_class(self.prompt.is_open, "-asking")

    @on(Prompt.Refused)
    def _prompt_refused(self, message: Prompt.Refused) -> None:
        self.say(message.why, "error")
