"""What the owner looks at: the books of each month, the money put in, the size of the markets."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from . import catalog
from .rhythm import END, START, days, moment
from .shop import Shop

_RENT = 0.12  # rent, packing and the like, as a share of revenue
_MARKETS = (42_000, 55_000, 30_000, 18_000, 12_000, 6_000)  # people each channel could bring


def play(shop: Shop) -> None:
    """Tables that rest on orders and costs, and two that stand for themselves."""
    _books(shop)
    shop.add("investments", "SHOP", START, 180_000.0, date(2027, 8, 31), 1.2)
    shop.add("investments", "SHOP", date(2026, 3, 1), 60_000.0, date(2027, 8, 31), 1.2)
    shop.add("investments", "SHOP", date(2026, 10, 8), 12_000.0, date(2027, 8, 31), 1.2)  # a cold room for the cakes
    for day in (START, date(2026, 1, 1), date(2026, 7, 1)):
        for channel, size in zip(catalog.CHANNELS, _MARKETS, strict=True):
            shop.add("platform_market", channel.name, day, size + 400 * (day - START).days // 30)
    _lookers(shop)


def _books(shop: Shop) -> None:
    """Revenue, gross and net profit per month; revenue is what was paid less what was given back."""
    revenue: dict[str, float] = defaultdict(float)
    spent: dict[str, float] = defaultdict(float)
    paid = {row[0]: row[4] for row in shop.rows["orders"] if row[4]}
    for row in shop.rows["orders"]:
        if row[4]:
            revenue[f"{row[4]:%Y-%m}"] += row[7]
    for row in shop.rows["refunds"]:
        revenue[f"{row[3]:%Y-%m}"] -= row[4]
    goods: dict[str, float] = defaultdict(float)
    for order, _, qty, _, cost in shop.rows["order_items"]:
        if order in paid:
            goods[f"{paid[order]:%Y-%m}"] += qty * cost
    for day, money in [(row[0], row[13]) for row in shop.rows["channel_daily"]]:
        spent[f"{day:%Y-%m}"] += money
    for day, money in [(row[0], row[8]) for row in shop.rows["costs"]]:
        spent[f"{day:%Y-%m}"] += money
    for last in [day for day in days(START, END) if (day + timedelta(days=1)).day == 1]:
        month = f"{last:%Y-%m}"
        gross = revenue[month] - goods[month]
        net = gross - spent[month] - _RENT * revenue[month]
        shop.add("finance_periodic", last, "SHOP", *(round(value, 2) for value in (revenue[month], gross, net)))


def _lookers(shop: Shop) -> None:
    """Downloads of people who never register."""
    rng = shop.stream("lookers")
    for day in days(START, END):
        for _ in range(rng.choice((0, 1, 2, 2, 3, 5))):
            store = rng.choice(("App Store", "华为 AppGallery", "应用宝", "小米商店"))
            channel = rng.choices(catalog.CHANNELS, [item.share for item in catalog.CHANNELS])[0].name
            shop.add("downloads", f"x{rng.randrange(10**6):06d}", moment(rng, day), store, channel)
