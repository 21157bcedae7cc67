"""Words between the shop and its customers: messages, invitations, feedback, guides, followers, tags."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

from . import catalog
from .rhythm import END, between, silent
from .shop import Customer, Shop

_REST = 16  # in the silent month one old customer in so many is still written to
_INVITE_WAYS = ("wechat_chat", "wechat_chat", "wechat_moments", "link", "qq")


def write_to(shop: Shop, rng: random.Random, customer: Customer, day: date) -> str | None:
    """Send what is due today; the id of a message that brings the customer in, else None."""
    if customer.last_seen is None:
        return None
    away = (day - customer.last_seen).days
    lapsed = 28 <= away <= 170 and (away - 28) % 16 == 0
    bought = customer.last_paid is not None and (day - customer.last_paid).days == 24
    guided = customer.has_guide(day)
    if (lapsed or bought) and (not silent(day) or int(customer.user_id) % _REST == 0):
        answer = (0.155 if customer.paid_orders else 0.07) * min(1.0, 3 * customer.eagerness)
        return _send(shop, rng, customer, day, "wecom" if guided else "sms", None, answer)
    if _newsletter(customer, day) and (away < 60 or guided):
        running = catalog.running(day)
        channel = "wecom" if guided else ("sms", "email", "poster")[int(customer.user_id) % 3]
        return _send(shop, rng, customer, day, channel, running.campaign_id if running else None, 0.075)
    return None


def _newsletter(customer: Customer, day: date) -> bool:
    """Thursdays, each customer every fourth week."""
    return day.weekday() == 3 and (day.toordinal() // 7 + int(customer.user_id)) % 4 == 0


def _send(
    shop: Shop, rng: random.Random, customer: Customer, day: date, channel: str, campaign: str | None, answer: float
) -> str | None:
    number = shop.next_id("messages", "m", 6)
    sent = between(rng, day, 9, 10)
    delivered = sent + timedelta(seconds=rng.randint(1, 40)) if rng.random() < 0.97 else None
    opened = sent + timedelta(minutes=rng.randint(1, 300)) if delivered and rng.random() < 0.34 else None
    answers = delivered is not None and rng.random() < answer
    responded = sent + timedelta(minutes=rng.randint(3, 420)) if answers else None
    opened = opened or (responded - timedelta(seconds=30) if responded else None)
    guide = catalog.GUIDES[int(customer.user_id) % len(catalog.GUIDES)] if channel == "wecom" else None
    shop.add("messages", number, channel, customer.user_id, guide, campaign, None, sent, delivered, opened, responded)
    return number if answers else None


def invite(
    shop: Shop, rng: random.Random, inviter: str, invitee: str | None, sent: datetime, accepted: datetime | None
) -> None:
    """One invitation."""
    running = catalog.running(sent.date())
    campaign = running.campaign_id if running and running.kind == "referral" else None
    shop.add(
        "invites", shop.next_id("invites", "I"), inviter, invitee, rng.choice(_INVITE_WAYS), campaign, sent, accepted
    )


def after_visit(shop: Shop, rng: random.Random, customer: Customer, day: date) -> None:
    """Small things a visit may lead to: an unanswered invitation, a follow, a tag, a guide, an answer."""
    roll, at = rng.random(), between(rng, day, 11, 21)
    if roll < 0.045:
        invite(shop, rng, customer.user_id, None, at, None)
    elif roll < 0.057:
        place = rng.choice(("official_account", "weibo", "douyin", "wecom"))
        gone = at + timedelta(days=rng.randint(5, 90)) if rng.random() < 0.18 else None
        gone = gone if gone and gone.date() <= END else None
        number = len(shop.rows["owned_followers"])
        known = customer.user_id if number % 7 % 3 else None  # not every follower has been linked to an account
        shop.add("owned_followers", place, f"f{number:05d}", known, at, gone)
    elif roll < 0.067:
        shop.add_once("user_tags", 2, customer.user_id, rng.choice(("seed", "送礼", "茶友", "价格敏感", "🌺 fan")), at)
    elif roll < 0.09:
        _ask(shop, rng, customer, at)
    elif roll < 0.115 and customer.paid_orders:
        _redeem(shop, rng, customer, at)
    if customer.guided is None and rng.random() < (
        0.6 if customer.last_paid == day else 0.09
    ):  # a parcel has the guide's card in it
        _guide(shop, rng, customer, at)


def _guide(shop: Shop, rng: random.Random, customer: Customer, at: datetime) -> None:
    asked = at + timedelta(minutes=2) if rng.random() < 0.85 else None
    added = at + timedelta(minutes=9) if asked and rng.random() < 0.68 else None
    gone = at + timedelta(days=rng.randint(10, 120)) if added and rng.random() < 0.12 else None
    served = (
        at + timedelta(minutes=30)
        if added and rng.random() < (0.7 if customer.last_paid == at.date() else 0.3)
        else None
    )
    guide = catalog.GUIDES[int(customer.user_id) % len(catalog.GUIDES)]
    gone = gone if gone and gone.date() <= END else None
    place = rng.choice(("wecom", "wechat", "group"))
    if added:
        customer.guided = (added.date(), gone.date() if gone else date.max)
    shop.add_once("guide_customers", 3, guide, customer.user_id, place, at, asked, added, gone, served)


def _ask(shop: Shop, rng: random.Random, customer: Customer, at: datetime) -> None:
    if rng.random() < 0.6:
        score = min(10, max(0, round(rng.gauss(8.3, 1.7))))
        _answer(shop, customer, None, at, "nps", None, None, float(score), 10.0, score >= 7)
    elif rng.random() < 0.3:
        score = rng.randint(2, 5)
        _answer(shop, customer, None, at, "willingness", None, None, float(score), 5.0, score >= 4)
    else:
        score = rng.choices((5, 4, 3, 2), (55, 30, 10, 5))[0]
        _answer(shop, customer, None, at, "survey", "pre_sale", "service", float(score), 5.0, score >= 4)


def _redeem(shop: Shop, rng: random.Random, customer: Customer, at: datetime) -> None:
    points = rng.choice((100, 200, 500))
    kind = rng.choice(("gift", "benefit"))
    shop.add(
        "points_ledger",
        shop.next_id("points_ledger", "N"),
        customer.user_id,
        at,
        "redeem",
        -points,
        kind,
        1,
        points / 50,
    )


def _answer(shop: Shop, customer: Customer, order: str | None, at: datetime, *rest: object) -> None:
    shop.add("feedback", shop.next_id("feedback", "F"), customer.user_id, order, at, *rest)


def feedback(shop: Shop, rng: random.Random, customer: Customer, order: str, paid_at: datetime) -> None:
    """What a buyer says after an order: stars, a review, a survey answer, a complaint."""
    at = paid_at + timedelta(days=rng.randint(2, 7), minutes=rng.randint(1, 700))
    if at.date() > END:
        return
    subject = rng.choices(("product", "service", "logistics", "content"), (6, 2, 3, 1))[0]
    stars = rng.choices((5, 4, 3, 2, 1), (66, 24, 6, 2, 2))[0]
    if rng.random() < 0.42:
        _answer(shop, customer, order, at, "rating", "after_sale", subject, float(stars), 5.0, stars >= 4)
    if rng.random() < 0.16:
        _answer(shop, customer, order, at, "review", "after_sale", subject, float(stars), 5.0, stars >= 4)
    if rng.random() < 0.12:
        _answer(shop, customer, order, at, "survey", "after_sale", "service", float(stars), 5.0, stars >= 4)
    if rng.random() < (0.05 if stars <= 3 else 0.016):
        _answer(shop, customer, order, at, "complaint", "after_sale", subject, None, None, False)
