"""Values of metrics per period and segment, with their reasons (spec R001, R002, R008)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kpi_tui.definitions.answers.value import Value
from kpi_tui.definitions.library.metric import Signal
from kpi_tui.definitions.quantity import Quantity
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.format import PARTIAL
from kpi_tui.text.phrase import Word, joined, phrase, phrases
from kpi_tui.views.cells import Cell, NumberCell, TextCell, finite, text
from kpi_tui.views.library.signals import signal_word
from kpi_tui.views.names import metric_name
from kpi_tui.views.reasons import reason
from kpi_tui.views.view import Column, Sheet, View, sheet

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
    rows = [_row(value, space, own, by) for value, own in zip(found, said, strict=True)]
    notes = [_partial(found), _settings(settings or {})]
    data = [
        value_data(value, settings.get(value.metric) if settings else None, own if signals is not None else None)
        for value, own in zip(found, said, strict=True)
    ]
    return View(sheets=(sheet(_columns(by), rows, notes=notes, key="values"),), data=data)


def _columns(by: str | None) -> list[Column]:
    return [
        Column("metric", phrase("Metric")),
        Column("name"),
        Column("period", phrase("Period")),
        *([Column("segment", by)] if by else []),
        Column("value", phrase("Value"), right=True),
        Column("reason", phrase("Why none")),
        Column("signal"),
    ]


def _row(value: Value, space: Workspace, signals: Sequence[Signal], by: str | None) -> list[Cell]:
    segment: Cell = text(phrase("total"), "muted", None) if value.segment is None else text(value.segment)
    cells: list[Cell] = [
        text(value.metric),
        text(metric_name(space, value.metric), "muted"),
        text(value.period.id),
        *([segment] if by else []),
        number(value),
        why(value),
        text(joined(*(signal_word(signal, value) for signal in signals), between="; "), "near"),
    ]
    return cells


def number(value: Value) -> NumberCell:
    """The number alone, for a sheet that says in a column of its own why there is none."""
    return NumberCell(finite(value.value), value.unit, partial=value.partial)


def why(value: Value) -> TextCell:
    """Why there is no number; csv keeps the reason's id."""
    return text(reason(value.reason, value.detail), "muted", value.reason.value if value.reason else "")


def shown(value: Value) -> Word:
    """`480.87 ◔`."""
    mark = PARTIAL if value.partial and value.value is not None else ""
    return joined(Quantity(value.value, value.unit), mark, between=" ")


def values_sheet(title: Word, found: Sequence[Value], space: Workspace | None = None, key: str = "") -> Sheet:
    """Values inside another one: with a workspace by metric and its name, else by period."""
    columns = [Column("key"), Column("name", csv=False), Column("value", right=True), Column("reason")]
    rows: list[list[Cell]] = [
        [
            text(value.metric if space else value.period.id),
            text(metric_name(space, value.metric) if space else "", "muted"),
            number(value),
            text(reason(value.reason, value.detail), "muted"),
        ]
        for value in found
    ]
    return sheet(columns, rows, title, key=key)


def _settings(settings: Mapping[str, Settings]) -> Word:
    """`Settings in force: churn_days = 90`, each once; empty when nothing but the rows decides."""
    used = sorted({(name, str(value)) for own in settings.values() for name, value in own.items()})
    told = ", ".join(f"{name} = {value}" for name, value in used)
    return phrase("Settings in force: {settings}", settings=told) if used else ""


def _partial(found: Sequence[Value]) -> Word:
    count = sum(value.partial and value.value is not None for value in found)
    if not count:
        return ""
    return phrases(
        "{mark} {count} value of a period that is not over",
        "{mark} {count} values of periods that are not over",
        count,
        mark=PARTIAL,
    )


# --- data --------------------------------------------------------------------------------------------
def value_data(
    value: Value, settings: Settings | None = None, signals: Sequence[Signal] | None = None
) -> dict[str, object]:
    """The JSON of one value; `detail` says the reason in words; `settings`: those in force (R008)."""
    more: dict[str, object] = {} if settings is None else {"settings": dict(settings)}
    if signals is not None:
        more["signals"] = [{"says": signal_word(signal, value), "source": signal.source} for signal in signals]
    return {
        "metric": value.metric,
        "period": value.period.id,
        "segment": value.segment,
        "value": finite(value.value),
        "reason": value.reason.value if value.reason else None,
        "partial": value.partial,
        "unit": value.unit,
        "measures": {name: finite(amount) for name, amount in value.measures.items()},
        "detail": value.detail,
        **more,
    }
