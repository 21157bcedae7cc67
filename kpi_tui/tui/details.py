"""What there is to say about one line of a scorecard: short under the table, long in the pane at the right."""

from __future__ import annotations

from textual.content import Content

from kpi_tui.definitions.answers.score import ScoreLine
from kpi_tui.definitions.library.metric import Better, Metric
from kpi_tui.definitions.text import Text
from kpi_tui.text.benchmarks import benchmark_text
from kpi_tui.text.clean import clean
from kpi_tui.text.format import DASH, change, number, reason
from kpi_tui.text.i18n import N_, _
from kpi_tui.tui.board import honest, percent, plain
from kpi_tui.tui.trend import tall

TREND_ROWS = 4
_BETTER = {
    Better.HIGHER: N_("more is better"),
    Better.LOWER: N_("less is better"),
    Better.NEUTRAL: N_("neither more nor less is better"),
}
_METHODS = {
    "ratio": N_("actual / target"),
    "inverse": N_("target / actual"),
    "linear": N_("between floor and stretch"),
    "steps": N_("by bands"),
    "range": N_("inside the range"),
    "pass_fail": N_("met or not"),
    "deduct": N_("points taken off per unit"),
}
Part = tuple[str, str]


def why_unknown(line: ScoreLine) -> str:
    """Why a line has no number or no attainment; empty when it has both."""
    if line.actual.value is None:
        return f"{DASH} {reason(line.actual.reason, line.actual.detail or line.detail)}"
    if line.target is None and not line.north_star:
        return _("No target yet: e sets one.")
    if line.attainment is None and line.reason is not None:
        return f"{DASH} {reason(line.reason, line.detail)}"
    return ""


def note(line: ScoreLine, metric: Metric | None, language: str, told: bool = False) -> Content:
    """For under the table: name, why it is unknown or what it would add (unless `told`), the definition."""
    name = metric.name.both(language) if metric else line.metric
    tail = why_unknown(line) or ("" if told else _gain(line))
    definition = metric.definition.get(language) if metric else ""
    second = f"\n{clean(definition)}" if definition else ""
    return Content.assemble((clean(name), "bold"), ("  " + clean(tail), ""), (second, "dim"))


def _gain(line: ScoreLine) -> str:
    if not line.gain_if_met:
        return ""
    return _("meeting the target would add {gain} points", gain=honest(line.gain_if_met, line.weight))


def pane(line: ScoreLine, metric: Metric | None, language: str) -> Content:
    """Everything about a line: numbers, trend, definition, formula, edge cases, benchmarks."""
    parts: list[Part] = [(clean((metric.name if metric else Text(line.metric)).both(language)) + "\n", "bold")]
    if unknown := why_unknown(line):
        parts.append((clean(unknown) + "\n", ""))
    parts += _numbers(line)
    parts += _trend(line)
    if metric:
        parts += meaning(metric, language)
    return Content.assemble(*parts)


def _numbers(line: ScoreLine) -> list[Part]:
    unit = line.actual.unit
    pairs = [
        (_("Actual"), number(line.actual.value, unit)),
        (_("Before"), f"{number(line.previous, unit)}  {change(line.change)}"),
        (_("Target"), number(line.target.value if line.target else None, unit)),
        (_("Attained"), percent(line.attainment)),
        (_("Method"), _(_METHODS.get(line.method, line.method))),
    ]
    if not line.north_star:
        points = DASH if line.points is None else honest(line.points, line.weight, 2)
        pairs.append((_("Points"), f"{points} / {plain(line.weight)}"))
    return [part for label, value in pairs for part in ((f"{label}  ", "dim"), (f"{value}\n", ""))]


def _trend(line: ScoreLine) -> list[Part]:
    lines = tall(line.trend, TREND_ROWS, partial=(len(line.trend) - 1,) if line.actual.partial else ())
    if not lines:
        return []
    return [("\n" + _("Trend") + "\n", "bold"), ("\n".join(row.rstrip() for row in lines) + "\n", "$primary")]


def meaning(metric: Metric, language: str, formula: bool = True) -> list[Part]:
    """Definition, formula (where wanted), direction, edge cases, assumption and benchmarks of a metric."""
    parts: list[Part] = []
    for title, text in (
        (_("Definition"), metric.definition.get(language)),
        (_("Formula"), metric.how if formula else ""),
        (_("Direction"), _(_BETTER[metric.better])),
        (_("Edge cases"), "\n".join("· " + clean(edge.get(language)) for edge in metric.edge)),
        (_("Assumption"), metric.assumption.get(language)),
        (_("Benchmarks"), "\n".join(benchmark_text(mark, metric.unit) for mark in metric.benchmarks)),
    ):
        if text:
            shown = "\n".join(clean(row) for row in text.split("\n"))
            parts += [(f"\n{title}\n", "bold"), (shown + "\n", "")]
    return parts
