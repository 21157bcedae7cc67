"""What moved a number: every factor with its part of the change, as a waterfall; then the tree (R164–R166)."""

from __future__ import annotations

from collections.abc import Sequence

from kpi_tui.definitions.answers.drivers import Driver, Drivers
from kpi_tui.definitions.answers.value import Reason, Value, value_changed
from kpi_tui.definitions.change import changed, unit_of_difference
from kpi_tui.definitions.quantity import Quantity
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.format import FLAT
from kpi_tui.text.phrase import Word, is_empty, joined, phrase
from kpi_tui.views.causes.tree import arrow, branch_data, number, tree_sheet
from kpi_tui.views.cells import (
    Cell,
    NumberCell,
    SignedBarCell,
    Tone,
    change_cell,
    finite,
    marked,
    text,
)
from kpi_tui.views.charts import BarChart, known, waterfall
from kpi_tui.views.doubts import doubt_data, doubts
from kpi_tui.views.named_ids import in_names
from kpi_tui.views.names import factor_name, factor_unit, metric_name
from kpi_tui.views.reasons import reason
from kpi_tui.views.record import Record, record
from kpi_tui.views.view import Column, Sentence, Sheet, View, line, sheet

FACTOR, TOTAL = "factor ", "total "
UNKNOWN = "◌"


def drivers(answer: Drivers, space: Workspace) -> View:
    """The factors, the tree where there is one, the waterfall; what is said stands under the first of them."""
    said = (*sentences(answer, space), *doubts([answer.now, answer.before], space))
    sheets = (factor_sheet(answer, space, said),) if answer.drivers else ()
    if answer.tree is not None:
        sheets = (*sheets, tree_sheet(answer.tree, space, () if sheets else said))
    name = f"drivers-{answer.subject}-{answer.period.id}"
    charts = known([drivers_chart(answer, space, "factors")])
    return View(sentences=() if sheets else said, sheets=sheets, charts=charts, data=drivers_data(answer), name=name)


def factor_sheet(answer: Drivers, space: Workspace, notes: Sequence[Sentence] = ()) -> Sheet:
    """From the total of one period over every factor to that of the other."""
    columns = [
        Column("factor", phrase("Factor")),
        Column("before", answer.against.said, right=True),
        Column("after", answer.period.said, right=True),
        Column("contribution", phrase("Contribution"), right=True),
        Column("share", phrase("Share"), right=True, drop=2),
        Column("check", "LMDI", right=True, drop=3),
        Column("id", hidden=True),
    ]
    rows = [line(columns, FACTOR + one.factor, factor_cells(one, answer, space)) for one in answer.drivers]
    start, end = (
        line(columns, TOTAL + value.period.id,
             {"factor": text(value.period.said, exact=value.period.id), "contribution": marked(value)}, total=True)
        for value in (answer.before, answer.now)
    )  # fmt: skip
    when = joined(answer.against.said, "→", answer.period.said, between=" ")
    title = joined(metric_name(space, answer.now.metric), when)
    return sheet(columns, [start, *rows, end], title, notes, key="factors")


def drivers_chart(answer: Drivers, space: Workspace, key: str = "") -> BarChart:
    """The same as a waterfall; empty where a part is not known: what hangs in the air would mislead."""
    steps = [(factor_name(space, one.factor), _contribution(one, answer)) for one in answer.drivers]
    start, end = ((value.period.said, marked(value)) for value in (answer.before, answer.now))
    name = joined(metric_name(space, answer.now.metric), phrase("what moved it"))
    return waterfall(name, start, steps, end, key) if steps else BarChart(name, ())


def _contribution(one: Driver, answer: Drivers) -> NumberCell:
    return NumberCell(finite(one.contribution), unit_of_difference(answer.now.unit), "strong", signed=True)


def factor_cells(driver: Driver, answer: Drivers, space: Workspace) -> dict[str, Cell]:
    """What is known of a factor, by the columns of every sheet that shows it."""
    unit = factor_unit(space, driver.factor)
    before, after, whole = driver.before, driver.after, unit_of_difference(answer.now.unit)
    unfinished = answer.now.partial or answer.before.partial
    return {
        "way": arrow(driver.contribution),
        "factor": text(factor_name(space, driver.factor)),
        "before": _of_period(before, unit, answer.before, "muted"),
        "after": _of_period(after, unit, answer.now),
        "change": change_cell(None if unfinished else changed(before, after, unit), "muted", blank=True, spaced=True),
        "contribution": _contribution(driver, answer),
        "share": NumberCell(finite(driver.share(answer.change)), "percent"),
        "check": NumberCell(finite(driver.check), whole, signed=True),
        "bar": SignedBarCell(finite(driver.contribution), most(answer)),
        "id": text(driver.factor),
    }


def _of_period(number: float | None, unit: str, whole: Value, tone: Tone = "") -> NumberCell:
    """What a factor was in the period of the whole, marked where that is not over."""
    known = number is not None
    return NumberCell(finite(number), unit, tone, partial=known and whole.partial, late=known and whole.late)


