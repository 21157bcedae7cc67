"""How many metrics of each shelf are live, and what one more table or column would unlock."""

from __future__ import annotations

from kpi_tui.definitions.answers.coverage import CategoryCoverage, Coverage, Unlock
from kpi_tui.definitions.library.procedure import EXTRA
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.i18n import N_
from kpi_tui.text.phrase import phrase
from kpi_tui.views.cells import Cell, NumberCell, text
from kpi_tui.views.reasons import known
from kpi_tui.views.view import Column, Sheet, View, sheet

_KINDS = {
    "column": N_("column"),
    "install": N_("to install"),
    "unreadable": N_("table that cannot be read"),
    "table": N_("table"),
}


def coverage(found: Coverage, space: Workspace) -> View:
    """Live metrics per category, then what would unlock most."""
    sheets = (_shelves(found, space), *([_unlocks(found, space)] if found.unlocks else []))
    return View(sheets=sheets, data=_data(found, space))


def _shelves(found: Coverage, space: Workspace) -> Sheet:
    columns = [
        Column("category", phrase("Category")),
        Column("name"),
        Column("live", phrase("Live"), right=True),
        Column("metrics", phrase("Metrics"), right=True),
    ]
    rows = [_shelf(shelf, space) for shelf in found.categories]
    note = phrase("{live} of {all} metrics are live.", live=found.live, all=found.metrics)
    return sheet(columns, rows, notes=[note], key="shelves")


def _shelf(shelf: CategoryCoverage, space: Workspace) -> list[Cell]:
    known_shelf = space.categories.get(shelf.category)
    return [
        text(shelf.category),
        text(known_shelf.name if known_shelf else "", "muted"),
        NumberCell(shelf.live, tone="good" if shelf.live == shelf.metrics else "near"),
        NumberCell(shelf.metrics),
    ]


def _unlocks(found: Coverage, space: Workspace) -> Sheet:
    columns = [
        Column("wanted", phrase("One more")),
        Column("kind"),
        Column("unlocks", phrase("Unlocks"), right=True),
        Column("metrics", phrase("Metrics")),
    ]
    rows = [_unlock(unlock, space) for unlock in found.unlocks]
    return sheet(columns, rows, phrase("What one more table or column would unlock"), key="unlocks")


def _unlock(unlock: Unlock, space: Workspace) -> list[Cell]:
    kind = _kind(unlock, space)
    return [
        text(unlock.missing.name),
        text(known(_KINDS[kind]), "muted", kind),
        NumberCell(len(unlock.metrics)),
        text(", ".join(unlock.metrics), "muted"),
    ]


def _kind(unlock: Unlock, space: Workspace) -> str:
    if unlock.missing.column:
        return "column"
    if unlock.missing.table == EXTRA:
        return "install"
    return "unreadable" if unlock.missing.table in space.tables else "table"


def _data(found: Coverage, space: Workspace) -> dict[str, object]:
    return {
        "live": found.live,
        "metrics": found.metrics,
        "categories": [
            {"category": shelf.category, "live": shelf.live, "metrics": shelf.metrics} for shelf in found.categories
        ],
        "unlocks": [_unlock_data(unlock, space) for unlock in found.unlocks],
        "missing": {metric: [lack.name for lack in lacks] for metric, lacks in found.missing},
    }


def _unlock_data(unlock: Unlock, space: Workspace) -> dict[str, object]:
    return {
        "table": unlock.missing.table,
        "column": unlock.missing.column or None,
        "kind": _kind(unlock, space),
        "unlocks": len(unlock.metrics),
        "metrics": list(unlock.metrics),
    }
