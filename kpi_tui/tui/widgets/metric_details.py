"""Everything the library says about one metric, as plain text laid out for a width (R013, R016, R026, R027)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.widgets import Static

from kpi_tui.definitions.answers.value import Value, relative_change
from kpi_tui.definitions.library.metric import Benchmark, Better, Kind, Metric, Rollup, Signal
from kpi_tui.definitions.period import Grain
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.benchmarks import benchmark_text
from kpi_tui.text.clean import clean, fit, width
from kpi_tui.text.format import change, reason, shown, spark, unit_name
from kpi_tui.text.i18n import N_, _, language
from kpi_tui.text.signals import signal_text

LABEL = 12  # cells of the left column
Parts = list[tuple[str, str]]
Field = tuple[str, str] | tuple[str, str, str]

KINDS = {Kind.ABSOLUTE: N_("absolute number"), Kind.RATIO: N_("ratio")}
DIRECTIONS = {
    Better.HIGHER: N_("↑ higher is better"),
    Better.LOWER: N_("↓ lower is better"),
    Better.NEUTRAL: N_("no direction is better"),
}
ROLLUPS = {
    Rollup.RECOMPUTE: N_("longer periods are computed from the rows"),
    Rollup.MEAN: N_("longer periods are the mean"),
    Rollup.POOLED: N_("longer periods pool the parts"),
    Rollup.LAST: N_("longer periods show the last value"),
}
STAGES = {
    "acquisition": N_("Acquisition"),
    "activation": N_("Activation"),
    "retention": N_("Retention"),
    "revenue": N_("Revenue"),
    "referral": N_("Referral"),
}
SUBCATEGORIES = {
    "activity": N_("activity"),
    "campaign": N_("campaign"),
    "content": N_("content"),
    "conversion": N_("conversion"),
    "feature": N_("feature"),
    "income": N_("income"),
    "membership": N_("membership"),
    "official_account": N_("official account"),
    "points": N_("reward points"),
    "reach": N_("reach"),
    "repurchase": N_("repurchase"),
    "retention": N_("retention"),
    "topup": N_("top-up"),
    "trading": N_("trading"),
    "user_index": N_("user index"),
    "user_state": N_("user state"),
    "value": N_("value"),
}
_COLOURS = {None: "", True: "$text-success", False: "$text-error"}  # of a benchmark: unknown, reached, missed (R127)
GRAINS = {
    Grain.DAY: N_("day"),
    Grain.WEEK: N_("week"),
    Grain.MONTH: N_("month"),
    Grain.QUARTER: N_("quarter"),
    Grain.YEAR: N_("year"),
    Grain.SPAN: N_("span"),
}


@dataclass(frozen=True, slots=True)
class Known:
    """What the book has answered so far; None while it is being computed."""

    live: tuple[bool, str] | None = None
    tables: Sequence[str] = ()
    roles: Sequence[str] = ()
    values: Sequence[Value] | None = None
    settings: Mapping[str, float | int | str | bool] | None = None
    failed: str = ""
    signals: Sequence[Signal] = ()


class MetricDetails(Static):
    """The details of a metric; lays itself out anew when its width changes."""

    DEFAULT_CSS = "MetricDetails { height: auto; width: 1fr; }"

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._subject: tuple[Metric, Workspace, Known] | None = None
        self._width = 0

    def show(self, metric: Metric | None, workspace: Workspace, known: Known) -> None:
        """Show a metric (None: nothing)."""
        self._subject = None if metric is None else (metric, workspace, known)
        self._lay_out()

    def on_resize(self) -> None:
        """Wrap anew."""
        if self.size.width != self._width:
            self._lay_out()

    def _lay_out(self) -> None:
        self._width = self.size.width
        if self._subject is None:
            self.update(Content(""))
        elif self._width:
            self.update(details(*self._subject, self._width))


def details(metric: Metric, workspace: Workspace, known: Known, room: int) -> Content:
    """The whole text, wrapped to `room` cells with hanging lines."""
    parts: Parts = [(f"{line}\n", "bold") for line in _wrapped(metric.name.both(language()) or metric.id, room)]
    parts += [(f"{fit(metric.id, room)}\n\n", "dim")]
    for label, text, *style in _fields(metric, workspace, known):
        parts += _field(label, text, room, *style)
    return Content.assemble(*parts)


def _fields(metric: Metric, workspace: Workspace, known: Known) -> list[Field]:
    """Label and text (and its style) of everything worth saying, in reading order."""
    now = known.values[-1].value if known.values else None
    return [
        (_("Now"), value_line(known)),
        *(("", text, "$text-warning") for text in signal_lines(known)),
        (_("Trend"), trend_line(known)),
        (_("Definition"), metric.definition.get(language())),
        (_("Formula"), metric.how),
        *_measures(metric, workspace),
        (_("Unit"), f"{unit_name(metric.unit, workspace.currency)} · {_(KINDS[metric.kind])}"),
        (_("Direction"), _(DIRECTIONS[metric.better])),
        (_("Stage"), _stage(metric, workspace)),
        (_("Grain"), _grain(metric)),
        *((_("Edge case"), edge.get(language())) for edge in metric.edge),
        (_("Assumption"), metric.assumption.get(language())),
        (_("Note"), metric.note.get(language())),
        *((_("Benchmark"), *_beside(mark, metric.unit, now)) for mark in metric.benchmarks),
        (_("Breaks into"), ", ".join(metric.dims)),
        *((_("Hint"), hint) for hint in _hints(metric)),
        (_("Used by"), ", ".join(role_names(workspace, known.roles)) or _("no role")),
        (_("Tables"), ", ".join(known.tables)),
        (_("Data"), live_line(known.live)),
        (_("Settings"), ", ".join(f"{name} = {value}" for name, value in (known.settings or {}).items())),
    ]


def _beside(mark: Benchmark, unit: str, now: float | None) -> tuple[str, str]:
    """A benchmark with its verdict on the value, and its colour (R127)."""
    return benchmark_text(mark, unit, now), _COLOURS[mark.reached(now)]


def _measures(metric: Metric, workspace: Workspace) -> list[tuple[str, str]]:
    """The measures (or metrics) a formula names, each with what it is."""
    words = "".join(char if char.isalnum() or char == "_" else " " for char in metric.formula).split()
    known: list[tuple[str, str]] = []
    for word in dict.fromkeys(words):
        if word in workspace.measures:
            known.append(("", f"{word}: {workspace.measures[word].about.get(language())}"))
        elif word in workspace.metrics:
            known.append(("", f"{word}: {workspace.metrics[word].name.both(language())}"))
    return known


def _stage(metric: Metric, workspace: Workspace) -> str:
    """AARRR stage, module and sub-category, each once (R017)."""
    shelf = workspace.categories.get(metric.category)
    stage = _(STAGES[metric.aarrr]) if metric.aarrr in STAGES else metric.aarrr
    part = _(SUBCATEGORIES[metric.subcategory]) if metric.subcategory in SUBCATEGORIES else metric.subcategory
    names = (stage, shelf.name.get(language()) if shelf else metric.category, part)
    return " · ".join(dict.fromkeys(name for name in names if name))


def _hints(metric: Metric) -> list[str]:
    """Why a metric may be a poor choice for appraisal (R022, R028)."""
    hints = [_("complex: better for analysis than for appraisal")] if metric.complexity == "complex" else []
    return hints + ([_("its data cost hand work")] if metric.data_ease in ("manual", "hard") else [])


def _grain(metric: Metric) -> str:
    grains = ", ".join(_(GRAINS[grain]) for grain in metric.grains or (metric.grain,))
    return f"{grains} · {_(ROLLUPS[metric.rollup])}"


def role_names(workspace: Workspace, roles: Sequence[str]) -> list[str]:
    """Names of roles in the language in force."""
    return [workspace.roles[role].name.get(language()) if role in workspace.roles else role for role in roles]


def value_line(known: Known) -> str:
    """The current value with its change, or — with the reason, or … while it is computed."""
    if known.failed:
        return f"— {known.failed}"
    if not known.values:
        return "…"
    now = known.values[-1]
    if now.value is None:
        return f"— {reason(now.reason, now.detail)}"
    share = relative_change(known.values[-2], now) if len(known.values) > 1 else None
    return " ".join(filter(None, (shown(now), "" if share is None else change(share), f"({now.period.id})")))


def signal_lines(known: Known) -> list[str]:
    """What the current value says by itself."""
    return [f"◐ {signal_text(signal, known.values[-1])}" for signal in known.signals] if known.values else []


def trend_line(known: Known) -> str:
    """A spark of the last periods, with the periods at its ends."""
    values = known.values or ()
    if not any(value.value is not None for value in values):
        return ""
    partial = [place for place, value in enumerate(values) if value.partial]
    drawn = spark([value.value for value in values], gap="·", partial=partial)
    return f"{drawn}  {values[0].period.id} … {values[-1].period.id}"


def live_line(live: tuple[bool, str] | None) -> str:
    """Whether the metric is computed here, and what is missing."""
    if live is None:
        return "…"
    return _("● computed from this workspace's tables") if live[0] else _("○ missing: {what}", what=live[1])


def _wrapped(text: str, room: int) -> list[str]:
    return [line.plain.rstrip() for line in Content(clean(text)).wrap(max(room, 4))] or [""]


def _field(label: str, text: str, room: int, style: str = "") -> Parts:
    """A label and its text beside it, following lines indented; nothing for an empty text."""
    if not text:
        return []
    side = LABEL if room >= 30 else 0
    parts: Parts = [] if side else [(f"{label}\n", "dim")] if label else []
    for index, line in enumerate(_wrapped(text, room - side)):
        head = fit(label, side) if index == 0 and width(label) < side else " " * side
        parts += [(head, "dim"), (f"{line}\n", style)]
    return parts
