"""What moved a number: every factor with its part of the change, as a waterfall; then the tree (spec R164–R166)."""

from __future__ import annotations

from collections.abc import Sequence

from kpi_tui.definitions.answers.drivers import Driver, Drivers
from kpi_tui.definitions.quantity import Quantity
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.format import DOWN, FLAT, UP
from kpi_tui.text.phrase import Word, is_empty, joined, phrase
from kpi_tui.views.causes.tree import branch_data, tree_sheet
from kpi_tui.views.causes.waterfall import waterfall
from kpi_tui.views.cells import Cell, FloatingBarCell, NumberCell, finite, text
from kpi_tui.views.names import factor_name, metric_name
from kpi_tui.views.reasons import reason
from kpi_tui.views.view import Column, Row, Sentence, Sheet, View, sheet

BAR = 24
"""Cells of the waterfall."""
FACTOR, TOTAL = "factor ", "total "
UNKNOWN = "◌"


def drivers(answer: Drivers, space: Workspace) -> View:
    """The waterfall, and the tree where there is one; what is said stands under the first of them."""
    said = sentences(answer, space)
    sheets = (waterfall_sheet(answer, space, said),) if answer.drivers else ()
    if answer.tree is not None:
        sheets = (*sheets, tree_sheet(answer.tree, space, () if sheets else said))
    return View(sentences=() if sheets else said, sheets=sheets, data=drivers_data(answer))


def waterfall_sheet(answer: Drivers, space: Workspace, notes: Sequence[Sentence] = ()) -> Sheet:
    """From the total of one period over every factor to that of the other."""
    bars = _bars(answer)
    edge = bars[0].edge if bars else 0.0
    cut = phrase("The bars begin at {value}.", value=Quantity(edge, answer.now.unit)) if edge > 0 else ""
    cells: Sequence[Cell] = bars or [text("")] * (len(answer.drivers) + 2)
    rows = [_total(answer.against.id, answer.before.value, answer, cells[0])]
    rows += [_factor(one, answer, space, bar) for one, bar in zip(answer.drivers, cells[1:-1], strict=True)]
    rows.append(_total(answer.period.id, answer.now.value, answer, cells[-1]))
    title = joined(metric_name(space, answer.now.metric), f"{answer.against.id} → {answer.period.id}")
    return sheet(_columns(answer), rows, title, [*notes, cut], key="factors")


def _columns(answer: Drivers) -> list[Column]:
    return [
        Column("factor", phrase("Factor")),
        Column("before", answer.against.id, right=True),
        Column("after", answer.period.id, right=True),
        Column("contribution", phrase("Contribution"), right=True),
        Column("share", phrase("Share"), right=True, drop=2),
        Column("check", "LMDI", right=True, drop=3),
        Column("waterfall", width=BAR, drop=1),
        Column("id", hidden=True),
    ]


def _bars(answer: Drivers) -> list[FloatingBarCell]:
    """None where a part is not known: what hangs in the air would mislead."""
    steps = [one.contribution for one in answer.drivers if one.contribution is not None]
    if answer.before.value is None or len(steps) < len(answer.drivers):
        return []
    return waterfall(answer.before.value, steps)


def _factor(driver: Driver, answer: Drivers, space: Workspace, bar: Cell) -> Row:
    own, whole = factor_unit(space, driver.factor), answer.now.unit
    cells: tuple[Cell, ...] = (
        text(factor_name(space, driver.factor)),
        NumberCell(finite(driver.before), own),
        NumberCell(finite(driver.after), own),
        NumberCell(finite(driver.contribution), whole, signed=True),
        NumberCell(finite(driver.share(answer.change)), "percent"),
        NumberCell(finite(driver.check), whole, signed=True),
        bar,
        text(driver.factor),
    )
    return Row(FACTOR + driver.factor, cells)


def _total(label: str, value: float | None, answer: Drivers, bar: Cell) -> Row:
    total, blank = NumberCell(finite(value), answer.now.unit), text("")
    return Row(f"{TOTAL}{label}", (text(label), blank, blank, total, blank, blank, bar, blank), total=True)


