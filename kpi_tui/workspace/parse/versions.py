"""Later forms of a definition: `[[… .versions]]` with `from`, holding only the keys that differ (R009)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from kpi_tui.definitions.dated import Dated
from kpi_tui.definitions.message import say
from kpi_tui.definitions.period import Period
from kpi_tui.workspace import duplicates
from kpi_tui.workspace.toml.fields import Fields

FROM, VERSIONS, GONE = "from", "versions", "gone"
T = TypeVar("T", bound=Dated)
ReadForm = Callable[[Fields, T], T]
"""Reads a form's table: what it does not say is as in the form before."""


def read_versions(fields: Fields, first: T, read: ReadForm[T]) -> tuple[T, ...]:
    """The later forms of a definition, whole, the earliest first."""
    dated: list[tuple[Period, Fields]] = []
    for inner in fields.tables(VERSIONS):
        since = read_since(inner, required=True)
        if since is None:
            fields.broken = True
            continue
        if twice := duplicates.version(since, [first.since, *(other for other, _ in dated)]):
            inner.problem(*twice)
        dated.append((since, inner))
    found: list[T] = []
    for since, inner in sorted(dated, key=lambda pair: pair[0].start):
        if first.since is not None and since.start < first.since.start:
            inner.problem(FROM, say("this form begins before the definition itself does"), say("choose a later period"))
        found.append(read(inner, found[-1] if found else first))
        fields.join(inner)
    return tuple(found)


def read_since(fields: Fields, *, required: bool = False) -> Period | None:
    """`from = "2026-11"`: the period since which a form counts; None: since ever, or an error."""
    text = fields.string(FROM, required=required)
    if not text:
        return None
    try:
        return Period.parse(text, fields.source.calendar)
    except ValueError as error:
        fields.problem(FROM, str(error), say('write from = "2026-11"'), "period")
        return None
