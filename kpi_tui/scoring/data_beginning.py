"""The first periods of data that are unlike all later ones: a beginning, not a result, and so no miss of a target.

Who bought before is not known when the orders begin, so that repeat purchases of the first month are few; a shop that
opens sells little. Such a period is taken as one that is not whole.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import replace

from kpi_tui.definitions.answers.value import Value

LEAST = 6
"""Later periods by which it is judged."""
MOST = 3
"""Periods that may be such a beginning."""
FAR = 3.0
"""Deviations (1.4826 × the median one) from the median of all later periods."""
SHARE = 0.2
"""Of that median it must differ, too: periods that are all alike have no deviation."""


def as_begun(row: Sequence[Value]) -> list[Value]:
    """The values oldest first, those of a beginning partial; as they are where the data begin before the row."""
    places = [place for place, value in enumerate(row) if value.value is not None and not value.partial]
    if not places or places[0] == 0:
        return list(row)
    numbers = [value.value for place in places if (value := row[place]).value is not None]
    count = 0
    while count < MOST and len(numbers) - count > LEAST and _is_unlike(numbers[count], numbers[count + 1 :]):
        count += 1
    begun = {*places[:count]}
    return [replace(value, partial=True, late=True) if place in begun else value for place, value in enumerate(row)]


def _is_unlike(number: float, later: Sequence[float]) -> bool:
    """Outside of all later ones, and far from what they mostly are."""
    if min(later) <= number <= max(later):
        return False
    middle = statistics.median(later)
    usual = 1.4826 * statistics.median(abs(one - middle) for one in later)
    return abs(number - middle) > max(FAR * usual, SHARE * abs(middle))
