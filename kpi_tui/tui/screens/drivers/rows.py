"""What moved a number as rows: its factors with bars left or right of zero, and the metric tree (spec R164–R166)."""

from __future__ import annotations

from collections.abc import Iterator

from kpi_tui.definitions.answers.drivers import Branch, Driver, Drivers
from kpi_tui.definitions.answers.value import relative_change
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.format import DASH, DOWN, FLAT, UP, change, decimals, number, reason, shown, signed
from kpi_tui.text.i18n import N_, _, told
from kpi_tui.text.marks import sided
from kpi_tui.tui.cell_names import factor_name, metric_name, owner_name
from kpi_tui.tui.widgets.cells import Cell, Row
from kpi_tui.tui.widgets.columns import Column

HALF, WIDE_HALF = 6, 12
WIDE = 120
NAME = 22
METHODS = {"shapley": N_("Shapley"), "lmdi": "LMDI", "substitution": N_("substitution")}
FACTOR, NODE, TOTAL = "factor ", "node ", "total "


def columns(answer: Drivers, room: int) -> list[Column]:
    """Direction, factor, both periods, change, contribution with its bar; of a tree who is in charge."""
    owner = [Column("owner", _("In charge"), most=14, drop=4)] if answer.tree is not None else []
    return [
        Column("way", width=1),
        Column("factor", _("Factor"), least=NAME, flex=1),
        Column("before", answer.against.id, least=7, most=14, right=True, drop=3),
        Column("after", answer.period.id, least=7, most=14, right=True, drop=2),
        Column("change", _("Change"), least=7, most=10, right=True, drop=1),
        Column("part", _("Contribution"), least=7, most=14, right=True),
        Column("bar", width=2 * half(room) + 1, drop=3),
        *owner,
    ]


def half(room: int) -> int:
    """Cells of a bar on either side of zero."""
    return WIDE_HALF if room >= WIDE else HALF


def rows(answer: Drivers, space: Workspace, room: int) -> Iterator[Row]:
    """The factors, largest first as the book says, their sum; then the tree."""
    parts = [driver.contribution for driver in answer.drivers]
    most = max((abs(part) for part in (*parts, answer.change) if part is not None), default=0.0)
    for driver in answer.drivers:
        part = aligned(driver.contribution, most, answer.now.unit)
        yield _factor(driver, space, part, sided(driver.contribution, most, half(room)))
    if answer.drivers:
        whole = aligned(answer.change, most, answer.now.unit)
        yield _total(answer, space, whole, sided(answer.change, most, half(room)))
    if answer.tree is not None:
        title = _("Tree")
        yield Row("heading:tree", heading=f"── {title} ──")
        yield from _branches(answer.tree, space)


def _factor(driver: Driver, space: Workspace, part: str, bar: str) -> Row:
    unit = space.metrics[driver.factor].unit if driver.factor in space.metrics else ""
    moved = _relative(driver.before, driver.after)
    cells = (
        Cell(way(driver.contribution)),
        Cell(factor_name(space, driver.factor)),
        Cell(number(driver.before, unit or "count"), "muted"),
        Cell(number(driver.after, unit or "count")),
        Cell(_percent(moved), "muted"),
        Cell(part, "strong"),
        Cell(bar),
        Cell(),
    )
    return Row(FACTOR + driver.factor, cells)


def _total(answer: Drivers, space: Workspace, whole: str, bar: str) -> Row:
    cells = (
        Cell(way(answer.change), "strong"),
        Cell(f"= {metric_name(space, answer.now.metric)}", "strong"),
        Cell(shown(answer.before), "strong"),
        Cell(shown(answer.now), "strong"),
        Cell(_percent(relative_change(answer.before, answer.now)), "strong"),
        Cell(whole, "strong"),
        Cell(bar),
        Cell(),
    )
    return Row(TOTAL + answer.now.metric, cells)


def _branches(branch: Branch, space: Workspace, depth: int = 0, unit: str = "", first: bool = False) -> Iterator[Row]:
    """A node and below it its children, the one that moved most marked."""
    name = "  " * depth + ("» " if first else "") + metric_name(space, branch.now.metric)
    cells = (
        Cell(way(branch.change)),
        Cell(name, "strong" if first else ""),
        Cell(shown(branch.before, compact=True), "muted"),
        Cell(shown(branch.now, compact=True)),
        Cell(_percent(branch.change), "strong" if first else ""),
        Cell("" if branch.contribution is None else _signed(branch.contribution, unit)),
        Cell(),
        Cell(owner_name(space, branch.owner) if branch.owner else branch.period, "muted"),
    )
    yield Row(f"{NODE}{branch.node}", cells)
    for child in branch.children:
        yield from _branches(child, space, depth + 1, branch.now.unit, child is branch.moved_most)


def subject_of(key: str) -> str:
    """The metric or measure behind a row; "" for the total."""
    kind, _space, id_ = key.partition(" ")
    return "" if f"{kind} " == TOTAL else id_


def aligned(value: float | None, most: float, unit: str) -> str:
    """A contribution with as many decimals as the largest one, so that the digits stand below each other."""
    if value is None or unit not in ("count", "currency", "ratio"):
        return _signed(value, unit)
    digits = len(number(most, unit).partition(".")[2])
    return ("−" if value < 0 else "+") + decimals(abs(value), digits)


def way(value: float | None) -> str:
    """▲, ▼ or ▬; nothing while unknown."""
    return "" if value is None else UP if value > 0 else DOWN if value < 0 else FLAT


def _relative(before: float | None, after: float | None) -> float | None:
    return (after - before) / abs(before) if before and after is not None else None


def _percent(value: float | None) -> str:
    return change(value) if value is not None else ""


def _signed(value: float | None, unit: str) -> str:
    return DASH if value is None else signed(value, unit)


# --- sentences -----------------------------------------------------------------------------------------
def sentence(answer: Drivers, space: Workspace) -> str:
    """What moved the number most, or why that cannot be told."""
    known = [driver for driver in answer.drivers if driver.contribution]
    if not known or answer.change is None:
        return _why(answer, space)
    first = max(known, key=lambda driver: abs(driver.contribution or 0.0))
    text = _(
        "{subject} changed by {whole}; {factor} moved it most: {part}.",
        subject=metric_name(space, answer.now.metric),
        whole=_signed(answer.change, answer.now.unit),
        factor=factor_name(space, first.factor),
        part=_signed(first.contribution, answer.now.unit),
    )
    return f"{way(answer.change)} {text}"


def _why(answer: Drivers, space: Workspace) -> str:
    name = metric_name(space, answer.now.metric)
    for value in (answer.now, answer.before):
        if value.value is None:
            why = reason(value.reason, value.detail)
            return "◌ " + _("{metric} has no number in {period}: {why}", metric=name, period=value.period.id, why=why)
    if answer.change == 0:
        return f"{FLAT} " + _("{metric} did not change.", metric=name)
    return f"◌ {told(answer.detail) or reason(answer.reason)}" if answer.reason else ""


def method_words(answer: Drivers, space: Workspace) -> str:
    """How the change was split, and what does not fit that."""
    if answer.reason is not None:
        return f"◌ {told(answer.detail) or reason(answer.reason)}"
    if answer.method == "substitution":
        order = " → ".join(factor_name(space, factor) for factor in answer.order)
        return _("Sequential substitution in the order {order}; another order gives other parts.", order=order)
    if answer.method == "lmdi":
        return _("LMDI: each product is split by its logarithmic mean.")
    text = _("Shapley: the mean effect of each factor over all orders.")
    return f"{text} {answer.check_detail}." if answer.check_detail else text
