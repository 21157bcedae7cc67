"""The stage something is in by the days since it began (R098)."""

from __future__ import annotations

from collections.abc import Mapping


def stage(days: int | None, limits: Mapping[str, float | None]) -> str:
    """The first stage whose last day is not passed (R098); one without a last day has no end; "" when unknown."""
    if days is None or days < 0:
        return ""
    return next((name for name, last in limits.items() if last is None or days <= last), "")
