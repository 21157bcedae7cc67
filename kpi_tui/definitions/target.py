"""Targets: what was agreed per role, metric and period (R009, R038)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class TargetKey(NamedTuple):
    """The key path of a target: whose (role or person id), of what (metric id)."""

    role: str
    metric: str


@dataclass(frozen=True, slots=True)
class Target:
    """An agreed value. `late` marks an edit made after the period had ended."""

    value: float
    by: str = ""
    at: str = ""
    why: str = ""
    late: bool = False
    benchmark: float | None = None
    benchmark_source: str = ""
