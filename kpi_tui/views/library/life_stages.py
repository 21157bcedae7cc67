"""What is planned for every stage of a user's life: key point, interaction, aim (R024)."""

from __future__ import annotations

from collections.abc import Iterable

from kpi_tui.definitions.role import LifeStage
from kpi_tui.text.phrase import phrase
from kpi_tui.views.cells import text
from kpi_tui.views.view import Column, View, sheet


def life_stages(stages: Iterable[LifeStage]) -> View:
    """A line per stage, in their order."""
    known = list(stages)
    columns = [
        Column("stage", phrase("Stage")),
        Column("key_point", phrase("Key point")),
        Column("interaction", phrase("Interaction")),
        Column("aim", phrase("Aim")),
    ]
    rows = [[text(one.id), text(one.key_point), text(one.interaction), text(one.aim)] for one in known]
    data = [
        {"stage": one.id, "key_point": one.key_point, "interaction": one.interaction, "aim": one.aim} for one in known
    ]
    return View(sheets=(sheet(columns, rows, key="stages"),), data=data)
