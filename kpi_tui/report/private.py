"""Answers of `private`: the private domain as document 002 looks at it (spec chapter 4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from kpi_tui.definitions.answers.private_domain import Assessment, PrivateDomain, StepRow
from kpi_tui.definitions.answers.value import Value
from kpi_tui.definitions.library.metric import Better
from kpi_tui.definitions.text import Text
from kpi_tui.report.baselines import BAD, ODD, UNKNOWN, USUAL, glyph, said
from kpi_tui.report.drivers import Unit, drivers_report
from kpi_tui.report.sheet import Cell, Column, Plain, Report, Sheet, figure, sheet, word
from kpi_tui.report.values import Namer, finite, value_data
from kpi_tui.text import format as fmt
from kpi_tui.text.i18n import _, language, told
from kpi_tui.views.causes.baseline import baseline_data
from kpi_tui.views.causes.drivers import drivers_data


def private_data(found: PrivateDomain, cautions: Sequence[Text]) -> dict[str, object]:
    """Every part under its own key."""
    return {
        "period": found.period.id,
        "stage": found.stage,
        "days": found.days,
        "product": {**drivers_data(found.product), "gap": finite(found.gap)},
        "assets": [
            {"touchpoint": row.touchpoint, "start": row.start, "added": row.added, "lost": row.lost, "end": row.end,
             "balances": row.balances} for row in found.assets
        ],
        "guides": [value_data(value) for value in found.guides],
        "steps": [_step_data(row) for row in found.steps],
        "funnel": [
            {"step": row.step, "step_converted_users": finite(row.people.value),
             "step_conversion_rate": finite(row.rate.value), "step_roi": finite(row.roi.value),
             "step_roi_reason": row.roi.reason} for row in found.funnel
        ],
        "scenes": [{"scene": row.scene, "orders": row.orders, "rate": finite(row.rate)} for row in found.scenes],
        "findings": [
            {"rule": row.rule, "state": row.state, "numbers": dict(row.numbers), "detail": row.detail,
             "text": finding_text(row)} for row in found.findings
        ],
        "layers": [
            {"layer": row.layer, "customers": row.customers, "amount": row.amount, "share": finite(row.share),
             "mean": finite(row.mean)} for row in found.layers
        ],
        "variants": [
            {"campaign": row.campaign, "revenue": finite(row.revenue), "cost": finite(row.cost),
             "roi": finite(row.roi), "best": row.best} for row in found.variants
        ],
        "growth": [value_data(value) for value in found.growth],
        "heads": {"employees": found.heads.employees, "outsourcing_cost": found.heads.outsourcing,
                  "mean_wage": found.heads.wage, "equivalent": found.heads.equivalent, "detail": found.heads.detail},
        "efficiency": [baseline_data(row) for row in found.efficiency],
        "health": [value_data(value) for value in found.health],
        "missing": dict(found.missing),
        "cautions": [{"en": text.en, "zh": text.zh} for text in cautions],
    }  # fmt: skip


def private_report(
    found: PrivateDomain, name: Namer, unit: Unit, better: Mapping[str, Better], cautions: Sequence[Text]
) -> Report:
    """One sheet per part; empty parts are left out."""
    sheets = [
        *_product(found, name, unit),
        _findings(found),
        _steps(found, name, better),
        _funnel(found),
        _assets(found),
        _values(_("Customers a guide can reach"), found.guides, lambda v: v.segment or _("total")),
        _scenes(found),
        _layers(found),
        _variants(found),
        _values(_("Growth"), found.growth, lambda v: name(v.metric)),
        _team(found, name, better),
        _values(_("Data health"), found.health, lambda v: name(v.metric), _missing(found, name)),
        _cautions(cautions),
    ]
    return Report(private_data(found, cautions), tuple(part for part in sheets if part.rows or part.notes))


def finding_text(found: Assessment) -> str:
    """A finding in one sentence, with its number."""
    number = next((value for value in found.numbers.values()), None)
    shown = fmt.number(number, "ratio")
    texts = {
        ("R095", "good"): _("The business stands: LTV is {number} × CAC.", number=shown),
        ("R095", "bad"): _("The business does not stand: LTV is {number} × CAC, it must exceed 1.", number=shown),
        ("R095", "unknown"): _("LTV against CAC is not known."),
        ("R096", "good"): _("New customers are still being won."),
        ("R096", "bad"): _("Not sustainable: existing customers are milked, new ones are not won."),
        ("R096", "unknown"): _("Whether new customers hold is not known yet."),
        ("R103", "good"): _("Private efficiency is {number} × the public one.", number=shown),
        ("R103", "bad"): _("Private efficiency is only {number} × the public one: adjust direction and method.",
                           number=shown),
        ("R103", "observing"): _("Private against public efficiency: observing, the window is not full."),
        ("R103", "unknown"): _("Private against public efficiency is not known."),
    }  # fmt: skip
    return texts[found.rule, found.state]


def stage_name(stage: str) -> str:
    """Stage in words (R098)."""
    return {"startup": _("start-up"), "mid": _("middle"), "stable": _("stable")}.get(stage, "")


def _step_data(row: StepRow) -> dict[str, object]:
    bench = row.benchmark
    return {
        **baseline_data(row.usual),
        "benchmark": None if bench is None else {"low": bench.value, "high": bench.upper},
        "band_state": row.band,
        "entered": finite(row.entered),
        "converted": finite(row.converted),
        "tables": list(row.tables),
    }


def _product(found: PrivateDomain, name: Namer, unit: Unit) -> tuple[Sheet, ...]:
    product = drivers_report(found.product, name, unit).sheets[:1]
    stage = stage_name(found.stage)
    said = _("Stage by days since the start ({days}): {stage}", days=found.days, stage=stage) if stage else ""
    gap = _("The product differs from the measured sales by {gap}: windows or orders without reach do not match.",
            gap=fmt.number(found.gap, "currency")) if found.gap and abs(found.gap) >= 0.005 else ""  # fmt: skip
    notes = [note for note in (gap, said) if note]
    return tuple(replace(part, notes=(*part.notes, *notes)) for part in product)


def _findings(found: PrivateDomain) -> Sheet:
    marks = {"good": USUAL, "bad": BAD, "observing": ODD, "unknown": UNKNOWN}
    columns = [Column("state", ""), Column("text", ""), Column("detail", "", least=90), Column("rule", "", hidden=True)]
    rows = [
        [Cell(marks[row.state], row.state, "weak" if row.state == "bad" else ""), word(finding_text(row)),
         word(row.detail, "dim"), word(row.rule)] for row in found.findings
    ]  # fmt: skip
    return sheet(columns, rows, _("Does it stand?"))


def _steps(found: PrivateDomain, name: Namer, better: Mapping[str, Better]) -> Sheet:
    columns = [
        Column("state", ""),
        Column("step", _("Key step")),
        Column("value", _("Rate"), right=True),
        Column("baseline", _("Own mean"), right=True),
        Column("state_text", ""),
        Column("benchmark", _("Benchmark"), right=True),
        Column("band", ""),
        Column("tables", _("Tables"), least=110),
    ]
    return sheet(columns, [_step(row, name, better) for row in found.steps], _("Steps"))


def _step(row: StepRow, name: Namer, better: Mapping[str, Better]) -> list[Cell]:
    usual, value = row.usual, row.usual.value
    mark, tone = glyph(usual.state, better.get(value.metric, Better.HIGHER))
    bench = row.benchmark
    market = "" if bench is None else fmt.number(bench.value, value.unit)
    if bench is not None and bench.upper is not None:
        market += f" … {fmt.number(bench.upper, value.unit)}"
    below = {"below": _("below the market"), "above": _("above the market"), "inside": _("as the market")}
    centre = usual.band.centre if usual.band else None
    return [
        Cell(mark, usual.state, tone),
        Cell(name(value.metric), value.metric, tone),
        figure(finite(value.value), fmt.shown(value)),
        figure(centre, fmt.number(centre, value.unit)),
        word(said(usual.state) or usual.detail, "dim"),
        word(market),
        Cell(f"{BAD} {below['below']}" if row.band == "below" else below.get(row.band or "", ""), row.band),
        word(", ".join(row.tables), "dim"),
    ]


def _funnel(found: PrivateDomain) -> Sheet:
    columns = [Column("step", _("Flow")), Column("people", _("People"), right=True),
               Column("rate", _("Of the step before"), right=True), Column("roi", "ROI", right=True)]  # fmt: skip
    rows = [
        [word(row.step), *(figure(finite(v.value), fmt.shown(v)) for v in (row.people, row.rate, row.roi))]
        for row in found.funnel
    ]
    return sheet(columns, rows, _("Step by step"))


def _assets(found: PrivateDomain) -> Sheet:
    keys = {"start": _("Start"), "added": _("Followed"), "lost": _("Lost"), "end": _("End")}
    columns = [Column("touchpoint", _("Touchpoint")), *(Column(k, t, right=True) for k, t in keys.items())]
    rows = [
        [word(row.touchpoint or _("total")), *(_count(v) for v in (row.start, row.added, row.lost, row.end))]
        for row in found.assets
    ]
    odd = any(row.balances is False for row in found.assets)
    note = _("A row does not add up: somebody follows twice.") if odd else ""
    return sheet(columns, rows, _("User assets"), [note])


def _scenes(found: PrivateDomain) -> Sheet:
    columns = [Column("scene", _("Scene")), Column("orders", _("Orders"), right=True),
               Column("rate", _("Per reached customer"), right=True)]  # fmt: skip
    rows = [[word(s.scene), _count(s.orders), figure(finite(s.rate), fmt.number(s.rate, "percent"))]
            for s in found.scenes]  # fmt: skip
    return sheet(columns, rows, _("Scenes"))


def _layers(found: PrivateDomain) -> Sheet:
    names = {"top": _("top"), "middle": _("middle"), "bottom": _("rest")}
    columns = [Column("layer", _("Layer")), Column("customers", _("Customers"), right=True),
               Column("amount", _("Amount"), right=True), Column("share", _("Share"), right=True),
               Column("mean", _("Each"), right=True)]  # fmt: skip
    rows = [
        [Cell(names[row.layer], row.layer), _count(row.customers),
         figure(row.amount, fmt.number(row.amount, "currency")),
         figure(finite(row.share), fmt.number(row.share, "percent")),
         figure(finite(row.mean), fmt.number(row.mean, "currency"))] for row in found.layers
    ]  # fmt: skip
    return sheet(columns, rows, _("Customers by contribution"))


def _variants(found: PrivateDomain) -> Sheet:
    columns = [Column("best", ""), Column("campaign", _("Variant")), Column("revenue", _("Revenue"), right=True),
               Column("cost", _("Cost"), right=True), Column("roi", "ROI", right=True)]  # fmt: skip
    rows = [
        [Cell(USUAL if row.best else "", row.best), word(row.campaign),
         figure(finite(row.revenue), fmt.number(row.revenue, "currency")),
         figure(finite(row.cost), fmt.number(row.cost, "currency")),
         figure(finite(row.roi), fmt.number(row.roi, "ratio"))] for row in found.variants
    ]  # fmt: skip
    return sheet(columns, rows, _("Variants by ROI"))


def _team(found: PrivateDomain, name: Namer, better: Mapping[str, Better]) -> Sheet:
    columns = [Column("state", ""), Column("metric", _("Per head")), Column("value", _("Value"), right=True),
               Column("baseline", _("Own mean"), right=True), Column("note", "")]  # fmt: skip
    rows = []
    for row in found.efficiency:
        value, centre = row.value, row.band.centre if row.band else None
        mark, tone = glyph(row.state, better.get(value.metric, Better.HIGHER))
        rows.append([Cell(mark, row.state, tone), Cell(name(value.metric), value.metric),
                     figure(finite(value.value), fmt.shown(value)), figure(centre, fmt.number(centre, value.unit)),
                     word(said(row.state) or row.detail, "dim")])  # fmt: skip
    heads = found.heads
    shown = [fmt.number(heads.employees, "count"), fmt.number(heads.outsourcing, "currency"),
             fmt.number(heads.wage, "currency"), fmt.number(heads.equivalent, "count")]  # fmt: skip
    note = _("Heads: {own} own + {cost} outsourcing ÷ {wage} mean wage = {heads}",
             own=shown[0], cost=shown[1], wage=shown[2], heads=shown[3])  # fmt: skip
    return sheet(columns, rows, _("Team, against its own mean"), [note if heads.equivalent is not None else ""])


def _values(title: str, values: Sequence[Value], label: Callable[[Value], str], notes: Iterable[str] = ()) -> Sheet:
    columns = [Column("key", ""), Column("value", "", right=True), Column("reason", "")]
    rows = [
        [word(label(v)), figure(finite(v.value), fmt.shown(v)), word(fmt.reason(v.reason, v.detail), "dim")]
        for v in values
    ]
    return sheet(columns, rows, title, tuple(notes))


def _missing(found: PrivateDomain, name: Namer) -> list[str]:
    return [f"{UNKNOWN} {name(metric)}: {told(lack)}" for metric, lack in found.missing.items()]


def _cautions(cautions: Sequence[Text]) -> Sheet:
    rows: list[list[Cell]] = [[word("☐"), word(text.get(language()))] for text in cautions]
    return sheet([Column("done", ""), Column("text", "")], rows, _("Mind before you build"))


def _count(value: float | None) -> Cell:
    plain: Plain = finite(value)
    return Cell(fmt.number(value, "count"), plain)
