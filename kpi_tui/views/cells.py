"""Cells of a sheet: each says what it is (a text, a number, a share of a target …), never how it is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from math import isfinite
from typing import Literal

from kpi_tui.definitions.answers.value import Reason, Value
from kpi_tui.definitions.attainment_state import State
from kpi_tui.definitions.quantity import Quantity
from kpi_tui.text.format import AMOUNT, DASH, DOWN, FLAT, UP, decimals
from kpi_tui.text.phrase import Word, joined

Tone = Literal["", "muted", "strong", "good", "near", "weak", "changed"]
"""How a cell or a sentence is meant; a glyph or a word always says the same beside it."""

Plain = str | int | float | bool | None
"""What a csv file or a spreadsheet keeps of a cell."""


class Exact(Enum):
    """What a text cell leaves in a csv file, when that is not named."""

    AS_SHOWN = "as shown"


@dataclass(frozen=True, slots=True)
class TextCell:
    """Words. `exact`: what csv keeps instead of them: an id, a code, other words, nothing."""

    word: Word = ""
    tone: Tone = ""
    exact: Plain | Word | Exact = Exact.AS_SHOWN


@dataclass(frozen=True, slots=True)
class NumberCell:
    """A value in its unit, or none and why.

    `before` and `after`: marks beside it (✎ not saved, ¹ held at 100 %); `of`: what it is out of (`0.88 / 2`);
    `blank`: nothing instead of a dash where it is not known; `signed`, `digits`, `below`: as in `Quantity`; `partial`:
    its period is not over; `late`: its data begin later; `doubtful`: something is to be said of it (`views/doubts.py`).
    `shade`: how dark a heat map is behind it (0–1); `pending`: a dot instead of nothing: it is still to come;
    `compact`: `1.2m`, `12.3万` where a screen says it.
    """

    value: float | None
    unit: str = "count"
    tone: Tone = ""
    reason: Reason | None = None
    partial: bool = False
    late: bool = False
    doubtful: bool = False
    blank: bool = False
    signed: bool = False
    digits: int | None = None
    below: float | None = None
    before: str = ""
    after: str = ""
    of: float | None = None
    shade: float | None = None
    pending: bool = False
    compact: bool = False


@dataclass(frozen=True, slots=True)
class ChangeCell:
    """A change against something, with an arrow: relative (0.1 = up by a tenth), of a rate in percentage points
    (`unit` pp), of a score in `points`.

    `spaced`: it keeps its spaces where it is told briefly; `after`: the mark behind it.
    """

    value: float | None
    tone: Tone = ""
    points: bool = False
    digits: int = 1
    blank: bool = False
    spaced: bool = False
    unit: str = "percent"
    after: str = ""


@dataclass(frozen=True, slots=True)
class AttainmentCell:
    """The share of a target that was reached, 1 = met; told so that a near miss never reads as met."""

    share: float | None
    tone: Tone = ""
    blank: bool = False
    mark: str = ""


@dataclass(frozen=True, slots=True)
class BarCell:
    """A share from 0 to 1 as a bar; `target`: 1 is a mark inside the bar, and more than 1 goes past it."""

    share: float | None
    tone: Tone = ""
    target: bool = False


@dataclass(frozen=True, slots=True)
class SignedBarCell:
    """A bar left (below zero) or right of an axis; `most` fills a side."""

    value: float | None
    most: float
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a series: its period, its value and target where known; `partial`: the period is not over.

    `mark`: what stands below it on a chart, as the festivals in the period.
    """

    period: str
    value: float | None
    target: float | None = None
    partial: bool = False
    mark: Word = ""


@dataclass(frozen=True, slots=True)
class Series:
    """Values over time, oldest first, in one unit; `band`: lowest and highest usual value, where that is known."""

    points: tuple[Point, ...] = ()
    unit: str = "count"
    band: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class SparkCell:
    """A series in a few cells."""

    series: Series
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class StateCell:
    """How a line stands: ● on target, ◐ near, ○ weak, ◌ unknown, or nothing to judge; `code`: what csv keeps of it."""

    state: State
    tone: Tone | None = None
    code: str = ""

    @property
    def colour(self) -> Tone:
        """The tone of the state, unless another was asked for."""
        tones: dict[State, Tone] = {"on_target": "good", "near": "near", "weak": "weak", "unknown": "muted", "none": ""}
        return tones[self.state] if self.tone is None else self.tone


Cell = TextCell | NumberCell | ChangeCell | AttainmentCell | BarCell | SignedBarCell | SparkCell | StateCell


def text(word: Word | None, tone: Tone = "", exact: Plain | Word | Exact = Exact.AS_SHOWN) -> TextCell:
    """A cell of words; None is empty."""
    return TextCell("" if word is None else word, tone, exact)


def of_value(value: Value, tone: Tone = "") -> NumberCell:
    """The cell of a value, with its marks or its reason."""
    shown: Tone = tone or ("muted" if value.value is None else "")
    return replace(marked(value), tone=shown, reason=value.reason)


def marked(value: Value) -> NumberCell:
    """The number and its marks, for a sheet that says elsewhere why there is none."""
    known = value.value is not None
    doubtful = known and bool(value.left_out or value.notes)
    return NumberCell(finite(value.value), value.unit, partial=value.partial, late=value.late, doubtful=doubtful)


def without_sign(cell: NumberCell) -> NumberCell:
    """An amount whose currency stands beside it: its sign would take the room of names."""
    return replace(cell, unit=AMOUNT) if cell.unit == "currency" else cell


def series(values: Sequence[Value], unit: str = "") -> Series:
    """A series of values of one metric; a period that is not over is marked."""
    points = tuple(Point(value.period.axis, finite(value.value), partial=value.partial) for value in values)
    return Series(points, unit or (values[-1].unit if values else "count"))


def whole_values(of: Series) -> list[float]:
    """The known values of the periods that are over: they make the axis of a trend."""
    return [value for point in of.points if (value := finite(point.value)) is not None and not point.partial]


def change_cell(
    moved: Quantity | None, tone: Tone = "", *, blank: bool = False, spaced: bool = False, after: str = ""
) -> ChangeCell:
    """A change as `definitions/quantity.py:changed` tells it."""
    value, unit = (finite(moved.value), moved.unit) if moved else (None, "percent")
    return ChangeCell(value, tone, blank=blank, spaced=spaced, unit=unit, after=after)


def change_word(moved: Quantity | None) -> Word:
    """The same in a sentence: `▼ 27.8 pp`; a dash when unknown."""
    if moved is None or moved.value is None or not isfinite(moved.value):
        return DASH
    size = Quantity(abs(moved.value), moved.unit, digits=1)
    flat = decimals(abs(moved.value) * 100, 1) == "0.0"
    return joined(FLAT if flat else UP if moved.value > 0 else DOWN, size, between=" ")


def finite(value: float | None) -> float | None:
    """The number itself; None for what no answer may hold (R002)."""
    return value if value is not None and isfinite(value) else None
