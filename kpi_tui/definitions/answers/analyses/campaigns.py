"""Campaigns over their own days, against as many days before (R146)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kpi_tui.definitions.answers.value import Value
    from kpi_tui.definitions.period import Period


@dataclass(frozen=True, slots=True)
class CampaignRow:
    """A campaign up to the as-of day, who took part, and each metric of them: in its days and in as many before."""

    campaign: str
    span: Period
    running: bool  # its last day is still to come
    participants: Value
    pairs: tuple[tuple[Value, Value], ...]  # (now, before) per metric


@dataclass(frozen=True, slots=True)
class Campaigns:
    """The campaigns with a day in the period, the earliest first."""

    rows: tuple[CampaignRow, ...]
