"""How an attainment stands: at its target, near it, or weak (R077)."""

from __future__ import annotations

from typing import Literal

State = Literal["on_target", "near", "weak", "unknown", "none"]

NEAR_FROM = 0.8
"""The share of its target from which a line or link counts as near; below it is weak."""


def state_of(attainment: float | None) -> State:
    """● at the target or above it, ◐ from 80 %, ○ below, ◌ where it is not known."""
    if attainment is None:
        return "unknown"
    return "on_target" if attainment >= 1 else "near" if attainment >= NEAR_FROM else "weak"
