"""Where a number comes from (spec R172): formula, base measures with their numbers, windows, rows, settings, SQL."""

from __future__ import annotations

from textual.content import Content

from kpi_tui.definitions.answers.value import Explanation, Reading, Value
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.clean import clean
from kpi_tui.text.format import DASH, decimals, reason, shown
from kpi_tui.text.i18n import N_, _
from kpi_tui.tui.details import Part, meaning
from kpi_tui.tui.overlays.overlay import TextOverlay

WINDOWS = {
    "period": N_("the period"),
    "previous_period": N_("the period before"),
    "same_period_last_year": N_("the same period a year before"),
    "as_of_end": N_("as it stands at the end"),
    "to_date": N_("everything to the end"),
    "before_period": N_("everything before the period"),
    "cohort": N_("the cohort of the period"),
    "trailing": N_("the days up to the end"),
    "all": N_("everything"),
}


class ExplainScreen(TextOverlay):
    """An explanation to scroll through."""

    def __init__(self, explanation: Explanation, space: Workspace, language: str) -> None:
        super().__init__()
        self._explanation, self._space, self._language = explanation, space, language
        self._metric = space.metrics.get(explanation.value.metric)

    def heading(self) -> str:
        """Metric, period and value."""
        value = self._explanation.value
        name = self._metric.name.both(self._language) if self._metric else value.metric
        return f"{name}  {value.period.id}  {shown(value)}"

    def text(self) -> Content:
        """The whole explanation."""
        parts = explain_parts(self._explanation, self._space, self._language)
        if self._metric is not None:
            parts += meaning(self._metric, self._language, formula=False)
        return Content.assemble(*parts)


def explain_parts(explanation: Explanation, space: Workspace, language: str) -> list[Part]:
    """Formula first, then every number it is made of."""
    value = explanation.value
    parts: list[Part] = []
    if value.value is None:
        parts += [(f"{DASH} {clean(reason(value.reason, value.detail))}\n\n", "bold")]
    parts += [(_("Formula") + "\n", "bold"), (f"  {clean(explanation.formula)} = {shown(value)}\n", "")]
    parts += _values(_("Metrics in the formula"), explanation.parts, space, language)
    for reading in explanation.readings:
        parts += _reading(reading, reading.about.get(language))
    parts += _values(_("Periods behind the roll-up"), explanation.sub_periods)
    if explanation.settings:
        rows = "".join(f"  {clean(name)} = {clean(str(setting))}\n" for name, setting in explanation.settings.items())
        parts += [("\n" + _("Settings") + "\n", "bold"), (rows, "")]
    return parts


def _values(title: str, values: tuple[Value, ...], space: Workspace | None = None, language: str = "") -> list[Part]:
    """One line per value; with a workspace they are different metrics and say their names."""
    if not values:
        return []
    names = [f"{_name(space, value.metric, language)}  " if space else "" for value in values]
    rows = "".join(f"  {name}{value.period.id}  {_shown(value)}\n" for name, value in zip(names, values, strict=True))
    return [(f"\n{title}\n", "bold"), (rows, "")]


def _name(space: Workspace, metric: str, language: str) -> str:
    """The id a formula uses, and what it is called."""
    return clean(f"{metric} · {space.metrics[metric].name.get(language)}" if metric in space.metrics else metric)


def _shown(value: Value) -> str:
    return shown(value) if value.value is not None else f"{DASH} {clean(reason(value.reason, value.detail))}"


def _reading(reading: Reading, about: str) -> list[Part]:
    """One base measure: its number, then how it was read."""
    number = reading.number
    shown_number = exact(number.value) if number.value is not None else f"{DASH} {reason(number.reason, number.detail)}"
    parts: list[Part] = [(f"\n{clean(reading.id)} = {clean(shown_number)}\n", "bold")]
    for label, text in (
        ("", about),
        (_("computed as"), f"{reading.agg} {reading.column}".strip() + f" · {reading.table}"),
        (_("where"), reading.where),
        (_("window"), _window(reading)),
        (_("rows"), "" if reading.rows is None else decimals(reading.rows, 0)),
    ):
        if text:
            parts += [(f"  {label}  " if label else "  ", "dim"), (f"{clean(text)}\n", "")]
    if reading.sql:
        parts += [("  SQL\n", "dim"), ("".join(f"    {clean(row)}\n" for row in reading.sql.splitlines()), "")]
    return parts


def _window(reading: Reading) -> str:
    kind = _(WINDOWS[reading.window]) if reading.window in WINDOWS else reading.window
    days = f"{reading.first_day} … {reading.last_day}" if reading.first_day and reading.last_day else ""
    return " · ".join(part for part in (" ".join(filter(None, (kind, days))), reading.time) if part)


def exact(value: float) -> str:
    """A number with all the digits it needs to reproduce the value."""
    return f"{int(value):,}" if float(value).is_integer() and abs(value) < 1e15 else repr(float(value))
