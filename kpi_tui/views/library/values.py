"""Values of metrics per period and segment, with their reasons (R001, R002, R008)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kpi_tui.definitions.answers.value import Value
from kpi_tui.definitions.library.metric import Signal
from kpi_tui.definitions.quantity import Quantity
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.marks_behind_numbers import marks_of
from kpi_tui.text.phrase import FilledText, Word, joined, phrase
from kpi_tui.views.cells import TextCell, marked, text
from kpi_tui.views.doubts import doubt_cell, doubt_column, doubt_data, doubts
from kpi_tui.views.named_ids import owned_column
from kpi_tui.views.names import metric_name, segment_word
from kpi_tui.views.reasons import reason
from kpi_tui.views.record import Record, record
from kpi_tui.views.view import Column, Sheet, View, listed

Settings = Mapping[str, float | int | str | bool]
Signals = Sequence[tuple[Signal, ...]]


def values(
    found: Sequence[Value],
    space: Workspace,
    by: str | None = None,
    settings: Mapping[str, Settings] | None = None,
    signals: Signals | None = None,
) -> View:
    """Metric, period, segment and value, one line each.

    `settings`: metric id -> those that touch it (R008); `signals`: what each value says by itself.
    """
    said = signals or [()] * len(found)
    lines = listed(
        zip(found, said, strict=True),
        [
            (Column("metric", phrase("Metric")), lambda one: text(one[0].metric)),
            (Column("name"), lambda one: text(metric_name(space, one[0].metric), "muted")),
            (Column("period", phrase("Period")), lambda one: text(one[0].period.said, exact=one[0].period.id)),
            *([(Column("segment", _whose(found, by, space)), lambda one: _segment(one[0]))] if by else []),
            (Column("value", phrase("Value"), right=True), lambda one: marked(one[0])),
            (Column("reason", phrase("Why none")), lambda one: why(one[0], space)),
            (Column("signal"), lambda one: text(joined(*signal_words(*one), between="; "), "near")),
            (doubt_column(), lambda one: doubt_cell(one[0])),
        ],
        lambda one: f"{one[0].metric} {one[0].period.id}",
        notes=[*doubts(found, space), _settings(settings or {})],
        name="values",
    )
    data = [
        value_data(value, settings.get(value.metric) if settings else None, own if signals is not None else None)
        for value, own in zip(found, said, strict=True)
    ]
    return View(sheets=(lines,), data=data)


def _whose(found: Sequence[Value], by: str, space: Workspace) -> Word:
    """The column that the segments are of, with its table where that is not the values' own: `Customers · Channel`."""
    owners = dict.fromkeys(value.segment_of or by for value in found if value.segment is not None)
    return joined(*dict.fromkeys(owned_column(space, one) for one in owners or [by]), between=", ")


def _segment(value: Value) -> TextCell:
    return (
        text(phrase("total"), "muted", None)
        if value.segment is None
        else text(segment_word(value.segment), exact=value.segment)
    )


def signal_words(value: Value, signals: Sequence[Signal]) -> list[Word]:
    """What a value says by itself (R118, R121, R150, R160, R161); {value} and {rest} (1 - value) stand for numbers."""
    rest = None if value.value is None else 1 - value.value
    numbers = (("value", Quantity(value.value, value.unit)), ("rest", Quantity(rest, value.unit)))
    return [FilledText(signal.says, numbers) for signal in signals]


def why(value: Value, space: Workspace) -> TextCell:
    """Why there is no number; csv keeps the reason's id."""
    return text(reason(value.reason, value.detail, space), "muted", value.reason.value if value.reason else "")


def shown(value: Value) -> Word:
    """`480.87 ◔`."""
    return joined(Quantity(value.value, value.unit), marks_of(value), between=" ")


def values_sheet(title: Word, found: Sequence[Value], space: Workspace | None = None, key: str = "") -> Sheet:
    """Values inside another one: with a workspace by metric and its name, else by period."""
    return listed(
        found,
        [
            (Column("key"), lambda value: text(value.metric if space else value.period.said)),
            (Column("name", csv=False), lambda value: text(metric_name(space, value.metric) if space else "", "muted")),
            (Column("value", right=True), marked),
            (Column("reason"), lambda value: text(reason(value.reason, value.detail, space), "muted")),
        ],
        lambda value: value.metric,
        title,
        name=key,
    )


def _settings(settings: Mapping[str, Settings]) -> Word:
    """`Settings in force: churn_days = 90`, each once; empty when nothing but the rows decides."""
    used = sorted({(name, str(value)) for own in settings.values() for name, value in own.items()})
    told = ", ".join(f"{name} = {value}" for name, value in used)
    return phrase("Settings in force: {settings}", settings=told) if used else ""


# --- data --------------------------------------------------------------------------------------------
def value_data(value: Value, settings: Settings | None = None, signals: Sequence[Signal] | None = None) -> Record:
    """The JSON of one value; `detail` says the reason in words; `settings`: those in force (R008)."""
    said = zip(signal_words(value, signals or ()), signals or (), strict=True)
    return {
        **record(value, "metric", "period", "segment", "value", "reason", "partial", "unit", "measures", "detail"),
        **doubt_data(value),
        **({"segment_of": value.segment_of} if value.segment_of else {}),
        **({} if settings is None else {"settings": dict(settings)}),
        **({} if signals is None else {"signals": [{"says": word, "source": signal.source} for word, signal in said]}),
    }
