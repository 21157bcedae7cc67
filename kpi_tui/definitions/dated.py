"""Definitions that have a date: the form of a role, a person or the bonus that counts in a period (R009, R038)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol, Self, TypeVar

from kpi_tui.definitions.period import Period


class Dated(Protocol):
    """What has later forms: each whole, with the period `since` which it counts; `gone` ends it."""

    @property
    def since(self) -> Period | None: ...
    @property
    def gone(self) -> bool: ...
    @property
    def versions(self) -> Sequence[Self]: ...


T = TypeVar("T", bound=Dated)


def form_in(first: T, period: Period) -> T | None:
    """The form that counts for a period: the last whose first day is not after the period's; None before it
    begins and once it is gone."""
    found = None
    for form in forms(first):
        if form.since is None or form.since.start <= period.start:
            found = form
    return None if found is None or found.gone else found


def forms(first: T) -> tuple[T, ...]:
    """Every form, the one since ever first."""
    return (first, *first.versions)


def last_form(first: T) -> T:
    """The latest form that is not the end: what names and lists show where nobody asks for a period."""
    return [form for form in forms(first) if not form.gone or form is first][-1]


def ended(first: Dated) -> bool:
    """Whether its last form is its end."""
    return forms(first)[-1].gone


def in_force(known: Mapping[str, T], period: Period) -> dict[str, T]:
    """The forms of a period by id; what has not begun, or is gone, is left out."""
    found = {key: form_in(first, period) for key, first in known.items()}
    return {key: form for key, form in found.items() if form is not None}
