"""What happens inside one visit: pages, searches, reading, likes, a filled cart."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from . import catalog
from .shop import Shop

_BROWSE = (("list", 3), ("product", 6), ("article", 2), ("me", 1), ("home", 1))
_GAP = {"app": 150, "web": 260, "wechat": 200}  # seconds; a visit never falls apart by chance


@dataclass
class Visit:
    """One visit being played: who, where, and the clock."""

    shop: Shop
    rng: random.Random
    visitor: str
    user: str | None
    platform: str
    now: datetime

    def do(self, event: str, **more: object) -> None:
        """One action, and some seconds pass."""
        self.shop.event(self.now, self.visitor, self.user, self.platform, event, **more)
        self.now += timedelta(seconds=self.rng.randint(4, _GAP[self.platform]))

    def page(self, page_id: str, **more: object) -> None:
        """A page view."""
        self.do("page_view", page_id=page_id, **more)


def visit(
    shop: Shop, rng: random.Random, visitor: str, user: str | None, platform: str, at: datetime,
    *, steps: int, read: bool = False, url: str | None = None, campaign: str | None = None,
) -> Visit:  # fmt: skip
    """Play a visit of `steps` pages; returns it with the clock at its end."""
    seen = Visit(shop, rng, visitor, user, platform, at)
    if platform == "app" and rng.random() < 0.5:
        seen.do("app_open")
    landing = "活动页 🎉" if campaign else rng.choices(("home", "product", "article"), (7, 2, 1))[0]
    seen.page(landing, url=url, campaign_id=campaign)
    for _ in range(steps - 1):
        page = rng.choices([name for name, _ in _BROWSE], [weight for _, weight in _BROWSE])[0]
        seen.page(page)
        _on_page(seen, page)
    if read:
        _read(seen)
    return seen


def _on_page(seen: Visit, page: str) -> None:
    roll = seen.rng.random()
    if page == "list" and roll < 0.28:
        _search(seen)
    elif page == "product" and roll < 0.10:
        seen.do("add_to_cart")
    elif page == "product" and roll < 0.14:
        seen.do("favorite")
    elif page == "me" and seen.user and roll < 0.55:
        seen.do("check_in", feature="签到 check-in")
    elif page == "article" and roll < 0.10:
        seen.do("like")
    elif page == "product" and roll > (0.90 if seen.user else 0.93):
        _inquire(seen)


def _inquire(seen: Visit) -> None:
    """A question to the pre-sale team; a few are never answered."""
    rng = seen.rng
    seen.do("chat", feature="客服 chat")
    handled = seen.now + timedelta(minutes=rng.randint(1, 90)) if rng.random() < 0.997 else None
    kind = "chat" if rng.random() < 0.8 else "form"
    number, agent = seen.shop.next_id("inquiries", "Q"), rng.choice(catalog.PRE_SALE)
    seen.shop.add("inquiries", number, seen.visitor, seen.user, seen.now, kind, agent, handled)


def _search(seen: Visit) -> None:
    rng, query = seen.rng, len(seen.shop.rows["events"]) + 1
    empty = rng.random() < 0.07
    text = rng.choice(catalog.NO_HIT if empty else catalog.SEARCHES)
    seen.do("search", query_id=query, query_text=text, result_count=0 if empty else rng.randint(1, 24))
    if not empty and rng.random() < 0.62:
        seen.do("search_click", query_id=query)


def _read(seen: Visit) -> None:
    rng, shop = seen.rng, seen.shop
    published = [item for item in shop.contents if item[3] <= seen.now]
    content_id, kind, *_ = published[max(0, len(published) - 1 - int(rng.expovariate(0.12)))]
    seen.page("article", content_id=content_id)
    seen.do("read", content_id=content_id, value=float(rng.randint(15, 240)))
    if kind == "video":
        seen.do("video_play", content_id=content_id, value=float(rng.randint(8, 180)))
    for event, chance in (("like", 0.14), ("comment", 0.05), ("favorite", 0.05), ("tip", 0.004)):
        if seen.user and rng.random() < chance:
            seen.do(event, content_id=content_id, value=float(rng.choice((1, 5, 10))) if event == "tip" else None)
    if seen.user and rng.random() < 0.035:
        seen.do("share", content_id=content_id)
        channel = rng.choice(("wechat_chat", "wechat_chat", "wechat_moments", "weibo", "qq"))
        parent = (
            shop.rows["shares"][-rng.randint(1, 40)][0]
            if len(shop.rows["shares"]) > 60 and rng.random() < 0.12
            else None
        )
        shop.add("shares", shop.next_id("shares", "H"), seen.user, content_id, None, channel, parent, seen.now)


def checkout(seen: Visit, *, paid: bool) -> None:
    """Cart, checkout and, when paid, the thank-you page."""
    seen.page("product")
    if seen.rng.random() < 0.5:
        _inquire(seen)
    seen.do("add_to_cart")
    seen.page("cart")
    seen.page("checkout")
    if paid:
        seen.page("paid")