def whole_cells(answer: Drivers, space: Workspace) -> dict[str, Cell]:
    """The number itself, and its change as the sum of all factors."""
    before, now = answer.before, answer.now
    return {
        "way": arrow(answer.change, "strong"),
        "factor": text(joined("=", metric_name(space, now.metric), between=" "), "strong"),
        "before": number(before, "strong"),
        "after": number(now, "strong"),
        "change": change_cell(value_changed(before, now), "strong", blank=True, spaced=True),
        "contribution": NumberCell(finite(answer.change), unit_of_difference(now.unit), "strong", signed=True),
        "bar": SignedBarCell(finite(answer.change), most(answer)),
        "id": text(now.metric),
    }


def most(answer: Drivers) -> float:
    """What fills a side of a bar."""
    parts = [driver.contribution for driver in answer.drivers]
    return max((abs(part) for part in (*parts, answer.change) if part is not None), default=0.0)


# --- what is said ------------------------------------------------------------------------------------
def sentences(answer: Drivers, space: Workspace) -> tuple[Sentence, ...]:
    """What moved the number most, and how the change was split; or why that cannot be told."""
    told = moved_most(answer, space)
    first = joined(arrow(answer.change).word, told, between=" ") if told else _why(answer, space)
    method = _method(answer, space) if answer.drivers or answer.reason else ""
    hint = days_hint(answer.now, answer.reason)
    said = [Sentence(first, key="advice", hint=hint), Sentence("" if method == first else method, key="method")]
    return tuple(sentence for sentence in said if not is_empty(sentence.word))


def moved_most(answer: Drivers, space: Workspace) -> Word:
    """Which factor moved it most; "" where nothing moved or is known."""
    known = [driver for driver in answer.drivers if driver.contribution]
    if not known or answer.change is None:
        return ""
    first = max(known, key=lambda driver: abs(driver.contribution or 0.0))
    unit = unit_of_difference(answer.now.unit)
    whole, part = (Quantity(one, unit, signed=True) for one in (answer.change, first.contribution))
    return most_of(metric_name(space, answer.now.metric), whole, factor_name(space, first.factor), part)


def most_of(subject: Word, whole: Quantity, name: Word, part: Quantity) -> Word:
    """By how much a number changed, and what of it came from the factor or segment of that name."""
    return phrase(
        "{subject} changed by {whole}; {factor} moved it most: {part}.",
        subject=subject, whole=whole, factor=name, part=part,
    )  # fmt: skip


def unmoved(subject: Word) -> Word:
    """That it did not change at all."""
    return joined(FLAT, phrase("{metric} did not change.", metric=subject), between=" ")


def _why(answer: Drivers, space: Workspace) -> Word:
    name = metric_name(space, answer.now.metric)
    for value in (answer.now, answer.before):
        if value.value is None:
            why = reason(value.reason, in_names(value.detail, space))
            told = phrase("{metric} has no number in {period}: {why}", metric=name, period=value.period.said, why=why)
            return joined(UNKNOWN, told, between=" ")
    if answer.change == 0:
        return unmoved(name)
    return _reason(answer, space) if answer.reason else ""


def days_hint(now: Value, why: Reason | None) -> Word:
    """Where a running period cannot be compared: which keys lead to one that can."""
    running = why is Reason.PENDING and now.partial
    return phrase("g8 shows the last 28 days, [ the period before") if running else ""


def _reason(answer: Drivers, space: Workspace) -> Word:
    return joined(UNKNOWN, in_names(answer.detail, space) or reason(answer.reason), between=" ")


def _method(answer: Drivers, space: Workspace) -> Word:
    """How the change was split, and what does not fit that."""
    if answer.reason is not None:
        return _reason(answer, space)
    if answer.method == "substitution":
        order = joined(*(factor_name(space, factor) for factor in answer.order), between=" → ")
        return phrase("Sequential substitution in the order {order}; another order gives other parts.", order=order)
    if answer.method == "lmdi":
        return phrase("LMDI: each product is split by its logarithmic mean.")
    check = phrase("{sentence}.", sentence=answer.check_detail) if answer.check_detail else ""
    return joined(phrase("Shapley: the mean effect of each factor over all orders."), check, between=" ")


# --- data --------------------------------------------------------------------------------------------
def drivers_data(answer: Drivers) -> Record:
    """The JSON: every factor with its contribution; they sum to `change`."""
    shares = (one.share(answer.change) for one in answer.drivers)
    return {
        **record(answer, "subject", "metric=now.metric", "period", "against", "method"),
        "order": list(answer.order) if answer.method == "substitution" else None,
        **record(answer, "formula", "unit=now.unit", "before=before.value", "after=now.value", "change"),
        "drivers": [
            {**record(one, "factor", "before", "after", "contribution"), "share": finite(share), **record(one, "check")}
            for one, share in zip(answer.drivers, shares, strict=True)
        ],
        **record(answer, "reason", "detail", "check_detail"),
        "partial": answer.now.partial or answer.before.partial,
        **doubt_data(answer.now),
        "tree": branch_data(answer.tree) if answer.tree else None,
    }
