"""Metric by role with its weights, and what stands in a role that aims elsewhere (R015, R024)."""

from __future__ import annotations

from collections.abc import Callable

from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.phrase import Word, joined, phrase
from kpi_tui.views.cells import Cell, NumberCell, text
from kpi_tui.views.names import metric_name, owner_name
from kpi_tui.views.view import Column, View, sheet

OFF_FOCUS = "≠"


def allocation(space: Workspace, off_focus: Callable[[str, str], bool]) -> View:
    """Metric by role with weights; `≠` marks a metric of another stage than the role aims at (R024)."""
    held: dict[str, dict[str, float]] = {}
    for role in space.roles.values():
        for line in role.lines:
            held.setdefault(line.metric, {})[role.id] = line.weight
    strange = {metric: [role for role in weights if off_focus(role, metric)] for metric, weights in held.items()}

    def weight(metric: str, role: str) -> Cell:
        off = role in strange[metric]
        after = f" {OFF_FOCUS}" if off else ""
        return NumberCell(held[metric].get(role), "weight", "near" if off else "", blank=True, after=after)

    columns = [Column(role, owner_name(space, role), right=True) for role in space.roles]
    rows = [
        [text(metric), text(metric_name(space, metric), "muted"), *(weight(metric, role) for role in space.roles)]
        for metric in held
    ]
    found = [Column("metric", phrase("Metric")), Column("name"), *columns]
    lines = sheet(found, rows, notes=[_aims(space)], key="allocation")
    data = [{"metric": metric, "weights": held[metric], "off_focus": strange[metric]} for metric in held]
    return View(sheets=(lines,), data=data)


def _aims(space: Workspace) -> Word:
    aims = [joined(owner_name(space, role.id), role.aim, between=": ") for role in space.roles.values() if role.aim]
    told = joined(*aims, between=", ")
    return phrase("Aims: {aims}. {mark} another stage than the aim.", aims=told, mark=OFF_FOCUS) if aims else ""
