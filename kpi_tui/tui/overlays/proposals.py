"""Proposed targets over the screen: looked through with their backtest, taken one by one or a basis for all lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from kpi_tui.definitions.answers.targets.target_proposal import Basis, LineProposal, RoleProposal
from kpi_tui.definitions.target import TargetKey
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.clean import clean
from kpi_tui.text.i18n import _, n_
from kpi_tui.text.phrase import translate
from kpi_tui.tui.overlays.overlay import Overlay
from kpi_tui.tui.widgets.sheet import SheetTable
from kpi_tui.views.targets.proposal_rows import proposal_rows, proposal_sentences, row_key
from kpi_tui.views.view import View

Chosen = Mapping[TargetKey, LineProposal]


@dataclass(frozen=True, slots=True)
class ProposalsSeen:
    """Where one was in the list: the line under the cursor and its basis, and which proposal of a line was taken."""

    key: TargetKey | None = None
    basis: Basis | None = None
    taken: Mapping[TargetKey, str] = field(default_factory=dict)


class ProposalScreen(Overlay[ProposalsSeen]):
    """Stays open while proposals are taken; answers where one was when all roles shall be shown, or one alone."""

    BINDINGS: ClassVar[list[Any]] = [
        ("escape,q", "close", ""),
        ("A", "keep_all", ""),
        ("tab", "next_place", ""),
    ]
    AUTO_FOCUS = "SheetTable"
    PATIENT = True
    DEFAULT_CSS = """
    ProposalScreen #told { height: auto; min-height: 4; max-height: 5; padding: 0 1; }
    ProposalScreen SheetTable > .sheet--cell { text-style: bold; background: $panel; }
    """

    def __init__(
        self, found: Sequence[RoleProposal], space: Workspace, take: Callable[[Chosen], int], seen: ProposalsSeen
    ) -> None:
        """`take` sets proposals as one step, and says how many targets it changed; `seen`: where to begin."""
        super().__init__()
        self._found, self._space, self._take, self._seen = found, space, take, seen
        self._taken: dict[TargetKey, str] = dict(seen.taken)

    def compose(self) -> ComposeResult:
        """Title, proposals, what the one under the cursor means, keys."""
        shown = proposal_rows(self._found, self._taken.values(), self._space)
        yield Static(Content(clean(translate(shown.title))), id="title")
        yield SheetTable(shown.columns, shown.rows)
        yield Static(id="told", markup=False)
        tab = _("Tab all roles") if len(self._found) == 1 else _("Tab this role alone")
        keys = _("Enter take   A this basis for all lines   {tab}   Esc done", tab=tab)
        yield Static(Content(keys), id="foot")

    def on_mount(self) -> None:
        """Begin at the line one comes from."""
        super().on_mount()
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        lines = [(row_key(_key(*pair), pair[1]), pair) for pair in self._pairs() if _key(*pair) == self._seen.key]
        same = (key for key, (_role, one) in lines if one.basis is self._seen.basis)
        self.query_one(SheetTable).go(next(same, lines[0][0] if lines else ""))

    def view_shown(self) -> View:
        """The sheet."""
        shown = proposal_rows(self._found, self._taken.values(), self._space)
        return View(shown.title, sheets=(shown,), name="proposals")

    # --- the proposal under the cursor ------------------------------------------------------------
    def _at(self, key: str) -> tuple[RoleProposal, LineProposal] | None:
        return next((pair for pair in self._pairs() if row_key(_key(*pair), pair[1]) == key), None)

    def _pairs(self) -> list[tuple[RoleProposal, LineProposal]]:
        return [(role, one) for role in self._found for one in role.lines]

    @on(SheetTable.Moved)
    def _moved(self, message: SheetTable.Moved) -> None:
        here = self._at(message.sheet.row_key)
        said = proposal_sentences(*here, self._space) if here else []
        self.query_one("#told", Static).update("\n".join(clean(translate(one)) for one in said))

    @on(SheetTable.Selected)
    def _choose(self, message: SheetTable.Selected) -> None:
        """Take it, and go on to the next line."""
        here = self._at(message.sheet.row_key)
        if here is None or here[1].value is None:
            self.say(_("There is nothing to take here."))
            return
        self._set({_key(*here): here[1]})
        following = [row.key for row in message.sheet.rows[message.sheet.cursor :]]
        metric = here[1].metric
        after = (key for key in following if (pair := self._at(key)) and pair[1].metric != metric)
        message.sheet.go(next((key for key in after if self._at(key)[1].basis is here[1].basis), ""))  # type: ignore[index]

    def action_keep_all(self) -> None:
        """The basis under the cursor for every line that it says something of."""
        here = self._at(self.query_one(SheetTable).row_key)
        if here is not None:
            self._set(self._by(here[1].basis))

    def _by(self, basis: Basis) -> Chosen:
        lines = ((role, one) for role, one in self._pairs() if one.basis is basis)
        return {_key(role, one): one for role, one in lines if one.value is not None}

    def _set(self, chosen: Chosen) -> None:
        count = self._take(chosen)
        self._taken |= {key: row_key(key, one) for key, one in chosen.items()}
        for row in proposal_rows(self._found, self._taken.values(), self._space).rows:
            self.query_one(SheetTable).update_row(row)
        told = n_(
            "Took {count} target over (then w writes, u takes it back).",
            "Took {count} targets over (then w writes, u takes them back).",
            count,
        )
        self.say(told if count else _("The targets stand like that already."))

    def action_next_place(self) -> None:
        """The role under the cursor, or all of them."""
        here = self._at(self.query_one(SheetTable).row_key)
        key, basis = (_key(*here), here[1].basis) if here else (self._seen.key, None)
        self.dismiss(ProposalsSeen(key, basis, self._taken))


def _key(role: RoleProposal, one: LineProposal) -> TargetKey:
    return TargetKey(role.role, one.metric)
