"""A block of cells copied from a spreadsheet, pasted into the sheet: what it fills, and what it cannot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kpi_tui.definitions.target import TargetKey
from kpi_tui.definitions.written.plain_word import CLEAR, NOTHING, plain
from kpi_tui.definitions.written.printed_amount import printed_amount
from kpi_tui.definitions.written.typed_amount import AmountError
from kpi_tui.text.i18n import _, n_
from kpi_tui.text.phrase import joined, translate
from kpi_tui.text.typed_amounts import doubt, possible
from kpi_tui.tui.edit_session import TARGETS
from kpi_tui.tui.overlays.table import TableOverlay
from kpi_tui.tui.screens.frame import KpiScreen
from kpi_tui.tui.screens.targets.display import TargetsDisplay
from kpi_tui.tui.screens.targets.year import YearDisplay
from kpi_tui.views.edits.edited_cell import cell_at, cell_name, cell_unit
from kpi_tui.views.edits.pasted import RefusedCell, outside, refused_cells

Cells = dict[str, dict[TargetKey, float | None]]


@dataclass(frozen=True, slots=True)
class FilledBlock:
    """What a block fills, and its cells that it cannot fill."""

    cells: Cells
    refused: tuple[RefusedCell, ...]

    @property
    def count(self) -> int:
        """How many cells it fills."""
        return sum(map(len, self.cells.values()))


class PastedBlock:
    """Fills cells from the one under the cursor on: down the lines of its role, across the periods shown."""

    def __init__(self, screen: KpiScreen, here: Callable[[], TargetsDisplay | YearDisplay]) -> None:
        self._screen, self._here = screen, here

    def fill(self, text: str) -> None:
        """One step that undo takes back; what is refused is named and listed."""
        book, filled = self._screen.open_book, self._read(text)
        changed: list[int] = []
        if filled.count:
            self._screen.kpi.session.edit(TARGETS, lambda: changed.append(book.targets.set_all(filled.cells)))
        self._say(filled)
        if filled.refused:
            shown = refused_cells(filled.refused)
            self._screen.kpi.push_screen(TableOverlay(shown, _("Esc back")), lambda _key: None)

    def _say(self, filled: FilledBlock) -> None:
        told = n_(
            "Filled {count} cell; w writes, u takes it back.",
            "Filled {count} cells; w writes, u takes them back.",
            filled.count,
        )
        said = [told]
        if filled.refused:
            first = filled.refused[0]
            why = _("{name}: {why}", name=translate(first.place), why=translate(first.why))
            said.append(n_("{count} refused: {why}", "{count} refused, the first: {why}", len(filled.refused), why=why))
        self._screen.say(" ".join(said), "warning" if filled.refused else "done")

    def _read(self, text: str) -> FilledBlock:
        here = self._here()
        lines, across = self._lines(), here.across
        cells: Cells = {}
        refused: list[RefusedCell] = []
        for down, row in enumerate(text.rstrip("\r\n").splitlines()):
            for right, written in enumerate(row.split("\t")):
                if plain(written) in NOTHING:
                    continue
                key = lines[down] if down < len(lines) else None
                period = across[right] if right < len(across) else None
                if key is None or period is None:
                    refused.append(outside(down, right, written, below=key is None))
                    continue
                try:
                    cells.setdefault(period.id, {})[key] = self._number(written, key)
                except AmountError as error:
                    place = joined(cell_name(self._screen.open_book.workspace, key), period.id, between=" ")
                    refused.append(RefusedCell(place, written, str(error)))
        return FilledBlock(cells, tuple(refused))

    def _lines(self) -> list[TargetKey]:
        """The lines of the role under the cursor, from it on."""
        sheet, here = self._here().sheet, self._here().key
        keys = [cell_at(row.key) for row in sheet.rows[sheet.cursor :]]
        return [key for key in keys if key is not None and here is not None and key.role == here.role]

    def _number(self, written: str, key: TargetKey) -> float | None:
        if plain(written) in CLEAR:
            return None
        unit = cell_unit(self._screen.open_book.workspace, key)
        value = possible(printed_amount(written, unit), unit)
        if doubtful := doubt(written.strip().lstrip("-−(+"), value, unit):
            raise AmountError(_("{doubt}; type it, if it is meant.", doubt=doubtful))
        return value
