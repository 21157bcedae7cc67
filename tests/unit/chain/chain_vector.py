"""The worked roll-over (R043–R070) as base numbers, and a small chain B–H around them."""

from __future__ import annotations

from dataclasses import replace

from kpi_tui.definitions.answers.chain_inputs import Agreed, ChainInputs, Count
from kpi_tui.definitions.library.chain import Chain, Link, TargetRule
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.text import Text

MAY = Period.parse("2026-05")
WEEKS = ("2026-W19", "2026-W20", "2026-W21", "2026-W22")  # Mondays 4, 11, 18 and 25 May 2026
ROWS = {  # the worked month
    "new": (2000, 1500, 3000, 1200),
    "all": (2500, 2000, 3600, 1700),
    "asked": (200, 180, 300, 120),
    "deals": (50, 45, 84, 30),
    "pre": (40, 36, 60, 24),
    "pre_ok": (30, 27, 48, 18),
    "after": (20, 18, 30, 12),
    "after_ok": (16, 15, 24, 9),
}
LONGER = {  # R054, R055
    ("repeat", "2026-05"): 40,
    ("deals", "2026-05"): 209,
    ("repeat", "2025-05"): 35,
    ("deals", "2025-05"): 190,
    ("vips", "2026-05"): 22,
    ("new", "2026-05"): 7700,
    ("vips", "2026-04"): 20,
    ("new", "2026-04"): 7000,
}
FIRST = {"B": 1000, "C": 0.08, "D": 0.25, "E": 0.75, "F": 0.80}


def link(id_: str, rule: TargetRule, points: float, *counts: str, after: str = "", period: str = "week") -> Link:
    """A link over (numerator, denominator), or over one absolute count."""
    numerator, denominator = (*counts, "")[:2]
    return Link(
        id=id_,
        name=Text(id_),
        rule=rule,
        points=points,
        after=after,
        period=period,
        absolute=numerator,
        numerator=numerator,
        denominator=denominator,
    )


LINKS = (
    link("B", TargetRule.GROWTH, 2, "new"),
    link("C", TargetRule.CONVERSION, 2, "asked", "all", after="B"),
    link("D", TargetRule.CONVERSION, 2, "deals", "asked", after="C"),
    link("E", TargetRule.HOLD, 2, "pre_ok", "pre"),
    link("F", TargetRule.HOLD, 2, "after_ok", "after"),
    link("G", TargetRule.HISTORY, 1, "repeat", "deals", period="month"),
    link("H", TargetRule.PRECEDING, 1.5, "vips", "new", period="month"),
)
CHAIN = Chain("site", Text("site"), LINKS, growth=0.03, result="D")


def counts(changes: dict[tuple[str, str], float | None] | None = None) -> dict[tuple[str, str], Count]:
    """Every base number of the vector, some changed (None: unknown)."""
    said: dict[tuple[str, str], float | None] = dict(LONGER)
    said |= {(name, week): row[n] for name, row in ROWS.items() for n, week in enumerate(WEEKS)}
    return {key: Count(value) for key, value in (said | (changes or {})).items()}


def agreed(**more: float) -> Agreed:
    """The first targets of the vector."""
    return {(WEEKS[0], key): value for key, value in (FIRST | more).items()}


def material(chain: Chain = CHAIN, **parts: object) -> ChainInputs:
    """The vector, ready to be scored."""
    return replace(ChainInputs(chain, counts(), agreed()), **parts)  # type: ignore[arg-type]
