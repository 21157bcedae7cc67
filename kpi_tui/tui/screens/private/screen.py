"""The private domain: does it stand, which factor moved, how are its steps against their bands (spec chapter 4)."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from kpi_tui.definitions.answers.private_domain import PrivateDomain
from kpi_tui.definitions.issue import KpiError
from kpi_tui.definitions.text import Text
from kpi_tui.text.clean import clean, fit, width
from kpi_tui.text.i18n import _, language, told
from kpi_tui.text.phrase import translate
from kpi_tui.tui.cell_names import metric_name
from kpi_tui.tui.keys import PRIVATE, bindings
from kpi_tui.tui.overlays.explain import ExplainScreen
from kpi_tui.tui.overlays.overlay import TextOverlay
from kpi_tui.tui.screens.frame import KpiScreen
from kpi_tui.tui.screens.private import rows as private_rows
from kpi_tui.tui.widgets.field_list import FieldList
from kpi_tui.tui.widgets.sheet import Sheet
from kpi_tui.views.reasons import grain_name


class PrivateScreen(KpiScreen):
    """One sheet of parts: product, steps, assets, team, layers."""

    SCOPE = PRIVATE
    BINDINGS: ClassVar[list[Any]] = bindings(PRIVATE)
    AUTO_FOCUS = "#private"
    DEFAULT_CSS = """
    PrivateScreen #head { height: 1; padding: 0 1; text-style: bold; }
    PrivateScreen #advice { height: auto; max-height: 5; padding: 0 1; margin: 0 0 1 0; }
    PrivateScreen #private > .sheet--cell { text-style: bold; background: $panel; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._found: PrivateDomain | None = None

    def body(self) -> ComposeResult:
        """Head, findings, the parts."""
        yield Static(id="head", markup=False)
        yield Static(id="advice", markup=False)
        yield Sheet(private_rows.columns(), header=False, id="private")

    # --- following the book ------------------------------------------------------------------
    def refresh_view(self) -> None:
        """Another period or language; targets do not matter here."""
        book, period = self.book, self.view.period
        assert book is not None and period is not None
        if self._found is not None and self._found.period == period:
            self._show()
            return
        self._found = None
        self._show_head()
        self.compute("private", lambda progress: book.private.private_domain(period, progress=progress))

    def computed(self, key: str, result: Any) -> None:
        """The parts, or where a number comes from."""
        if self.book is None:
            return
        if key == "explain":
            self.app.push_screen(ExplainScreen(result, self.book.workspace))
        else:
            self._found = result
            self._show()

    def failed(self, key: str, error: BaseException) -> None:
        """The sentence stands where the numbers would."""
        if key == "private" and isinstance(error, KpiError):
            self.query_one("#private", Sheet).show(())
            self.query_one("#advice", Static).update(Content(clean(told(str(error)))))
            return
        super().failed(key, error)

    def action_reload(self) -> None:
        """Compute anew."""
        self._found = None
        super().action_reload()

    def _show_head(self) -> None:
        period = self.view.period
        assert period is not None
        right = f"‹ {period.id} ›  {translate(grain_name(period.grain))}"
        room = max(self.size.width - 2, 10)
        stage = private_rows.stage_words(self._found) if self._found else ""
        left = fit(" · ".join(filter(None, (_("Private domain"), stage))), max(room - width(right) - 1, 8))
        self.query_one("#head", Static).update(Content(fit(f"{left} {right}", room)))

    def _show(self) -> None:
        found, book = self._found, self.book
        if found is None or book is None:
            return
        self._show_head()
        lines = private_rows.findings(found)
        parts = [Content.assemble((clean(text), "bold $text-error" if bad else "")) for text, bad in lines]
        self.query_one("#advice", Static).update(Content("\n").join(parts))
        self.query_one("#private", Sheet).show(private_rows.rows(found, book.workspace))

    # --- commands ----------------------------------------------------------------------------
    @property
    def _metric(self) -> str:
        """The metric under the cursor; "" on other rows."""
        kind, _space, metric = self.query_one("#private", Sheet).row_key.partition(" ")
        return metric if f"{kind} " == private_rows.METRIC else ""

    def why_not(self, command: str) -> str:
        """Explaining needs a metric."""
        if why := super().why_not(command):
            return why
        if command in ("private.explain", "private.drivers") and not self._metric:
            return _("This row is no metric of the library.")
        return ""

    @on(Sheet.Selected, "#private")
    async def _enter(self) -> None:
        await self.kpi.action_command("private.explain")

    def action_explain(self) -> None:
        """Where a number comes from."""
        book, period, metric = self.book, self.view.period, self._metric
        assert book is not None and period is not None
        self.compute("explain", lambda _progress: book.numbers.explain(metric, period))

    async def action_drivers(self) -> None:
        """What moved this number."""
        self.kpi.look(metric=self._metric)
        await self.kpi.action_go("drivers")

    def action_cautions(self) -> None:
        """What to mind before building (R101), and what is missing."""
        book = self.book
        assert book is not None
        missing = self._found.missing if self._found else {}
        lacks = [f"{metric_name(book.workspace, id_)}: {lack}" for id_, lack in missing.items()]
        self.app.push_screen(CautionsScreen(book.private.cautions(), lacks))


class CautionsScreen(TextOverlay):
    """The checklist of cautions, and the metrics that want a table."""

    def __init__(self, cautions: tuple[Text, ...], lacks: list[str]) -> None:
        super().__init__()
        self._cautions, self._lacks = cautions, lacks

    def compose(self) -> ComposeResult:
        """Title, checklist, keys."""
        fields = [("☐" if text else "", text.get(language())) for text in self._cautions]
        fields += [(_("Missing") if not n else "", text) for n, text in enumerate(self._lacks)]
        yield Static(Content(_("Mind before you build")), id="title")
        with VerticalScroll():
            yield FieldList("", fields)
        yield Static(Content(_("↑↓ scroll   Esc back")), id="foot")
