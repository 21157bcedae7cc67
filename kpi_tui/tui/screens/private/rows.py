"""The private domain as rows: four factors, key steps with bands, user assets, layers, team (spec chapter 4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kpi_tui.definitions.answers.baseline import Baseline
from kpi_tui.definitions.answers.private_domain import PrivateDomain, StepRow
from kpi_tui.definitions.answers.value import Value
from kpi_tui.definitions.library.metric import Better
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.render.drawn import drawn
from kpi_tui.report.baselines import glyph, said
from kpi_tui.report.private import finding_text, stage_name
from kpi_tui.text.format import number, reason, short_reason, shown
from kpi_tui.text.i18n import N_, _, told
from kpi_tui.text.marks import sided
from kpi_tui.tui.cell_names import metric_name
from kpi_tui.tui.widgets.cells import Cell, Row
from kpi_tui.tui.widgets.columns import Column
from kpi_tui.views.causes.drivers import arrow
from kpi_tui.views.causes.drivers_board import part as contribution

HALF = 6
METRIC = "metric "
_STATES = {"good": "●", "bad": "○", "observing": "◐", "unknown": "◌"}
_LAYERS = {"top": N_("top"), "middle": N_("middle"), "bottom": N_("rest")}
_MARKET = {"below": N_("below the market"), "above": N_("above the market"), "inside": N_("as the market")}


def columns() -> list[Column]:
    """State, what, four figures, a note; what the figures are stands in the heading of each part."""
    figures = [Column(name, least=6, most=13, right=True, drop=int(name == "d")) for name in "abcd"]
    return [
        Column("state", width=1),
        Column("name", least=26, flex=2),
        *figures,
        Column("note", least=2 * HALF + 1, most=36, drop=2),
    ]


def rows(found: PrivateDomain, space: Workspace) -> Iterator[Row]:
    """Every part that has something to show."""
    for part in (_product, _steps, _assets, _funnel, _team, _growth, _layers, _variants, _scenes, _guides, _health):
        lines = list(part(found, space))
        if len(lines) > 1:
            yield from lines


def findings(found: PrivateDomain) -> list[tuple[str, bool]]:
    """Each rule of the document in a sentence, and whether it speaks against the business."""
    return [(f"{_STATES[row.state]} {finding_text(row)}", row.state == "bad") for row in found.findings]


def stage_words(found: PrivateDomain) -> str:
    """`start-up, day 25`; empty while the start is unknown."""
    return _("{stage}, day {days}", stage=stage_name(found.stage), days=found.days) if found.stage else ""


def _head(title: str, *figures: str) -> Row:
    cells = (Cell(), Cell(f"── {title} ──"), *(Cell(text) for text in (*figures, "", "", "", "")[:4]), Cell())
    return Row(f"heading:{title}", cells, heading=title)


def _line(key: str, state: str, name: str, figures: Sequence[str], note: str = "", style: str = "") -> Row:
    padded = (*figures, "", "", "", "")[:4]
    return Row(key, (Cell(state, style), Cell(name, style), *(Cell(text) for text in padded), Cell(note, "muted")))


def _product(found: PrivateDomain, space: Workspace) -> Iterator[Row]:
    product = found.product
    yield _head(_("Four factors"), product.against.id, product.period.id, _("Contribution"), _("Share"))
    parts = [abs(d.contribution) for d in product.drivers if d.contribution is not None]
    most = max([*parts, abs(product.change or 0.0)], default=0.0)
    for driver in product.drivers:
        unit = space.metrics[driver.factor].unit if driver.factor in space.metrics else "count"
        figures = (
            number(driver.before, unit),
            number(driver.after, unit),
            "" if driver.contribution is None else drawn(contribution(driver.contribution, most, product.now.unit)),
            number(driver.share(product.change), "percent"),
        )
        bar = sided(driver.contribution, most, HALF)
        yield _line(METRIC + driver.factor, arrow(driver.contribution), metric_name(space, driver.factor), figures, bar)
    whole = "" if product.change is None else drawn(contribution(product.change, most, product.now.unit))
    figures = (shown(product.before), shown(product.now), whole, "")
    name = f"= {metric_name(space, product.now.metric)}"
    yield _line(METRIC + product.now.metric, arrow(product.change), name, figures, sided(product.change, most, HALF))


def _steps(found: PrivateDomain, space: Workspace) -> Iterator[Row]:
    yield _head(_("Key steps"), _("Rate"), _("Own mean"), _("Benchmark"), _("Entered"))
    for row in found.steps:
        yield _step(row, space)


def _step(row: StepRow, space: Workspace) -> Row:
    usual, value, bench = row.usual, row.usual.value, row.benchmark
    mark, tone = _state(usual, space)
    market = "" if bench is None else number(bench.value, value.unit)
    if bench is not None and bench.upper is not None:
        market = f"{market.removesuffix(' %')}…{number(bench.upper, value.unit)}"
    note = " · ".join(filter(None, (said(usual.state), _(_MARKET[row.band]) if row.band else ""))) or _why(usual)
    centre = number(usual.band.centre, value.unit) if usual.band else ""
    figures = (_value(value), centre, market, number(row.entered, "count") if row.entered is not None else "")
    return _line(METRIC + value.metric, mark, metric_name(space, value.metric), figures, note, tone)


def _state(usual: Baseline, space: Workspace) -> tuple[str, str]:
    metric = usual.value.metric
    mark, tone = glyph(usual.state, space.metrics[metric].better if metric in space.metrics else Better.NEUTRAL)
    return mark, "weak" if tone == "weak" else ""


def _why(usual: Baseline) -> str:
    return told(usual.detail) or reason(usual.reason or usual.value.reason)


def _value(value: Value) -> str:
    return shown(value) if value.value is not None else f"{shown(value)} {short_reason(value.reason)}".strip()


def _assets(found: PrivateDomain, _space: Workspace) -> Iterator[Row]:
    yield _head(_("User assets"), _("Start"), _("Added"), _("Lost"), _("End"))
    for row in found.assets:
        figures = [number(value, "count") for value in (row.start, row.added, row.lost, row.end)]
        odd = row.balances is False
        note = _("does not add up: somebody follows twice") if odd else ""
        yield _line(f"asset {row.touchpoint}", "◐" if odd else "", row.touchpoint or _("total"), figures, note)


def _funnel(found: PrivateDomain, _space: Workspace) -> Iterator[Row]:
    yield _head(_("Step by step"), _("People"), _("Share"), "ROI")
    for row in found.funnel:
        yield _line(f"step {row.step}", "", row.step, [_value(v) for v in (row.people, row.rate, row.roi)])


def _team(found: PrivateDomain, space: Workspace) -> Iterator[Row]:
    yield _head(_("Team, against its own mean"), _("Value"), _("Own mean"))
    for row in found.efficiency:
        mark, tone = _state(row, space)
        centre = number(row.band.centre, row.value.unit) if row.band else ""
        name, note = metric_name(space, row.value.metric), said(row.state) or _why(row)
        yield _line(METRIC + row.value.metric, mark, name, (_value(row.value), centre), note, tone)


def _growth(found: PrivateDomain, space: Workspace) -> Iterator[Row]:
    yield from _values(_("Growth"), found.growth, space)


def _health(found: PrivateDomain, space: Workspace) -> Iterator[Row]:
    yield from _values(_("Data health"), found.health, space)


def _values(title: str, values: Iterable[Value], space: Workspace) -> Iterator[Row]:
    yield _head(title, _("Value"))
    for value in values:
        note = reason(value.reason, value.detail)
        yield _line(METRIC + value.metric, "", metric_name(space, value.metric), (_value(value),), note)


def _guides(found: PrivateDomain, _space: Workspace) -> Iterator[Row]:
    yield _head(_("Customers a guide can reach"), _("Value"))
    for value in found.guides:
        yield _line(f"guide {value.segment}", "", value.segment or _("total"), (_value(value),))


def _layers(found: PrivateDomain, _space: Workspace) -> Iterator[Row]:
    yield _head(_("Customers by contribution"), _("Customers"), _("Amount"), _("Share"), _("Each"))
    for row in found.layers:
        figures = (
            number(row.customers, "count"),
            number(row.amount, "currency"),
            number(row.share, "percent"),
            number(row.mean, "currency"),
        )
        yield _line(f"layer {row.layer}", "", _(_LAYERS[row.layer]), figures)


def _variants(found: PrivateDomain, _space: Workspace) -> Iterator[Row]:
    yield _head(_("Variants by ROI"), _("Revenue"), _("Cost"), "ROI")
    for row in found.variants:
        figures = (number(row.revenue, "currency"), number(row.cost, "currency"), number(row.roi, "ratio"))
        yield _line(f"variant {row.campaign}", "●" if row.best else "", row.campaign, figures)


def _scenes(found: PrivateDomain, _space: Workspace) -> Iterator[Row]:
    yield _head(_("Scenes"), _("Orders"), _("Rate"))
    for row in found.scenes:
        yield _line(f"scene {row.scene}", "", row.scene, (number(row.orders, "count"), number(row.rate, "percent")))
