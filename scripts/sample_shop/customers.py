"""Who registers, who comes back, who buys: the shop played day by day."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

from . import catalog, contact, trade
from .browsing import checkout, visit
from .rhythm import END, START, days, growth, moment, season
from .shop import Customer, Shop

_NEW_PER_DAY = 9.2
_ONE_TIMERS, _SELDOM, _OFTEN = 0.42, 0.03, 1.7  # share of those who hardly come again; how often both sorts come
_DAY_ONE, _FADING = 0.36, 0.44  # chance to come back on day k: _DAY_ONE * k ** -_FADING
_NICKNAMES = (
    "小满",
    "阿茶",
    "Lily",
    "山茶花开",
    "老周",
    "Momo 🐱",
    "Tea_Lover",
    "豆豆妈",
    "Kevin",
    "静水",
    "一只柚子",
    "Ann 安",
    "雨前",
    "Leo",
)


def play(shop: Shop) -> None:
    """Live through every day from the opening to the end of the tables."""
    rng = shop.stream("life")
    for day in days(START, END):
        for _ in range(_count(rng, _NEW_PER_DAY * shop.scale * growth(day) * (0.5 + 0.5 * season(day)))):
            _register(shop, rng, day)
        _strangers(shop, rng, day)
        for customer in shop.customers:
            _live(shop, rng, customer, day)


def _count(rng: random.Random, mean: float) -> int:
    return max(0, round(rng.gauss(mean, mean**0.5 * 0.8)))


def _register(shop: Shop, rng: random.Random, day: date) -> None:
    at = moment(rng, day)
    invited = rng.random() < 0.17 and len(shop.customers) > 40
    channel = None
    if not invited and rng.random() < 0.62:
        channel = rng.choices(catalog.CHANNELS, [item.share for item in catalog.CHANNELS])[0].name
    platform = rng.choices(("app", "web", "wechat"), (5, 2, 4))[0]
    inviter = rng.choice(shop.customers[-400:]).user_id if invited else None
    number = f"{len(shop.customers) + 1:06d}"  # leading zeros on purpose
    eagerness = rng.gammavariate(2.2, 1 / 2.2) * (_SELDOM if rng.random() < _ONE_TIMERS else _OFTEN)
    customer = Customer(number, at, channel, inviter, platform, eagerness, rng.gammavariate(2.5, 0.4))
    if rng.random() < 0.45:
        customer.member_since = at + timedelta(days=rng.randrange(3), minutes=rng.randint(1, 300))
    shop.customers.append(customer)
    _write(shop, rng, customer)
    if inviter:
        sent = max(at - timedelta(hours=rng.randint(1, 70)), datetime(START.year, START.month, START.day, 9))
        contact.invite(shop, rng, inviter, number, sent, at)


def _write(shop: Shop, rng: random.Random, customer: Customer) -> None:
    card = customer.registered + timedelta(days=rng.randrange(40)) if rng.random() < 0.3 else None
    kind = "promoted" if customer.channel else "organic"
    device = "d" + customer.user_id if customer.platform == "app" else None
    member = customer.member_since if customer.member_since and customer.member_since.date() <= END else None
    shop.add("users", customer.user_id, customer.registered, customer.channel, kind, customer.inviter, device,
             "buyer", card if card and card.date() <= END else None, member, rng.choice(_NICKNAMES))  # fmt: skip
    if device:
        store = rng.choice(("App Store", "华为 AppGallery", "应用宝", "小米商店"))
        at = customer.registered - timedelta(minutes=rng.randint(2, 600))
        shop.add("downloads", device, at, store, customer.channel)


def _strangers(shop: Shop, rng: random.Random, day: date) -> None:
    """Visitors who never log in; most of them leave after one page."""
    running = catalog.running(day)
    for _ in range(_count(rng, 60 * shop.scale * growth(day) * season(day))):
        number = f"a{rng.randrange(10**6):06d}"
        channel = rng.choices(catalog.CHANNELS, [item.share for item in catalog.CHANNELS])[0].name
        url = f"https://camellia.example/?source={channel}" if rng.random() < 0.6 else None
        steps = 1 if rng.random() < 0.52 else rng.randint(2, 5)
        campaign = running.campaign_id if running and rng.random() < 0.15 else None
        platform = rng.choices(("web", "wechat"), (3, 2))[0]
        visit(
            shop,
            rng,
            number,
            None,
            platform,
            moment(rng, day),
            steps=steps,
            read=rng.random() < 0.08,
            url=url,
            campaign=campaign,
        )


def _live(shop: Shop, rng: random.Random, customer: Customer, day: date) -> None:
    age = (day - customer.registered.date()).days
    called = contact.write_to(shop, rng, customer, day)
    if age == 0 or called is not None or rng.random() < _chance(customer, day, age):
        _come(shop, rng, customer, day, called)


def _chance(customer: Customer, day: date, age: int) -> float:
    chance = _DAY_ONE * age**-_FADING * customer.eagerness * (0.55 + 0.45 * season(day))
    away = (day - customer.last_seen).days if customer.last_seen else age
    if away > 35:
        chance *= 0.34  # who has forgotten the shop needs a word from it
    return min(chance, 0.92)


def _come(shop: Shop, rng: random.Random, customer: Customer, day: date, called: str | None) -> None:
    at = moment(rng, day) if day > customer.registered.date() else customer.registered + timedelta(seconds=20)
    fresh = customer.last_seen is None
    buys = rng.random() < trade.wish(customer, day, called is not None)
    reads = rng.random() < 0.27
    steps = 1 if rng.random() < 0.17 and not buys else rng.choices((2, 3, 4, 5, 7), (5, 5, 3, 2, 1))[0]
    running = catalog.running(day)
    campaign = running.campaign_id if running and rng.random() < 0.22 else None
    platform = customer.platform if rng.random() < 0.8 else rng.choice(("app", "web", "wechat"))
    url = f"https://camellia.example/?source={customer.channel}" if fresh and customer.channel else None
    seen = visit(
        shop,
        rng,
        customer.visitor_id,
        customer.user_id,
        platform,
        at,
        steps=steps,
        read=reads,
        url=url,
        campaign=campaign,
    )
    if campaign and rng.random() < 0.3:
        seen.do("campaign_join", campaign_id=campaign)
        trade.packet(shop, rng, customer, campaign, seen.now)
    customer.last_seen = day
    if buys and seen.now.date() <= END:
        paid = rng.random() < 0.9
        checkout(seen, paid=paid)
        trade.order(shop, rng, customer, seen.now, paid=paid, called=called, campaign=campaign, read=reads)
    contact.after_visit(shop, rng, customer, day)
