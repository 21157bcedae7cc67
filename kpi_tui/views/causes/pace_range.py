"""Where a running period will end, as the share of its target: `96–104 %` (R089)."""

from __future__ import annotations

from kpi_tui.definitions.answers.baseline import Pace
from kpi_tui.definitions.attainment_state import State
from kpi_tui.definitions.quantity import Quantity
from kpi_tui.text.phrase import Word, joined, phrase
from kpi_tui.views.record import Record, record

STATES: dict[str | None, State] = {"ahead": "on_target", "within": "near", "behind": "weak"}


def shares_of(pace: Pace | None, target: float | None) -> tuple[float, float] | None:
    """Lowest and highest end as shares of a target; None where one of them is unknown."""
    if pace is None or pace.low is None or pace.high is None or target is None or target <= 0:
        return None
    return pace.low / target, pace.high / target


def range_word(shares: tuple[float, float]) -> Word:
    """`96–104 %`."""
    low, high = shares
    return joined(Quantity(round(low * 100), "count"), _share(high), between="–")


def pace_sentence(pace: Pace | None, target: float | None) -> Word:
    """The same in a sentence, with what is usual by now; "" where there is none."""
    shares = shares_of(pace, target)
    if shares is None or pace is None:
        return ""
    told = phrase("on pace for {range} of its target", range=range_word(shares))
    usual = phrase("usual by day {day} of {days}: {share}", day=pace.day, days=pace.days, share=_share(pace.share))
    return joined(told, usual if pace.share is not None else "", between="; ")


def pace_record(pace: Pace | None) -> Record | None:
    """The JSON of a pace beside a target that stands elsewhere."""
    return record(pace, "low", "high", "projected", "share", "due", "day", "days", "basis") if pace else None


def _share(share: float | None) -> Quantity:
    return Quantity(share, "percent", digits=0)
