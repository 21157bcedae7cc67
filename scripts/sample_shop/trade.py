"""Orders, their lines, refunds, coupons, stored value, points and levels."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

from . import catalog, contact
from .rhythm import END, season, silent
from .shop import Customer, Shop

_SCENES = (("live", 3), ("vip_group", 4), ("community", 3), ("material", 2), ("article", 2))
_LEVELS = (0, 300, 1000, 3000)
_USUAL = (0.98, 0.91)  # share of the list price asked in even and in odd months, when members are favoured
_STAYS = 180  # days a level lasts without an order


def wish(customer: Customer, day: date, called: bool) -> float:
    """Chance that a visit ends in an order."""
    lift = (0.4 + 0.6 * season(day)) * customer.appetite
    if not customer.paid_orders:
        age = (day - customer.registered.date()).days
        gift = 1.7 if silent(day) else 1.0  # that month everything went into new customers
        return lift * gift * (0.085 if age == 0 else 0.06 if age < 8 else 0.032)
    if silent(day):
        return lift * 0.064  # no reminder, no coupon: old customers look and leave
    return min(0.6, lift * (0.30 if called else 0.108))


def order(
    shop: Shop, rng: random.Random, customer: Customer, at: datetime,
    *, paid: bool, called: str | None, campaign: str | None, read: bool,
) -> None:  # fmt: skip
    """One order with its lines and everything that follows from it."""
    number = f"{at:%Y%m%d%H%M%S}{len(shop.rows['orders']) + 1:06d}"  # 20 digits
    lines = _basket(shop, rng, at, customer)
    discount = 0.87 if campaign or called else _USUAL[at.month % 2]
    listed = round(sum(sku.price * qty for sku, qty in lines), 2)
    amount = round(sum(round(sku.price * discount, 2) * qty for sku, qty in lines), 2)
    paid_at = at + timedelta(seconds=rng.randint(20, 1500)) if paid else None
    paid_at = paid_at if paid_at and paid_at.date() <= END else None
    balance = _spend_balance(shop, customer, amount, paid_at) if paid_at else 0.0
    guided = customer.has_guide(at.date())
    private = rng.random() < (0.43 if guided else 0.08)
    scene = rng.choices([name for name, _ in _SCENES], [weight for _, weight in _SCENES])[0] if private else None
    touch = _touch(shop, rng, customer, at, called, campaign, read)
    guide = (
        catalog.GUIDES[int(customer.user_id) % len(catalog.GUIDES)]
        if private and guided and rng.random() < 0.8
        else None
    )
    shop.add("orders", number, customer.user_id, f"B{1 + int(customer.user_id) % 6:02d}", at, paid_at, amount, listed,
             amount if paid_at else 0.0, balance, "private" if private else "public", scene, *touch, guide)  # fmt: skip
    for sku, qty in lines:
        shop.add("order_items", number, sku.sku_id, qty, round(sku.price * discount, 2), sku.cost)
    if paid_at:
        _afterwards(shop, rng, customer, number, paid_at, amount, lines)


def _basket(shop: Shop, rng: random.Random, at: datetime, customer: Customer) -> list[tuple[catalog.Sku, int]]:
    carried = [sku for sku in shop.skus if sku.carried]
    weights = [2.6 if sku.sku_id.endswith("-1") else 1.0 for sku in carried]
    for index, sku in enumerate(carried):
        if "月饼" in sku.name:
            weights[index] *= 4.0 if at.month == 9 else 0.1
        if "新春" in sku.name:
            weights[index] *= 3.0 if at.month in (1, 2) else 0.1
    count = rng.choices((1, 2, 3, 4), (52, 30, 13, 5))[0]
    picked = dict.fromkeys(rng.choices(carried, weights, k=count))
    often = 0.6 if silent(at.date()) else 0.25  # the few who come fill holiday boxes
    extra = 1 if customer.paid_orders >= 3 and rng.random() < often else 0
    return [(sku, rng.choices((1, 2, 3), (80, 15, 5))[0] + extra) for sku in picked]


def _touch(
    shop: Shop,
    rng: random.Random,
    customer: Customer,
    at: datetime,
    called: str | None,
    campaign: str | None,
    read: bool,
) -> tuple[str | None, str | None, str | None, str | None]:
    """(channel_id, campaign_id, content_id, message_id): at most one is noted on an order."""
    if called:
        return None, None, None, called
    if read and rng.random() < 0.7:
        published = [item[0] for item in shop.contents if item[3] <= at]
        return None, None, published[max(0, len(published) - 1 - int(rng.expovariate(0.15)))], None
    if customer.channel and not customer.paid_orders and rng.random() < 0.7:
        return customer.channel, None, None, None
    return None, campaign, None, None


def _spend_balance(shop: Shop, customer: Customer, amount: float, at: datetime) -> float:
    used = round(min(customer.balance, amount), 2)
    if used:
        customer.balance = round(customer.balance - used, 2)
        shop.add("topup_ledger", shop.next_id("topup_ledger", "L"), customer.user_id, at, "redeem", used)
    return used


def _afterwards(
    shop: Shop, rng: random.Random, customer: Customer, number: str, at: datetime, amount: float,
    lines: list[tuple[catalog.Sku, int]],
) -> None:  # fmt: skip
    customer.paid_orders, customer.last_paid, customer.spent = (
        customer.paid_orders + 1,
        at.date(),
        customer.spent + amount,
    )
    shop.add(
        "points_ledger", shop.next_id("points_ledger", "N"), customer.user_id, at, "earn", int(amount), None, None, None
    )
    if rng.random() < 0.045:
        _refund(shop, rng, customer, number, at, lines)
    if customer.member_since and rng.random() < 0.07 and not customer.balance:
        customer.balance = float(rng.choice((200, 200, 500, 1000)))
        at = at + timedelta(minutes=3)
        shop.add("topup_ledger", shop.next_id("topup_ledger", "L"), customer.user_id, at, "topup", customer.balance)
    _level(shop, customer, at)
    contact.feedback(shop, rng, customer, number, at)


def _refund(
    shop: Shop, rng: random.Random, customer: Customer, number: str, at: datetime, lines: list[tuple[catalog.Sku, int]]
) -> None:
    back = at + timedelta(days=rng.randint(1, 12), minutes=rng.randint(1, 600))
    sku, _ = rng.choice(lines)
    if back.date() <= END:
        returned = rng.random() < 0.7
        amount = round(sku.price * (0.88 if returned else 0.3), 2)
        kind = "return" if returned else "refund_only"
        shop.add("refunds", shop.next_id("refunds", "R"), number, customer.user_id, back, amount, int(returned), kind)


def _level(shop: Shop, customer: Customer, at: datetime) -> None:
    level = sum(customer.spent >= limit for limit in _LEVELS)
    if level > customer.level:
        shop.add("member_levels", customer.user_id, at, customer.level, level, level >= 3)
        customer.level = level


def fade(shop: Shop) -> None:
    """Members who buy nothing for half a year lose a level (after everybody has lived to the end)."""
    for customer in shop.customers:
        if customer.level > 1 and customer.last_paid is not None and (END - customer.last_paid).days >= _STAYS:
            at = datetime(*customer.last_paid.timetuple()[:3], 4) + timedelta(days=_STAYS)
            level = customer.level - 1
            shop.add("member_levels", customer.user_id, at, customer.level, level, level >= 3)


def packet(shop: Shop, rng: random.Random, customer: Customer, campaign: str, at: datetime) -> None:
    """A coupon or red packet taken in a campaign; one in four is used within days."""
    kind = "red_packet" if campaign in ("c2608", "c2610") else "coupon"
    used = at + timedelta(hours=rng.randint(1, 90)) if rng.random() < 0.26 else None
    used = used if used and used.date() <= END else None
    value = float(rng.choice((5, 10, 20, 30)))
    variant = f"满减 {value:.0f} off"
    shop.add("coupons", shop.next_id("coupons", "K"), kind, variant, campaign, customer.user_id, at, used, None, value)
