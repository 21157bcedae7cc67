"""Two people at one cell: both sides, and a choice for each (architecture, Edits)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from kpi_tui.definitions.period import Period
from kpi_tui.definitions.target import Target, TargetKey
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.format import number
from kpi_tui.text.i18n import _
from kpi_tui.tui.cell_names import target_name, target_unit
from kpi_tui.tui.overlays.overlay import Overlay
from kpi_tui.tui.screens.targets.rows import row_key
from kpi_tui.tui.screens.targets.words import moment
from kpi_tui.tui.widgets.cells import Cell, Row
from kpi_tui.tui.widgets.columns import Column
from kpi_tui.tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from kpi_tui.book import Book


@dataclass(frozen=True, slots=True)
class Clash:
    """A cell that two people changed: what both saw first, what the other saved, what I typed."""

    period: str
    key: TargetKey
    base: float | None
    mine: float | None
    theirs: Target | None


MINE, THEIRS = "mine", "theirs"
Choices = Mapping[tuple[str, TargetKey], str]


def clashes_of(book: Book) -> list[Clash]:
    """Unsaved cells whose saved value is no longer the one their editor saw."""
    found: list[Clash] = []
    for (period, key), (base, mine) in book.targets.pending().items():
        theirs = book.targets.saved(Period.parse(period)).get(key)
        if (theirs.value if theirs else None) != base:
            found.append(Clash(period, key, base, mine, theirs))
    return found


def settle(book: Book, choices: Choices) -> None:
    """Tell the book which side stands."""
    for (period, key), side in choices.items():
        decide = book.targets.keep_mine if side == MINE else book.targets.take_theirs
        decide(Period.parse(period), key)


class ConflictScreen(Overlay[Choices]):
    """Both sides of every contested cell; answers the choices, None to go on editing."""

    BINDINGS: ClassVar[list[Any]] = [
        ("escape,q", "close", ""),
        ("m", "choose('mine')", ""),
        ("t", "choose('theirs')", ""),
        ("M", "choose_all('mine')", ""),
        ("T", "choose_all('theirs')", ""),
        ("w", "save", ""),
    ]
    AUTO_FOCUS = "Sheet"

    def __init__(self, clashes: Sequence[Clash], workspace: Workspace) -> None:
        super().__init__()
        self._clashes, self._workspace = clashes, workspace
        self._choice: dict[tuple[str, TargetKey], str] = {}

    def compose(self) -> ComposeResult:
        """Title, both sides, keys."""
        title = _("Somebody else changed the same targets. Nothing was saved; your edits are kept.")
        yield Static(Content(title), id="title")
        columns = [
            Column("metric", _("Metric"), flex=2, least=12),
            Column("was", _("Was"), most=12, right=True),
            Column("mine", _("Mine"), most=12, right=True),
            Column("theirs", _("Theirs"), most=12, right=True),
            Column("who", _("Who"), flex=1, least=8),
            Column("choice", _("Keep"), width=8),
        ]
        yield Sheet(columns, [self._row(clash) for clash in self._clashes])
        yield Static(Content(_("m mine   t theirs   (M T for all)   w save   Esc go on editing")), id="foot")

    def _row(self, clash: Clash) -> Row:
        unit = target_unit(self._workspace, clash.key)
        choice = self._choice.get((clash.period, clash.key), "")
        theirs = clash.theirs
        who = " ".join((theirs.by, moment(theirs.at), theirs.why)) if theirs else ""
        return Row(
            f"{clash.period} {row_key(clash.key)}",
            (
                Cell(target_name(self._workspace, clash.key)),
                Cell(number(clash.base, unit), "muted"),
                Cell(number(clash.mine, unit), "strong" if choice == MINE else ""),
                Cell(number(theirs.value if theirs else None, unit), "strong" if choice == THEIRS else ""),
                Cell(who, "muted"),
                Cell({MINE: "● " + _("mine"), THEIRS: "● " + _("theirs")}.get(choice, "?"), "changed"),
            ),
        )

    def action_choose(self, side: str) -> None:
        """Keep one side of the cell under the cursor and go to the next."""
        sheet = self.query_one(Sheet)
        for clash in self._clashes:
            row = self._row(clash)
            if row.key == sheet.row_key:
                self._choice[clash.period, clash.key] = side
                sheet.update_row(self._row(clash))
        sheet.action_move(1)

    def action_choose_all(self, side: str) -> None:
        """Keep one side of every cell."""
        sheet = self.query_one(Sheet)
        for clash in self._clashes:
            self._choice[clash.period, clash.key] = side
            sheet.update_row(self._row(clash))

    @on(Sheet.Selected)
    def _turn(self) -> None:
        """Enter: the other side."""
        sheet = self.query_one(Sheet)
        for clash in self._clashes:
            if self._row(clash).key == sheet.row_key:
                now = self._choice.get((clash.period, clash.key))
                self._choice[clash.period, clash.key] = THEIRS if now == MINE else MINE
                sheet.update_row(self._row(clash))

    def action_save(self) -> None:
        """Answer when every cell is decided."""
        open_ = sum((clash.period, clash.key) not in self._choice for clash in self._clashes)
        if open_:
            text = _("Choose m or t for every line first; {count} are open.", count=open_)
            self.query_one("#foot", Static).update(Content(text))
            return
        self.dismiss(dict(self._choice))
