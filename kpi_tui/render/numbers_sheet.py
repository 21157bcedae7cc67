"""Every number of the JSON as a line of a sheet: a workbook holds all that the data hold, by where it stands there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kpi_tui.text.phrase import Word, joined, phrase
from kpi_tui.views.cells import NumberCell, TextCell
from kpi_tui.views.view import Column, Row, Sheet, View

_NAMES = ("metric", "id", "role", "link", "week", "period", "platform", "table", "factor", "node", "segment",
          "project", "code", "layer", "step", "name")  # fmt: skip
"""What tells the things of a list apart."""
Place = tuple[Word, ...]


def numbers_sheet(views: Sequence[View]) -> Sheet:
    """`Promotion 2026-10 › lines › new_users › actual` and 441; no rows where the data hold no number."""
    found = [one for view in views for one in _numbers(view.data, (view.title,) if view.title else ())]
    rows = (
        Row(str(n), (TextCell(joined(*place, between=" › ")), NumberCell(value, "exact")))
        for n, (place, value) in enumerate(found)
    )
    columns = (Column("where", phrase("Where")), Column("number", phrase("Number"), right=True))
    return Sheet(columns, tuple(rows), phrase("All numbers"), key="numbers")


def _numbers(data: object, place: Place) -> Iterator[tuple[Place, float]]:
    """Numbers in the order of the JSON, each with the way to it; true and false are none."""
    match data:
        case bool() | str() | None:
            return
        case int() | float():
            yield place, data
        case Mapping():
            for key, value in data.items():
                yield from _numbers(value, (*place, str(key)))
        case list() | tuple():
            for label, value in zip(_labels(data), data, strict=True):
                yield from _numbers(value, (*place, label))


def _labels(things: Sequence[object]) -> list[Word]:
    """By the first names that tell all of them apart (`App Store 2026-W40`), else by their places from 1."""
    for many in range(1, 4):
        found = [_named(thing)[:many] for thing in things]
        if all(found) and len(set(found)) == len(things):
            return [" ".join(names) for names in found]
    return [str(n) for n in range(1, len(things) + 1)]


def _named(thing: object) -> tuple[str, ...]:
    if not isinstance(thing, Mapping):
        return ()
    return tuple(value for name in _NAMES if isinstance(value := thing.get(name), str) and value)
