"""Targets: what was agreed per role, metric and period (spec R009, R038)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, order=True)
class TargetKey:
    """One cell: whose (role or person id), of what (metric id)."""

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


@dataclass(frozen=True, slots=True)
class PeriodTargets:
    """The targets of one period at one revision (0: no file yet)."""

    period: str
    revision: int = 0
    cells: Mapping[TargetKey, Target] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Edit:
    """A wish to set (or, with `to` None, clear) one cell. `base` is what the editor saw before."""

    key: TargetKey
    to: float | None
    base: float | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the append-only history."""

    id: str
    at: datetime
    who: str
    role: str
    metric: str
    period: str
    before: float | None
    after: float | None
    why: str = ""
    kind: str = "set"  # set | clear | copy | raise | undo | redo
    batch: str = ""  # edits saved together share it; undo takes a whole batch back
    of: str = ""  # undo / redo: the batch it reverses
    revision: int = 0
    late: bool = False
