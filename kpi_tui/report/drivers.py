"""Answers of `drivers`: what moved a number, as a waterfall and as a tree (spec R166)."""

from __future__ import annotations

from collections.abc import Callable

from kpi_tui.definitions.answers.drivers import Driver, Drivers
from kpi_tui.render.drawn import drawn
from kpi_tui.report.sheet import Cell, Column, Report, Sheet, figure, sheet, word
from kpi_tui.report.values import Namer, finite
from kpi_tui.text import format as fmt
from kpi_tui.text.i18n import _, told
from kpi_tui.views.causes.drivers import drivers_data
from kpi_tui.views.causes.waterfall import waterfall

CELLS = 24
Unit = Callable[[str], str]
"""Unit of a factor by its id; "" for base measures."""


def drivers_report(answer: Drivers, name: Namer, unit: Unit) -> Report:
    """The waterfall."""
    sheets = [_waterfall(answer, name, unit)] if answer.drivers else []
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
