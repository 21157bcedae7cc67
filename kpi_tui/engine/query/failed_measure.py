"""Where what cannot be computed is written, and why it cannot."""

from __future__ import annotations

from kpi_tui.definitions.issue import in_its_place
from kpi_tui.definitions.library.metric import Measure
from kpi_tui.definitions.message import say
from kpi_tui.definitions.workspace import Workspace


def failed(measure: Measure, workspace: Workspace, why: str) -> str:
    """`why` at the place of the SQL: at the funnel of its fact, or at the measure."""
    fact = workspace.facts.get(measure.table)
    if fact and fact.funnel:
        return in_its_place(fact.place, say("funnel {name}: {why}", name=fact.funnel, why=why))
    keys = [key for key in ("column", "where") if getattr(measure, key)]
    place = measure.places.get(keys[0], measure.place) if len(keys) == 1 else measure.place
    key = f"measures.{measure.id}.{keys[0]}" if len(keys) == 1 else f"measures.{measure.id}"
    return in_its_place(place, say("{key}: {why}", key=key, why=why))
