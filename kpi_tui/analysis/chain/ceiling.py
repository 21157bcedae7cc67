"""Platforms near the ceiling of their market (R082, R083)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from kpi_tui.analysis.chain.one_sided_views import growth_card
from kpi_tui.definitions.answers.chain_card import ChainCard, Finding, PlatformWeek
from kpi_tui.definitions.answers.chain_inputs import ChainInputs
from kpi_tui.definitions.library.chain import Platform
from kpi_tui.definitions.quantity import Quantity

CEILING, STABLE, WEEKS = 0.8, 0.10, 4


def ceilings(inputs: ChainInputs, card: ChainCard, rows: Iterable[PlatformWeek]) -> Iterable[Finding]:
    """A platform whose visits are stable and whose market is nearly won: hold it, and do not ask it to grow."""
    first = next((link.link for link in card.links if not link.points), None)
    for name, group in groupby(rows, key=lambda row: row.platform):
        weeks = list(group)[-WEEKS:]
        saturation = weeks[-1].saturation
        if saturation is None or saturation < inputs.setting("platform_ceiling", CEILING):
            continue
        swing = _swing(weeks)
        if swing is None or swing > inputs.setting("platform_stable", STABLE):
            continue
        growing = growth_card(card)
        owner = first.owner if first and first.owner else growing.link.owner if growing else ""
        yield Finding(
            "platform_ceiling", "R082", first.id if first else "", owner, _numbers(inputs, name, saturation, swing)
        )


def _numbers(inputs: ChainInputs, name: str, saturation: float, swing: float) -> dict[str, Quantity | str]:
    known = next((platform for platform in inputs.chain.platforms if platform.id == name), Platform(name))
    fields = (known.holding, known.breakthroughs, known.decision)
    return {
        "platform": name,
        "saturation": Quantity(saturation, "percent"),
        "swing": Quantity(swing, "percent"),
        "done": Quantity(sum(bool(field.both()) for field in fields)),
    }


def _swing(weeks: list[PlatformWeek]) -> float | None:
    """(highest − lowest) / mean visits of four weeks; None when one is missing."""
    visits = [week.visits for week in weeks if week.visits is not None]
    if len(visits) < WEEKS or not sum(visits):
        return None
    return (max(visits) - min(visits)) / (sum(visits) / len(visits))
