"""The JSON of an answer's own fields: which of them stand in it, and by what name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum
from operator import attrgetter

from kpi_tui.definitions.period import Period
from kpi_tui.definitions.text import Text
from kpi_tui.views.cells import finite

Record = dict[str, object]


def record(thing: object, *fields: str) -> Record:
    """The fields of `thing` in this order, each as JSON has it.

    "score" takes the field of that name, "period=now.period" takes a field of a field under another name; the way
    through a field that is None ends in None.
    """
    found = (field.rpartition("=") for field in fields)
    return {name or path: plain(_at(thing, path)) for name, _equals, path in found}


def plain(value: object) -> object:
    """As JSON has it: no infinite number, the value of an Enum, the id of a period, an ISO day, both languages."""
    match value:
        case Enum():
            return value.value
        case float():
            return finite(value)
        case None | str() | int():
            return value
        case Period():
            return value.id
        case date():
            return value.isoformat()
        case Text():
            return {"en": value.en, "zh": value.zh}
        case Mapping():
            return {key: plain(one) for key, one in value.items()}
        case tuple() | list() | set() | frozenset():
            return [plain(one) for one in value]
    raise TypeError(f"{type(value).__name__} is no plain value: name the fields of it that the JSON has")


def _at(thing: object, path: str) -> object:
    for name in path.split("."):
        if thing is None:
            return None
        thing = attrgetter(name)(thing)
    return thing
