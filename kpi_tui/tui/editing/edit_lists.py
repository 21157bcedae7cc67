"""Lists of edits over a screen: what differs from the files, who changed a cell."""

from __future__ import annotations

from collections.abc import Sequence

from kpi_tui.definitions.edit import Change
from kpi_tui.definitions.target import TargetKey
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.i18n import _
from kpi_tui.tui.overlays.table import TableOverlay
from kpi_tui.views.edits.history import history
from kpi_tui.views.edits.unsaved import Pending, differences


def differences_overlay(pending: Pending, space: Workspace) -> TableOverlay:
    """Every unsaved cell; answers its period and cell."""
    return TableOverlay(differences(pending, space), _("Enter go to the cell   Esc back   (w saves, u undoes)"))


def history_overlay(changes: Sequence[Change], key: TargetKey, space: Workspace) -> TableOverlay:
    """Who changed this cell."""
    return TableOverlay(history(changes, key, space), _("↑↓ scroll   Esc back"))
