"""Values as the cache keeps them: plain JSON, and back."""

from __future__ import annotations

import dataclasses
from typing import Any

from kpi_tui.definitions.answers.value import Reason, Value
from kpi_tui.definitions.calendar import Calendar
from kpi_tui.definitions.message import from_plain, to_plain
from kpi_tui.definitions.period import Period

_FIELDS = tuple(field.name for field in dataclasses.fields(Value))


def to_json(value: Value) -> dict[str, Any]:
    """A value without its period's calendar, which its key tells."""
    stored = {name: to_plain(getattr(value, name)) for name in _FIELDS if name != "period"}
    return {**stored, "period": value.period.id}


def from_json(stored: list[dict[str, Any]], calendar: Calendar) -> list[Value]:
    """The values of one metric and period again."""
    return [
        Value(
            **{
                **one,
                "period": Period.parse(one["period"], calendar),
                "reason": Reason(one["reason"]) if one["reason"] else None,
                "notes": tuple(one["notes"]),
                "asked_of": tuple(one["asked_of"]),
            }
        )
        for one in from_plain(stored)
    ]
