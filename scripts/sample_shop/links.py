"""Links people pass on: whose link a page was opened from, and the articles pushed to followers.

Everything here has random streams of its own and changes no visit, so that the story of the shop stays as it is.
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import date, datetime, timedelta

from . import catalog
from .rhythm import END, START, between, days
from .shop import Row, Shop

_TS, _USER, _EVENT, _PAGE, _URL, _CONTENT, _CAMPAIGN = 0, 2, 4, 5, 6, 7, 8  # places in an event row
_SHARED_ARTICLE, _SHARED_CAMPAIGN = 0.4, 0.3  # share of strangers' views that came through somebody's link
_KNOWN = 0.03  # customers mostly come by themselves: how much less often they use a link


def play(shop: Shop) -> None:
    """After customers have lived and before the tables are put in order."""
    _inviters(shop)
    _pushes(shop)


def _inviters(shop: Shop) -> None:
    """Put `inviter=` into the address of pages opened from an invitation, a shared article or a campaign link."""
    rng = shop.stream("links")
    inviters = {customer.user_id: customer.inviter for customer in shop.customers if customer.inviter}
    when = [customer.registered for customer in shop.customers]
    events = shop.rows["events"]
    for place, row in enumerate(events):
        if row[_EVENT] != "page_view":
            continue
        known = min(bisect_left(when, row[_TS]), len(when))
        inviter = inviters.pop(row[_USER], None)  # the first page of whoever was invited
        if inviter is None and known > 40:
            chance = _SHARED_ARTICLE if row[_CONTENT] else _SHARED_CAMPAIGN if row[_CAMPAIGN] else 0.0
            if chance and rng.random() < chance * (_KNOWN if row[_USER] else 1.0):
                inviter = shop.customers[rng.randrange(max(0, known - 300), known)].user_id
        if inviter is not None and inviter != row[_USER]:
            events[place] = _opened_from(row, inviter)


def _opened_from(row: Row, inviter: str) -> Row:
    address = row[_URL] or "https://camellia.example/"
    content = f"&content={row[_CONTENT]}" if row[_CONTENT] else ""
    joint = "&" if "?" in address else "?"
    return (*row[:_URL], f"{address}{joint}inviter={inviter}{content}", *row[_URL + 1 :])


def _pushes(shop: Shop) -> None:
    """On Wednesdays and Saturdays the newest article goes to some followers of the official account."""
    rng = shop.stream("pushes")
    for day in days(START, END):
        if day.weekday() not in (2, 5):
            continue
        article = _newest_article(shop, day)
        for customer in shop.customers:
            if customer.registered.date() >= day or rng.random() > 0.04:
                continue
            sent = between(rng, day, 18, 19)
            delivered = sent + timedelta(seconds=rng.randint(1, 20)) if rng.random() < 0.96 else None
            opened = sent + timedelta(minutes=rng.randint(1, 200)) if delivered and rng.random() < 0.36 else None
            number = shop.next_id("messages", "m", 6)
            shop.add(
                "messages",
                number,
                "wechat_article",
                customer.user_id,
                None,
                None,
                article,
                sent,
                delivered,
                opened,
                None,
            )


def _newest_article(shop: Shop, day: date) -> str:
    noon = datetime(day.year, day.month, day.day, 12)
    return [content for content, kind, _, published, _ in shop.contents if kind == "article" and published < noon][-1]


def affiliates(shop: Shop) -> None:
    """An alliance paid per order, which in turn pays for its banners on our pages (media income)."""
    rng = shop.stream("affiliates")
    orders: dict[date, list[float]] = {}
    for row in shop.rows["orders"]:
        if row[4] and not row[11]:
            orders.setdefault(row[3].date(), []).append(row[5])
    for day in days(START, END):
        won = [amount for amount in orders.get(day, ()) if rng.random() < 0.22]
        clicks = len(won) * 9 + rng.randint(3, 12)
        shown, commission = clicks * rng.randint(30, 60), round(0.06 * sum(won), 2)
        running = catalog.running(day)
        campaign = running.campaign_id if running else catalog.ALWAYS
        people = (shown, int(shown * 0.7), clicks, int(clicks * 0.8), len(won), 0, 0)
        income = round(shown * rng.uniform(0.006, 0.012), 2)
        shop.add(
            "channel_daily", day, catalog.ALLIANCE, campaign, "cps",
            *people, len(won), round(sum(won), 2), commission, 0.0, income,
        )  # fmt: skip
