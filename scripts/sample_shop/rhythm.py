"""When people come: growth, seasons, weekdays and hours of the made-up shop."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache

START = date(2025, 9, 1)  # the shop opens
END = date(2026, 10, 31)
SILENCE = (date(2026, 10, 1), date(2026, 10, 31))  # win-back messages nearly stopped: the weak link

_FEASTS = (  # from, to, factor on the first and on the last day
    (date(2025, 9, 1), date(2025, 9, 14), 2.60, 1.60),  # 开业
    (date(2025, 10, 1), date(2025, 10, 7), 1.10, 1.10),  # 国庆
    (date(2025, 10, 20), date(2025, 10, 31), 1.05, 1.20),
    (date(2025, 11, 1), date(2025, 11, 11), 1.20, 1.90),  # 双11
    (date(2025, 11, 12), date(2025, 11, 20), 0.75, 0.90),
    (date(2025, 12, 10), date(2025, 12, 12), 1.25, 1.45),  # 双12
    (date(2026, 2, 1), date(2026, 2, 12), 1.15, 1.30),  # 年货
    (date(2026, 2, 14), date(2026, 2, 23), 0.60, 0.75),  # 春节
    (date(2026, 3, 6), date(2026, 3, 8), 1.25, 1.35),  # 女神节
    (date(2026, 6, 1), date(2026, 6, 18), 1.15, 1.75),  # 618
    (date(2026, 6, 19), date(2026, 6, 28), 0.80, 0.95),
    (date(2026, 9, 14), date(2026, 9, 25), 1.15, 1.30),  # 中秋
    (date(2026, 10, 1), date(2026, 10, 7), 1.12, 1.12),
    (date(2026, 10, 20), date(2026, 10, 31), 1.05, 1.22),  # towards 双11
)
_WEEKDAY = (0.94, 0.92, 0.95, 0.97, 1.04, 1.12, 1.10)
_HOURS = (2, 1, 1, 1, 1, 2, 5, 9, 12, 13, 14, 15, 19, 16, 13, 13, 14, 15, 17, 22, 27, 28, 20, 9)


def days(first: date, last: date) -> Iterator[date]:
    """Every day from `first` to `last`, both included."""
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


@cache  # few days, asked for every customer
def season(day: date) -> float:
    """How much busier than usual a day is: feasts and weekday."""
    factor = _WEEKDAY[day.weekday()]
    for first, last, low, high in _FEASTS:
        if first <= day <= last:
            share = (day - first).days / max((last - first).days, 1)
            return factor * (low + (high - low) * share)
    return factor


def growth(day: date) -> float:
    """The slow rise of the shop: 1.0 in September 2025, about 1.45 in October 2026."""
    return 1.0 + 0.45 * (day - START).days / (END - START).days


def silent(day: date) -> bool:
    """True in the month in which hardly anybody wrote to old customers."""
    return SILENCE[0] <= day <= SILENCE[1]


def moment(rng: random.Random, day: date) -> datetime:
    """A second of the day, more often at noon and in the evening."""
    hour = rng.choices(range(24), _HOURS)[0]
    return datetime(day.year, day.month, day.day, hour, rng.randrange(60), rng.randrange(60))


def between(rng: random.Random, day: date, first_hour: int, last_hour: int) -> datetime:
    """A second of the day inside office hours."""
    return datetime(day.year, day.month, day.day, rng.randint(first_hour, last_hour), rng.randrange(60))
