"""Which parts moved the weak line of each post, or why nothing takes it apart (R026, R164)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kpi_tui.definitions.answers.drivers import Drivers
from kpi_tui.definitions.answers.provenance import WeakLine
from kpi_tui.definitions.answers.segments import SegmentDrivers
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.phrase import Word, joined, phrase
from kpi_tui.views.causes.drivers import drivers
from kpi_tui.views.causes.segments import segments
from kpi_tui.views.named_ids import in_names
from kpi_tui.views.names import metric_name, owner_name
from kpi_tui.views.view import Sentence, Sheet, View


def weak_lines(found: Sequence[WeakLine], space: Workspace) -> View:
    """A sheet for each, by a dimension of its rows or by its factors; whose line it is above it."""
    parts = [(one, _apart(one.moved, space)) for one in found]
    said = [Sentence(joined(_named(one, space), _why(one, space), between=": ")) for one, view in parts if view is None]
    sheets = tuple(sheet for one, view in parts if view for sheet in _sheets(one, view, space))
    charts = tuple(replace(chart, key=_key(one, chart.key)) for one, view in parts if view for chart in view.charts)
    data = [view.data for _one, view in parts if view]
    return View(phrase("What moved the weak lines"), tuple(said), sheets, charts, data)


def _apart(answer: SegmentDrivers | Drivers | None, space: Workspace) -> View | None:
    if answer is None:
        return None
    return segments(answer, space) if isinstance(answer, SegmentDrivers) else drivers(answer, space)


def _sheets(line: WeakLine, view: View, space: Workspace) -> Iterator[Sheet]:
    whose = _whose(line, space)
    for sheet in view.sheets:
        tab = phrase("What moved {metric}", metric=metric_name(space, line.metric))
        yield replace(sheet, title=joined(whose, sheet.title, between=": "), key=_key(line, sheet.key), tab=tab)


def _key(line: WeakLine, key: str) -> str:
    """Several weak lines stand in one view: a chart is the picture of the sheet of its own line."""
    return f"{line.metric} {key}" if key else ""


def _named(line: WeakLine, space: Workspace) -> Word:
    return joined(_whose(line, space), metric_name(space, line.metric), between=": ")


def _whose(line: WeakLine, space: Workspace) -> Word:
    return joined(*(owner_name(space, owner) for owner in line.owners), between=" · ")


def _why(line: WeakLine, space: Workspace) -> Word:
    return in_names(line.why, space)
