"""Everything the library says about one metric (R013, R016, R017, R022, R026, R027, R028, R127)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kpi_tui.definitions.answers.value import value_changed
from kpi_tui.definitions.library.metric import Metric
from kpi_tui.definitions.text import Text
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.format import DASH
from kpi_tui.text.phrase import Word, is_empty, joined, phrase
from kpi_tui.text.terms import BETTER, KINDS, ROLLUPS, STAGES, SUBCATEGORIES
from kpi_tui.views.cells import Cell, SparkCell, Tone, change_word, series, text
from kpi_tui.views.festival_marks import festivals_of
from kpi_tui.views.library.explanation import VERDICTS
from kpi_tui.views.library.metric_list import MetricFacts, metric_data
from kpi_tui.views.library.values import shown, signal_words
from kpi_tui.views.metric_meaning import benchmark, unit_word
from kpi_tui.views.named_ids import owned_column, part_name
from kpi_tui.views.names import metric_name, owner_name
from kpi_tui.views.reasons import grain_name, known, term, without_number
from kpi_tui.views.view import Column, Row, Sentence, Sheet, View, sheet

WAITING = "…"


def metric_page(metric: Metric, facts: MetricFacts, space: Workspace, parts: Sequence[Sheet] = ()) -> View:
    """Label and text of everything worth saying, in reading order; `parts`: what moved it, where that is known."""
    return View(
        title=metric.name if metric.name != Text() else metric.id,
        sentences=(Sentence(metric.id, "muted", "id"),),
        sheets=(sheet([Column("key"), Column("value", flex=1), Column("ends")], _rows(metric, facts, space, parts)),),
        data=metric_data(metric, facts),
        name=f"metric-{metric.id}",
    )


def metric_note(metric: Metric, facts: MetricFacts, space: Workspace) -> Word:
    """`28.4 % ▲ 3.1 % (2026-10) · Benchmark ≥ 40.0 % [004] · Used by Promotion`: what fits into one line."""
    marks = [joined(phrase("Benchmark"), benchmark(mark, metric.unit), between=" ") for mark in metric.benchmarks[:1]]
    users = joined(phrase("Used by"), _users(space, facts.roles), between=" ") if facts.roles else ""
    return joined(_now(facts, space), *marks, users, between=" · ")


def _rows(metric: Metric, facts: MetricFacts, space: Workspace, parts: Sequence[Sheet]) -> list[Row]:
    now = facts.values[-1].value if facts.values else None
    said = signal_words(facts.values[-1], facts.signals) if facts.values else []
    rows = [
        *_lines(phrase("Now"), [_now(facts, space)]),
        *_lines("", [joined("◐", word, between=" ") for word in said], "near"),
        *_trend(facts),
        *_lines(phrase("Festivals"), [festivals_of((one.period for one in facts.values or ()), space)]),
        *(row for part in parts for row in _moved(part)),
        *_lines(phrase("Definition"), [metric.definition]),
        *_lines(phrase("Formula"), [metric.how]),
        *_lines("", _named_in(metric.formula, space)),
        *_lines(
            phrase("Unit"), [joined(unit_word(metric.unit, space.currency), term(KINDS, metric.kind), between=" · ")]
        ),
        *_lines(phrase("Direction"), [term(BETTER, metric.better)]),
        *_lines(phrase("Stage"), [_stage(metric, space)]),
        *_lines(phrase("Grain"), [_grain(metric)]),
        *_lines(phrase("Edge case"), metric.edge),
        *_lines(phrase("Assumption"), [metric.assumption]),
        *_lines(phrase("Note"), [metric.note]),
    ]
    for mark in metric.benchmarks:
        rows += _lines(phrase("Benchmark"), [benchmark(mark, metric.unit, now)], VERDICTS[mark.reached(now)])
    return [
        *rows,
        *_lines(phrase("Breaks into"), [joined(*(owned_column(space, id_) for id_ in metric.dims), between=", ")]),
        *_lines(phrase("Hint"), _hints(metric)),
        *_lines(phrase("Used by"), [_used_by(facts, space)]),
        *_lines(phrase("Tables"), [joined(*(part_name(id_, space.schemas) for id_ in facts.tables), between=", ")]),
        *_lines(phrase("Data"), [_live(facts)]),
        *_lines(phrase("Settings"), [", ".join(f"{name} = {value}" for name, value in facts.settings.items())]),
    ]


def _lines(label: Word, words: Iterable[Word], tone: Tone = "") -> list[Row]:
    """A row per text that says something."""
    return [Row("", (text(label, "muted"), text(word, tone), text(""))) for word in words if not is_empty(word)]


def _trend(facts: MetricFacts) -> list[Row]:
    """The last periods, with the periods at its ends."""
    values = facts.values or ()
    if not any(value.value is not None for value in values):
        return []
    ends = text(joined(values[0].period.said, "…", values[-1].period.said, between=" "))
    cells: tuple[Cell, ...] = (text(phrase("Trend"), "muted"), SparkCell(series(values)), ends)
    return [Row("trend", cells)]


def _moved(part: Sheet) -> list[Row]:
    """What moved it, and how much of the change each part made."""
    lines = [Row("", (text(""), row.cells[0], row.cells[-1])) for row in part.rows if len(row.cells) > 1]
    return [*_lines(phrase("Parts"), [part.title]), *lines] if lines else []


def _now(facts: MetricFacts, space: Workspace) -> Word:
    """The current value with its change, or — with the reason, or … while it is computed."""
    if facts.failed:
        return joined(DASH, facts.failed, between=" ")
    if not facts.values:
        return WAITING
    now = facts.values[-1]
    if now.value is None:
        return without_number(now, space=space)
    moved = value_changed(facts.values[-2], now) if len(facts.values) > 1 else None
    return joined(shown(now), change_word(moved) if moved else "", f"({now.period.said})", between=" ")


def _named_in(formula: str, space: Workspace) -> list[Word]:
    """The measures (or metrics) a formula names, each with what it is."""
    told = {id_: metric_name(space, id_) for id_ in space.metrics} | {
        id_: one.about for id_, one in space.measures.items()
    }
    return [joined(id_, told[id_], between=": ") for id_ in dict.fromkeys(re.findall(r"\w+", formula)) if id_ in told]


def _stage(metric: Metric, space: Workspace) -> Word:
    """AARRR stage, module and sub-category, each once (R017)."""
    shelf = space.categories.get(metric.category)
    module = shelf.name if shelf else metric.category
    stage = known(STAGES[metric.aarrr]) if metric.aarrr in STAGES else ""
    return joined(stage, module, term(SUBCATEGORIES, metric.subcategory), between=" · ", once=True)


def _grain(metric: Metric) -> Word:
    grains = joined(*(grain_name(grain) for grain in metric.grains or (metric.grain,)), between=", ")
    return joined(grains, term(ROLLUPS, metric.rollup), between=" · ")


def _hints(metric: Metric) -> list[Word]:
    """Why a metric may be a poor choice for appraisal (R022, R028)."""
    laborious = metric.data_ease in ("manual", "hard")
    return [
        phrase("complex: better for analysis than for appraisal") if metric.complexity == "complex" else "",
        phrase("its data cost hand work") if laborious else "",
    ]


def _used_by(facts: MetricFacts, space: Workspace) -> Word:
    """The roles; "…" until they are known."""
    if facts.roles:
        return _users(space, facts.roles)
    return "…" if facts.live is None and not facts.failed else phrase("no role")


def _users(space: Workspace, roles: Sequence[str]) -> Word:
    return joined(*(owner_name(space, role) for role in roles), between=", ")


def _live(facts: MetricFacts) -> Word:
    """Whether the metric is computed here, and what is missing."""
    if facts.live is None:
        return WAITING
    if facts.live:
        return phrase("● computed from this workspace's tables")
    return phrase("○ missing: {what}", what=facts.missing)
