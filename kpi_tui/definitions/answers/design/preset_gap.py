"""A line that a role lacks of the preset it was made of (R035)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PresetGap:
    """`lack`: the table or column the metric wants; "" since it is live."""

    role: str
    metric: str
    lack: str