def factor_unit(space: Workspace, factor: str) -> str:
    """The unit of a metric; base measures are counted."""
    return space.metrics[factor].unit if factor in space.metrics else "count"


# --- what is said ------------------------------------------------------------------------------------
def sentences(answer: Drivers, space: Workspace) -> tuple[Sentence, ...]:
    """What moved the number most, and how the change was split; or why that cannot be told."""
    most = _moved_most(answer, space) or _why(answer, space)
    method = _method(answer, space) if answer.drivers or answer.reason else ""
    told = [Sentence(most, key="advice"), Sentence("" if method == most else method, key="method")]
    return tuple(sentence for sentence in told if not is_empty(sentence.word))


def arrow(value: float | None) -> str:
    """▲, ▼ or ▬; nothing while unknown."""
    return "" if value is None else UP if value > 0 else DOWN if value < 0 else FLAT


def _moved_most(answer: Drivers, space: Workspace) -> Word:
    known = [driver for driver in answer.drivers if driver.contribution]
    if not known or answer.change is None:
        return ""
    first = max(known, key=lambda driver: abs(driver.contribution or 0.0))
    told = phrase(
        "{subject} changed by {whole}; {factor} moved it most: {part}.",
        subject=metric_name(space, answer.now.metric),
        whole=Quantity(answer.change, answer.now.unit, signed=True),
        factor=factor_name(space, first.factor),
        part=Quantity(first.contribution, answer.now.unit, signed=True),
    )
    return joined(arrow(answer.change), told, between=" ")


def _why(answer: Drivers, space: Workspace) -> Word:
    name = metric_name(space, answer.now.metric)
    for value in (answer.now, answer.before):
        if value.value is None:
            why = reason(value.reason, value.detail)
            told = phrase("{metric} has no number in {period}: {why}", metric=name, period=value.period.id, why=why)
            return joined(UNKNOWN, told, between=" ")
    if answer.change == 0:
        return joined(FLAT, phrase("{metric} did not change.", metric=name), between=" ")
    return _reason(answer) if answer.reason else ""


def _reason(answer: Drivers) -> Word:
    return joined(UNKNOWN, answer.detail or reason(answer.reason), between=" ")


def _method(answer: Drivers, space: Workspace) -> Word:
    """How the change was split, and what does not fit that."""
    if answer.reason is not None:
        return _reason(answer)
    if answer.method == "substitution":
        order = joined(*(factor_name(space, factor) for factor in answer.order), between=" → ")
        return phrase("Sequential substitution in the order {order}; another order gives other parts.", order=order)
    if answer.method == "lmdi":
        return phrase("LMDI: each product is split by its logarithmic mean.")
    check = phrase("{sentence}.", sentence=answer.check_detail) if answer.check_detail else ""
    return joined(phrase("Shapley: the mean effect of each factor over all orders."), check, between=" ")


# --- data --------------------------------------------------------------------------------------------
def drivers_data(answer: Drivers) -> dict[str, object]:
    """The JSON: every factor with its contribution; they sum to `change`."""
    return {
        "subject": answer.subject,
        "metric": answer.now.metric,
        "period": answer.period.id,
        "against": answer.against.id,
        "method": answer.method,
        "order": list(answer.order) if answer.method == "substitution" else None,
        "formula": answer.formula,
        "unit": answer.now.unit,
        "before": finite(answer.before.value),
        "after": finite(answer.now.value),
        "change": finite(answer.change),
        "drivers": [_driver_data(driver, answer.change) for driver in answer.drivers],
        "reason": answer.reason.value if answer.reason else None,
        "detail": answer.detail,
        "check_detail": answer.check_detail,
        "tree": branch_data(answer.tree) if answer.tree else None,
    }


def _driver_data(driver: Driver, change: float | None) -> dict[str, object]:
    return {
        "factor": driver.factor,
        "before": finite(driver.before),
        "after": finite(driver.after),
        "contribution": finite(driver.contribution),
        "share": finite(driver.share(change)),
        "check": finite(driver.check),
    }
