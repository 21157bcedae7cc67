"""A typed cell as text in terminal cells, in the language in force; and what a file of numbers keeps of it."""

from __future__ import annotations

from functools import lru_cache
from math import ceil

from kpi_tui.definitions.change import POINTS
from kpi_tui.definitions.quantity import Quantity
from kpi_tui.text import format as fmt
from kpi_tui.text.drawn_bars import marked, sided
from kpi_tui.text.i18n import language
from kpi_tui.text.marks_behind_numbers import marks as marks_behind
from kpi_tui.text.number_form import NumberForm, number_form
from kpi_tui.text.phrase import translate
from kpi_tui.text.reasons import short_reason
from kpi_tui.text.sparks import spark
from kpi_tui.text.state_signs import STATE_SIGNS
from kpi_tui.views.cells import (
    AttainmentCell,
    BarCell,
    Cell,
    ChangeCell,
    Exact,
    NumberCell,
    Plain,
    SignedBarCell,
    SparkCell,
    StateCell,
    TextCell,
    Tone,
    finite,
)

SHADES = 5
"""Steps of a heat map."""
PENDING = "·"
"""A number that is still to come, where there is no room for a reason."""
BAR = 9
"""Cells of a bar whose column names no width."""


def drawn(cell: Cell, cells: int = 0, brief: bool = False) -> str:
    """The text of a cell; bars fill `cells` terminal cells, `brief` is how a screen says numbers. Raw: clean it."""
    return _drawn(cell, cells, brief, language(), number_form())


@lru_cache(maxsize=8192)
def _drawn(cell: Cell, cells: int, brief: bool, _language: str, _form: NumberForm) -> str:
    match cell:
        case TextCell():
            return translate(cell.word, brief)
        case NumberCell():
            return _number(cell, brief)
        case ChangeCell():
            return _change(cell, brief)
        case AttainmentCell():
            if cell.share is None and cell.blank:
                return ""
            return fmt.attained(cell.share, 0 if brief else 1) + cell.mark
        case BarCell():
            if cell.share is None and not cell.target:
                return ""
            return marked(cell.share, cells or BAR) if cell.target else fmt.rule(cell.share, cells or BAR)
        case SignedBarCell():
            return sided(cell.value, cell.most, ((cells or BAR) - 1) // 2)
        case SparkCell():
            return _spark(cell)
        case StateCell():
            return STATE_SIGNS[cell.state]


def tail(cell: Cell) -> str:
    """What stands behind the digits of a number: what it is out of (`0.88 / 2`), and its marks."""
    if isinstance(cell, ChangeCell):
        return cell.after if cell.value is not None else ""
    if not isinstance(cell, NumberCell) or (cell.value is None and cell.blank):
        return ""
    out_of = f" / {fmt.plain(cell.of)}" if cell.of is not None else ""
    return out_of + cell.after + ("" if cell.value is None else marks_behind(cell.partial, cell.late, cell.doubtful))


def marks(cell: Cell) -> str:
    """The marks before and behind a number, without the number: a spreadsheet keeps them in a cell of their own."""
    if isinstance(cell, ChangeCell):
        return tail(cell)
    if not isinstance(cell, NumberCell) or cell.value is None:
        return ""
    behind = marks_behind(cell.partial, cell.late, cell.doubtful)
    return "".join(mark.strip() for mark in (cell.before, cell.after, behind))


def tone(cell: Cell) -> Tone:
    """How a cell is meant."""
    return cell.colour if isinstance(cell, StateCell) else cell.tone


def shade(cell: Cell) -> int:
    """How dark the heat map is behind a number: 0 (none) to SHADES."""
    part = finite(cell.shade) if isinstance(cell, NumberCell) and cell.shade is not None else None
    return 0 if part is None else min(max(ceil(part * SHADES), 0), SHADES)


def exact(cell: Cell) -> Plain:
    """What csv and spreadsheets keep: the exact number, a state by its id, text as shown unless it says otherwise."""
    match cell:
        case TextCell():
            kept = cell.word if isinstance(cell.exact, Exact) else cell.exact
            return kept if kept is None or isinstance(kept, int | float) else translate(kept)
        case NumberCell() | ChangeCell() | SignedBarCell():
            return finite(cell.value)
        case AttainmentCell() | BarCell():
            return finite(cell.share)
        case StateCell():
            return cell.code or cell.state
        case SparkCell():
            return None


def _number(cell: NumberCell, brief: bool) -> str:
    if cell.value is None:
        if cell.blank:
            return PENDING if cell.pending else ""
        return f"{cell.before}{fmt.DASH} {short_reason(cell.reason)}".rstrip() + tail(cell)
    wanted = Quantity(cell.value, cell.unit, cell.signed, cell.digits, cell.below)
    if brief and cell.compact and cell.digits is None:
        return f"{cell.before}{fmt.short(cell.value, cell.unit)}{tail(cell)}"
    if brief and cell.unit == POINTS:  # as a change of a rate is told: 个百分点 fills a column that others need
        points = Quantity(cell.value * 100, "count", cell.signed, 1 if cell.digits is None else cell.digits)
        return f"{cell.before}{fmt.quantity(points)} pp{tail(cell)}"
    return f"{cell.before}{fmt.quantity(wanted, brief)}{tail(cell)}"


def _change(cell: ChangeCell, brief: bool) -> str:
    if cell.value is None and cell.blank:
        return ""
    text = fmt.difference(cell.value, cell.digits) if cell.points else fmt.change(cell.value, cell.unit, brief)
    return (text.replace(" ", "") if brief and not cell.points and not cell.spaced else text) + tail(cell)


def _spark(cell: SparkCell) -> str:
    points = cell.series.points
    unfinished = [place for place, point in enumerate(points) if point.partial]
    # ▇, not █: a gap to the row above.
    return spark([point.value for point in points], gap="·", partial=unfinished).replace("█", "▇")
