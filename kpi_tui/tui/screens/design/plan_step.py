"""Step 1 on the screen: parts of the plan opened, texts of the life cycle written, modules on and off."""

from __future__ import annotations

from kpi_tui.definitions.role import LifeStage
from kpi_tui.text.i18n import _
from kpi_tui.text.phrase import translate
from kpi_tui.text.terms import LIFE_STAGES
from kpi_tui.tui.overlays.table import TableOverlay
from kpi_tui.tui.screens.design.edits import DesignEdits, plain_text
from kpi_tui.tui.screens.design.known import KnownDesign
from kpi_tui.tui.screens.frame import KpiScreen
from kpi_tui.views.design.advice import told
from kpi_tui.views.design.plan import TEXTS, PlanRow, module_list, plan, plan_row
from kpi_tui.views.reasons import term
from kpi_tui.views.view import Sentence, View


class PlanStep:
    """The five dimensions, AARRR, the stages of a user's life, the modules."""

    id = "plan"
    pane = True
    keys = frozenset(("design.edit", "design.take"))

    def __init__(self, screen: KpiScreen, known: KnownDesign, edits: DesignEdits) -> None:
        self._screen, self._known, self._edits = screen, known, edits

    def view(self) -> View:
        """The plan."""
        return plan(self._known.space, self._known.state)

    def shown(self) -> None:
        """Nothing more is asked."""

    def metric(self, _row: str) -> str:
        """A row of the plan is no metric."""
        return ""

    def said(self, row: str) -> tuple[Sentence, ...]:
        """What is said of an empty dimension or an unwritten stage; a written text in full."""
        found = plan_row(row)
        if found is None:
            return ()
        if found.kind == "life":
            stage = self._known.space.stages.get(found.id, LifeStage(found.id))
            written = getattr(stage, found.text)
            missing = told(self._known.state.at("", f"stages.{found.id}"), self._known.space)
            return (Sentence(written), *missing) if written.both() else missing
        return told(self._known.state.at("", f"dimensions.{found.id}"), self._known.space)

    def about(self, row: str) -> View | None:
        """The metrics of a part of the plan."""
        found = plan_row(row)
        return (
            None if found is None or found.kind == "life" else module_list(found, self._known.space, self._known.state)
        )

    def why_not(self, command: str, row: str) -> str:
        """Texts are edited, modules switched."""
        found = plan_row(row)
        if command == "design.edit" and (found is None or found.kind not in ("life", "module")):
            return _("Only the texts of the life cycle and the modules are edited here.")
        if command == "design.take" and (found is None or found.kind != "module"):
            return _("Only a module can be switched on and off.")
        if command == "design.remove" and (found is None or found.kind != "life"):
            return _("There is no text to take out here.")
        return ""

    # --- commands ----------------------------------------------------------------------------------
    def open_row(self, row: str) -> None:
        """The metrics of a part; a text to write."""
        found = plan_row(row)
        if found is not None and found.kind == "life":
            self.edit(row)
        elif found is not None:
            shown = module_list(found, self._known.space, self._known.state)
            self._screen.kpi.push_screen(TableOverlay(shown.sheets[0], _("↑↓ scroll   Esc back")))

    def edit(self, row: str) -> None:
        """Write a text of a stage; switch a module."""
        found = plan_row(row)
        if found is None or found.kind != "life":
            self.take(row)
            return
        stage = term(LIFE_STAGES, found.id)
        label = f"{translate(stage)} · {translate(term(TEXTS, found.text))}"
        self._edits.ask(
            label, self._edits.text_of(self._texts(found)[found.text]), lambda text: self._write(found, text)
        )

    def _texts(self, row: PlanRow) -> dict[str, object]:
        """The three texts of a stage as TOML holds them, the shipped ones where the workspace has none of its own."""
        own = self._edits.value(("stages", row.id))
        if own:
            return {part: own.get(part) for part in TEXTS}
        stage = self._known.space.stages.get(row.id, LifeStage(row.id))
        return {part: plain_text(getattr(stage, part)) or None for part in TEXTS}

    def _write(self, row: PlanRow, typed: str) -> str:
        """A stage is written whole: an own one keeps nothing of the shipped one."""
        texts = self._texts(row)
        texts[row.text] = self._edits.with_text(texts[row.text], typed)
        self._edits.set(("stages", row.id), {part: text for part, text in texts.items() if text} or None)
        return ""

    def clear(self, row: str) -> None:
        """Take the text out."""
        found = plan_row(row)
        if found is not None:
            self._write(found, "")

    def take(self, row: str) -> None:
        """Switch a module on or off."""
        found, off = plan_row(row), self._known.space.modules_off
        if found is not None:
            now = off - {found.id} if found.id in off else off | {found.id}
            self._edits.set(("modules", "off"), sorted(now) or None)
