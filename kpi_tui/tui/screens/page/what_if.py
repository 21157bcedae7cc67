"""What if: the numbers a person puts into a projection, in one line."""

from __future__ import annotations

from kpi_tui.definitions.answers.projection import Assumed
from kpi_tui.text.i18n import _
from kpi_tui.text.typed_amounts import parse_amount

MEASURED = "-"
"""In the place of a number that stays as it was measured."""
UNITS = {"viral": ("count", "ratio", "days"), "churn": ("count", "percent")}


def label(kind: str) -> str:
    """What is asked for."""
    if kind == "churn":
        return _("Users, churn rate, as 1000 20% (-: measured, empty: all)")
    return _("Seeds, K, days, as 1000 1.5 10 (-: measured, empty: all)")


def as_text(kind: str, known: Assumed) -> str:
    """What was put in last."""
    numbers = (known.users, known.rate, known.cycle)[: len(UNITS[kind])]
    if all(number is None for number in numbers):
        return ""
    told = [MEASURED if number is None else f"{number:g}" for number in numbers]
    return " ".join(f"{float(one) * 100:g}%" if unit == "percent" and one != MEASURED else one
                    for one, unit in zip(told, UNITS[kind], strict=True))  # fmt: skip


def read(kind: str, text: str) -> Assumed:
    """The numbers of a line. AmountError for one that is none, ValueError for too many."""
    parts, units = text.split(), UNITS[kind]
    if len(parts) > len(units):
        raise ValueError(label(kind))
    found = [None if part == MEASURED else parse_amount(part, unit) for part, unit in zip(parts, units, strict=False)]
    users, rate, cycle = [*found, None, None, None][:3]
    return Assumed(users, rate, cycle)
