"""The people behind the counter and what they owe: reports, checks, projects, training, stock, money."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, datetime, timedelta

from . import catalog, links
from .rhythm import END, START, between, days, growth, season
from .shop import Shop

_TEAMS = (("promotion", "推广组", 2), ("operations", "运营组", 2), ("guide", "导购组", 4), ("content", "内容组", 3),
          ("pre_sale", "售前组", 3), ("after_sale", "售后组", 2), ("data", "数据组", 2))  # fmt: skip
_PROJECTS = 3  # begun every month
_FIRST_NUMBER = {
    "promotion": 1,
    "operations": 4,
    "guide": 11,
    "content": 21,
    "pre_sale": 31,
    "after_sale": 41,
    "data": 51,
}


def play(shop: Shop) -> None:
    """Write every table that does not come from customers."""
    _staff(shop)
    _reports(shop)
    _checks(shop)
    _mystery(shop)
    _projects(shop)
    _trainings(shop)
    _channels(shop)
    links.affiliates(shop)
    _costs(shop)
    _stock(shop)
    _shelf(shop)


def _months() -> list[date]:
    return [day for day in days(START, END) if day.day == 1]


def _staff(shop: Shop) -> None:
    rng = shop.stream("staff")
    for role, team, count in _TEAMS:
        for number in range(count):
            hired = START - timedelta(days=rng.randint(30, 900))
            kind = "outsourced" if role in ("pre_sale", "content") and number == count - 1 else "employee"
            shop.add(
                "staff",
                f"S{_FIRST_NUMBER[role] + number:03d}",
                team,
                role,
                kind,
                hired,
                None,
                float(rng.randrange(45, 90) * 100),
            )


def _reports(shop: Shop) -> None:
    """Daily, weekly and monthly reports, due at ten; about one in twenty is late, one in a hundred never comes."""
    rng = shop.stream("reports")
    for day in days(START, END):
        kinds = ["日报"] + ["周报"] * (day.weekday() == 0) + ["月报"] * (day.day == 3)
        for _ in kinds:
            due = datetime(day.year, day.month, day.day, 10)
            late = rng.random() < 0.05
            shift = timedelta(minutes=rng.randint(5, 300)) if late else -timedelta(minutes=rng.randint(1, 120))
            published = due + shift if rng.random() > 0.01 else None
            shop.add("reports", shop.next_id("reports", "RP", 4), f"S{51 + day.day % 2:03d}", due, published)


def _checks(shop: Shop) -> None:
    rng = shop.stream("checks")
    for month in _months():
        for _ in range(80):
            at = between(rng, month + timedelta(days=rng.randrange(28)), 9, 18)
            kind = "forecast" if rng.random() < 0.25 else "review"
            stated = float(rng.randint(200, 90000))
            right = rng.random() < (0.7 if kind == "forecast" else 0.965)
            actual = (
                stated
                if right and kind == "review"
                else round(stated * (1 + rng.gauss(0, 0.004 if right else 0.08)), 2)
            )
            shop.add(
                "data_checks",
                shop.next_id("data_checks", "DC", 4),
                f"S{51 + rng.randrange(2):03d}",
                at,
                kind,
                stated,
                actual,
                right,
            )


def _mystery(shop: Shop) -> None:
    rng = shop.stream("mystery")
    for month in _months():
        for department, level in (
            ("门店 Store", 88),
            ("客服 Service", 91),
            ("物流 Delivery", 84),
            ("社群 Community", 89),
        ):
            for _ in range(2):
                score = round(min(100.0, rng.gauss(level, 3.5)), 1)
                day = month + timedelta(days=rng.randrange(27))
                shop.add(
                    "mystery_shopper", shop.next_id("mystery_shopper", "MS", 3), day, department, None, score, 100.0
                )


def _projects(shop: Shop) -> None:
    rng = shop.stream("projects")
    for number, month in enumerate(month for month in _months() for _ in range(_PROJECTS)):
        name = f"J{number + 1:02d}"
        done = month + timedelta(days=rng.randint(28, 62))
        parent = f"J{number:02d}" if number % 3 == 1 else None
        due, finished = month + timedelta(days=55), done if done <= END else None
        shop.add("projects", name, parent, "S004", "运营组", month, due, finished)
        for step in range(4):
            _item(shop, rng, "milestone", name, month + timedelta(days=12 * (step + 1)))
        for _ in range(14 // _PROJECTS):
            _item(shop, rng, "task", None, month + timedelta(days=rng.randrange(28)))


def _item(shop: Shop, rng: random.Random, kind: str, project: str | None, due: date) -> None:
    done = due + timedelta(days=rng.choices((-2, -1, 0, 1, 4), (3, 4, 4, 1, 1))[0])
    dropped = rng.random() < 0.06
    owner = f"S{rng.choice((1, 2, 4, 5, 21, 22, 51)):03d}"
    shop.add(
        "work_items",
        shop.next_id("work_items", "W", 4),
        kind,
        project,
        owner,
        due,
        done if done <= END and not dropped else None,
    )


def _trainings(shop: Shop) -> None:
    rng = shop.stream("trainings")
    for month in _months():
        for person in [row[0] for row in shop.rows["staff"]][:: 2 + month.month % 2]:
            done = month + timedelta(days=rng.randrange(40))
            course = rng.choice(("C01 新人训", "C02 话术", "C03 SQL", "C04 茶艺 Tea art"))
            finished = done if done <= END and rng.random() < 0.9 else None
            number = shop.next_id("trainings", "TR", 4)
            shop.add(
                "trainings", number, person, course, rng.random() < 0.4, float(rng.choice((1, 2, 3, 4, 8))), finished
            )


def _channels(shop: Shop) -> None:
    """Spend follows the registrations each channel brought, with the price of the channel and some luck."""
    rng = shop.stream("channels")
    registered = Counter((row[1].date(), row[2]) for row in shop.rows["users"] if row[2])
    ordered: Counter[tuple[date, str]] = Counter()
    money: Counter[tuple[date, str]] = Counter()
    for row in shop.rows["orders"]:
        if row[11] and row[4]:
            ordered[row[3].date(), row[11]] += 1
            money[row[3].date(), row[11]] += row[5]
    for day in days(START, END):
        running = catalog.running(day)
        for channel in catalog.CHANNELS:
            key = (day, channel.name)
            clicks = registered[key] * 5 + rng.randint(2, 14)
            shown = clicks * rng.randint(16, 24)
            spend = round(
                (registered[key] * 0.75 + 0.25 * 2.2 * channel.share * growth(day) * season(day) * 4)
                * 0.62
                * channel.price
                * rng.uniform(0.8, 1.2),
                2,
            )
            hours = 2.0 if channel.model == "cpt" else 0.0  # its turns on a screen that many share
            loaded = registered[key] + rng.randint(0, 1) if channel.model == "cpd" else registered[key] // 2
            campaign = running.campaign_id if running else catalog.ALWAYS
            people = (shown, int(shown * 0.2), clicks, int(clicks * 0.82), registered[key], loaded)
            sales = (registered[key], ordered[key], round(money[key], 2))
            shop.add("channel_daily", day, channel.name, campaign, channel.model, *people, *sales, spend, hours, None)


def _costs(shop: Shop) -> None:
    rng = shop.stream("costs")
    for day in days(START, END):
        running = catalog.running(day)
        campaign = running.campaign_id if running else None
        shop.add(
            "costs",
            day,
            "new_user_gift",
            True,
            None,
            campaign,
            "register",
            "public",
            "推广组",
            round(24 * growth(day) * rng.uniform(0.7, 1.3), 2),
        )
        shop.add(
            "costs",
            day,
            "operation",
            False,
            None,
            None,
            None,
            "private",
            "运营组",
            round(160 * rng.uniform(0.8, 1.2), 2),
        )
        if day.weekday() == 5:
            shop.add(
                "costs",
                day,
                "ground_promotion",
                True,
                "线下地推 Street 🎪",
                campaign,
                "visit",
                "public",
                "推广组",
                float(rng.randint(120, 220)),
            )
        if running:
            shop.add(
                "costs", day, "coupon", False, None, campaign, "pay", "private", "运营组", float(rng.randint(60, 260))
            )
        if day.day == 25:
            shop.add(
                "costs", day, "outsourcing", False, None, None, None, None, "内容组", float(rng.randint(3000, 5200))
            )


def _stock(shop: Shop) -> None:
    rng = shop.stream("stock")
    sold: Counter[tuple[date, str]] = Counter()
    when = {row[0]: row[4] for row in shop.rows["orders"] if row[4]}
    for order, sku, qty, *_ in shop.rows["order_items"]:
        if order in when:
            sold[when[order].date(), sku] += qty
    level = {sku.sku_id: rng.randint(60, 160) for sku in shop.skus if sku.carried}
    cost = {sku.sku_id: sku.cost for sku in shop.skus}
    for day in days(START, END):
        for sku_id, opening in level.items():
            bought = rng.choice((60, 80, 120)) if opening < 25 else 0
            if bought:
                shop.add("purchases", shop.next_id("purchases", "PU"), day, sku_id, bought, cost[sku_id])
            out = min(sold[day, sku_id], opening + bought)
            level[sku_id] = opening + bought - out
            shop.add("inventory_daily", day, sku_id, opening, bought, out, level[sku_id])


def _shelf(shop: Shop) -> None:
    for sku in shop.skus:
        shop.add("products", sku.sku_id, sku.product_id, sku.category, sku.price, sku.cost, sku.carried, sku.name)
    for content_id, kind, author, published, title in shop.contents:
        shop.add("contents", content_id, kind, author, published, title)
    for item in catalog.CAMPAIGNS:
        first = datetime(item.first.year, item.first.month, item.first.day)
        last = datetime(item.last.year, item.last.month, item.last.day, 23, 59, 59)
        shop.add("campaigns", item.campaign_id, item.kind, first, last, item.audience, item.name)
