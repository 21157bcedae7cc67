"""Answers of `drivers`: what moved a number, as a waterfall and as a tree (spec R166)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kpi_tui.definitions.answers.drivers import Branch, Driver, Drivers
from kpi_tui.render.drawn import drawn
from kpi_tui.report.sheet import Cell, Column, Report, Sheet, figure, sheet, word
from kpi_tui.report.values import Namer, finite
from kpi_tui.text import format as fmt
from kpi_tui.text.i18n import _, told
from kpi_tui.views.causes.waterfall import waterfall

CELLS = 24
Unit = Callable[[str], str]
"""Unit of a factor by its id; "" for base measures."""


def drivers_data(answer: Drivers) -> dict[str, object]:
    """Every factor with its contribution; they sum to `change`."""
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


def branch_data(branch: Branch) -> dict[str, object]:
    """A node with its children, the one that moved most first."""
    first = branch.moved_most
    return {
        "node": branch.node,
        "metric": branch.now.metric,
        "before": finite(branch.before.value),
        "after": finite(branch.now.value),
        "unit": branch.now.unit,
        "change": finite(branch.change),
        "contribution": finite(branch.contribution),
        "reason": branch.now.reason.value if branch.now.reason else None,
        "owner": branch.owner,
        "period": branch.period,
        "moved_most": first.node if first else None,
        "children": [branch_data(child) for child in branch.children],
    }


def drivers_report(answer: Drivers, name: Namer, unit: Unit) -> Report:
    """The waterfall, and the tree where there is one."""
    sheets = [_waterfall(answer, name, unit)] if answer.drivers else []
    if answer.tree is not None:
        sheets.append(tree_sheet(answer.tree, name, _why(answer) if not answer.drivers else ""))
    return Report(drivers_data(answer), tuple(sheets))


def sentence(answer: Drivers, name: Namer) -> str:
    """What moved the number most, in one sentence."""
    known = [driver for driver in answer.drivers if driver.contribution]
    if not known or answer.change is None:
        return ""
    first = max(known, key=lambda driver: abs(driver.contribution or 0.0))
    part = fmt.signed(first.contribution or 0.0, answer.now.unit)
    whole = fmt.signed(answer.change, answer.now.unit)
    subject, factor = name(answer.now.metric), name(first.factor)
    return _("{subject} changed by {whole}; {factor} moved it most: {part}.",
             subject=subject, whole=whole, factor=factor, part=part)  # fmt: skip


def _driver_data(driver: Driver, change: float | None) -> dict[str, object]:
    return {
        "factor": driver.factor,
        "before": finite(driver.before),
        "after": finite(driver.after),
        "contribution": finite(driver.contribution),
        "share": finite(driver.share(change)),
        "check": finite(driver.check),
    }


def _waterfall(answer: Drivers, name: Namer, unit: Unit) -> Sheet:
    columns = [
        Column("factor", _("Factor")),
        Column("before", answer.against.id, right=True),
        Column("after", answer.period.id, right=True),
        Column("contribution", _("Contribution"), right=True),
        Column("share", _("Share"), right=True, least=100),
        Column("check", "LMDI", right=True, least=110),
        Column("waterfall", "", least=70),
        Column("id", "", hidden=True),
    ]
    steps = [driver.contribution for driver in answer.drivers]
    known = [step for step in steps if step is not None]
    lines, edge = [""] * (len(steps) + 2), 0.0
    if answer.before.value is not None and len(known) == len(steps):
        bars = waterfall(answer.before.value, known)
        lines, edge = [drawn(bar, CELLS) for bar in bars], bars[0].edge
    rows = [_total(answer.against.id, answer.before.value, answer.now.unit, lines[0])]
    rows += [_row(driver, answer, name, unit, line) for driver, line in zip(answer.drivers, lines[1:-1], strict=True)]
    rows.append(_total(answer.period.id, answer.now.value, answer.now.unit, lines[-1]))
    cut = _("The bars begin at {value}.", value=fmt.number(edge, answer.now.unit)) if edge > 0 else ""
    notes = [sentence(answer, name), _why(answer), _method(answer, name), cut]
    return sheet(columns, rows, f"{name(answer.now.metric)}  {answer.against.id} → {answer.period.id}", notes)


def _row(driver: Driver, answer: Drivers, name: Namer, unit: Unit, line: str) -> list[Cell]:
    share = driver.share(answer.change)
    own, whole = unit(driver.factor), answer.now.unit
    return [
        Cell(name(driver.factor), name(driver.factor)),
        figure(finite(driver.before), _plain(driver.before, own)),
        figure(finite(driver.after), _plain(driver.after, own)),
        figure(finite(driver.contribution), _signed(driver.contribution, whole)),
        figure(finite(share), fmt.number(share, "percent")),
        figure(finite(driver.check), _signed(driver.check, whole)),
        Cell(line),
        word(driver.factor),
    ]


def _total(label: str, value: float | None, unit: str, line: str) -> list[Cell]:
    blank = Cell("")
    return [Cell(label, label, "title"), blank, blank, figure(finite(value), fmt.number(value, unit)),
            blank, blank, Cell(line), blank]  # fmt: skip


def _plain(value: float | None, unit: str) -> str:
    if value is None or unit:
        return fmt.number(value, unit)
    return fmt.number(value, "count")


def _signed(value: float | None, unit: str) -> str:
    return fmt.DASH if value is None else fmt.signed(value, unit)


def _why(answer: Drivers) -> str:
    return f"· {told(answer.detail) or fmt.reason(answer.reason)}" if answer.reason else ""


def _method(answer: Drivers, name: Namer) -> str:
    if answer.reason is not None:
        return ""
    if answer.method == "substitution":
        order = " → ".join(name(factor) for factor in answer.order)
        return _("Sequential substitution in the order {order}; another order gives other parts.", order=order)
    if answer.method == "lmdi":
        return _("LMDI: each product is split by its logarithmic mean.")
    text = _("Shapley: the mean effect of each factor over all orders.")
    return f"{text} {answer.check_detail}." if answer.check_detail else text


def tree_sheet(root: Branch, name: Namer, note: str = "") -> Sheet:
    """A tree as indented rows, largest change first, and the way down to what moved most."""
    columns = [
        Column("metric", _("Metric")),
        Column("before", root.before.period.id, right=True),
        Column("after", root.now.period.id, right=True),
        Column("change", _("Change"), right=True),
        Column("contribution", _("Contribution"), right=True, least=100),
        Column("owner", _("In charge"), least=90),
        Column("reason", _("Why none"), least=110),
        Column("id", "", hidden=True),
    ]
    rows = [_branch(branch, depth, mark, parent, name) for branch, depth, mark, parent in _walk(root)]
    way = " → ".join(name(step.now.metric) for step in _trail(root))
    told = _("▸ Moved most, level by level: {way}", way=way) if root.moved_most else ""
    return sheet(columns, rows, _("Tree"), [told, note])


def _walk(branch: Branch, depth: int = 0, mark: str = "", parent: str = "") -> Iterator[tuple[Branch, int, str, str]]:
    """Every node with its depth, the mark of the one that moved most, and the unit of its parent."""
    yield branch, depth, mark, parent
    for child in branch.children:
        yield from _walk(child, depth + 1, "▸ " if child is branch.moved_most else "  ", branch.now.unit)


def _trail(root: Branch) -> Iterator[Branch]:
    step: Branch | None = root
    while step is not None:
        yield step
        step = step.moved_most


def _branch(branch: Branch, depth: int, mark: str, parent: str, name: Namer) -> list[Cell]:
    return [
        Cell("  " * depth + mark + name(branch.now.metric), name(branch.now.metric)),
        figure(finite(branch.before.value), fmt.shown(branch.before)),
        figure(finite(branch.now.value), fmt.shown(branch.now)),
        figure(finite(branch.change), fmt.change(branch.change)),
        figure(finite(branch.contribution), _signed(branch.contribution, parent) if branch.contribution else ""),
        word(branch.owner or branch.period, "dim"),
        Cell(fmt.reason(branch.now.reason, branch.now.detail), branch.now.reason, "dim"),
        word(branch.now.metric),
    ]
