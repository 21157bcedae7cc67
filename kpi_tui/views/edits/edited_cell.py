"""A cell that people edit, a target or a number typed by hand: its row key, name, unit and holder."""

from __future__ import annotations

from kpi_tui.definitions.target import TargetKey
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.phrase import BothNames, Word, phrase
from kpi_tui.views.names import factor_name, holder_name, target_name, target_unit

COUNTS = "counts"
"""Whose cells the numbers typed by hand are."""


def cell_key(key: TargetKey) -> str:
    """Row key of a cell."""
    return f"{key.role}/{key.metric}"


def cell_at(row_key: str) -> TargetKey | None:
    """The cell behind a row key; ids hold no slash."""
    role, _slash, metric = row_key.partition("/")
    return TargetKey(role, metric) if metric else None


def cell_name(space: Workspace, key: TargetKey) -> Word:
    """What is aimed at, or counted by hand."""
    return factor_name(space, key.metric) if key.role == COUNTS else target_name(space, key)


def cell_unit(space: Workspace, key: TargetKey) -> str:
    """The unit of a cell."""
    return "count" if key.role == COUNTS else target_unit(space, key)


def cell_holder(space: Workspace, key: TargetKey) -> Word:
    """Whose cell it is: a role, a person, a chain, or nobody's for a count."""
    return phrase("typed by hand") if key.role == COUNTS else BothNames(holder_name(space, key))
