"""funnels.toml: steps that people take in order, or metrics that follow each other (R107, R108)."""

from __future__ import annotations

from kpi_tui.definitions.library.funnel import Funnel, Step
from kpi_tui.definitions.message import say
from kpi_tui.sql.tidy_condition import tidy_where
from kpi_tui.workspace import duplicates
from kpi_tui.workspace.toml.fields import Fields


def read_funnel(key: str, fields: Fields) -> Funnel:
    """One `[funnels.id]`."""
    funnel = Funnel(
        id=key,
        name=fields.text("name"),
        about=fields.text("about"),
        steps=tuple(_step(inner, fields) for inner in fields.tables("steps")),
        metrics=fields.strings("metrics"),
        window_days=fields.number("window_days"),
        place=fields.place,
    )
    if bool(funnel.steps) == bool(funnel.metrics):
        fields.problem(
            "",
            say("a funnel has either steps or metrics"),
            say("write `steps = [{{ … }}]` or `metrics = […]`"),
            "funnel",
        )
    elif len(funnel.steps or funnel.metrics) < 2:
        fields.problem("", say("a funnel needs two steps or more"), say("add a step"), "funnel")
    elif twice := duplicates.funnel_steps([step.name for step in funnel.steps]):
        fields.problem(*twice)
    if funnel.window_days < 0:
        fields.problem("window_days", say("'window_days' cannot be negative"), say("write 0 for the whole period"))
    return funnel


def _step(inner: Fields, fields: Fields) -> Step:
    step = Step(
        name=inner.string("name", required=True),
        table=inner.string("table", required=True),
        where=tidy_where(inner.string("where")),
        user=inner.string("user", "user_id"),
        time=inner.string("time"),
        value=inner.string("value"),
        title=inner.text("title"),
        weight=inner.number("weight", 1.0),
        place=inner.place,
        places=inner.places,
    )
    if step.weight < 0:
        inner.problem("weight", say("'weight' cannot be negative"), say("write 0 or more"))
    fields.join(inner)
    return step
