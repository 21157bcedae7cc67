"""The demo's raw files as pandas reads them, and the derived tables of config/facts.toml built by hand.

Nothing here uses kpi_tui. Rows a person would refuse are left out: an order with too few cells or an
impossible date, a refund of "n/a", the total row of the ad desk, a negative quantity.
"""

from __future__ import annotations

from functools import cache, cached_property
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pandas as pd

from tests.peers.independent.when import When

LAST_DAY = pd.Timestamp("2026-10-31")
CHURN, SILENT, SLEEPING, DEAD, LOYAL_PERIODS, N_DAYS = 90, 30, 60, 180, 3, 30
ATTRIBUTION = pd.Timedelta(days=7)
AD_DESK = {
    "日期": "day", "渠道": "channel_id", "活动": "campaign_id", "计费方式": "pricing_model", "曝光": "impressions",
    "触达": "reach", "点击": "clicks", "到站": "landing_visitors", "行动": "actions", "下载": "downloads",
    "注册": "registrations", "订单": "orders", "订单金额": "order_amount", "花费": "spend",
    "展示时长": "display_hours", "媒体收入": "media_income",
}  # fmt: skip
TIMES = {
    "users": ("registered_at", "card_bound_at", "member_since"),
    "orders": ("created_at", "paid_at"),
    "refunds": ("refunded_at",),
    "channel_daily": ("day",),
    "costs": ("day",),
    "downloads": ("downloaded_at",),
    "invites": ("sent_at", "accepted_at"),
    "shares": ("shared_at",),
    "coupons": ("claimed_at", "used_at"),
    "feedback": ("ts",),
    "inquiries": ("asked_at", "handled_at"),
    "points_ledger": ("ts",),
    "topup_ledger": ("ts",),
    "member_levels": ("ts",),
    "guide_customers": ("exposed_at", "invited_at", "added_at", "deleted_at", "served_at"),
    "owned_followers": ("followed_at", "unfollowed_at"),
    "user_tags": ("tagged_at",),
    "staff": ("hired_on", "left_on"),
    "projects": ("started_on", "due_on", "done_on"),
    "work_items": ("due_on", "done_on"),
    "reports": ("due_at", "published_at"),
    "data_checks": ("checked_at",),
    "trainings": ("completed_on",),
    "investments": ("invested_on",),
    "finance_periodic": ("day",),
    "purchases": ("purchased_on",),
    "inventory_daily": ("day",),
    "mystery_shopper": ("visited_on",),
}
NUMBERS = {
    "orders": ("order_amount", "list_amount", "paid_amount", "paid_from_balance"),
    "order_items": ("qty", "unit_price", "unit_cost"),
    "refunds": ("amount", "qty"),
    "channel_daily": ("impressions", "reach", "clicks", "spend", "media_income"),
    "costs": ("amount",),
    "coupons": ("face_value",),
    "feedback": ("score", "scale_max"),
    "points_ledger": ("delta", "reward_qty", "cost"),
    "topup_ledger": ("amount",),
    "member_levels": ("from_level", "to_level"),
    "staff": ("monthly_wage",),
    "data_checks": ("stated", "actual"),
    "trainings": ("hours",),
    "investments": ("amount",),
    "finance_periodic": ("revenue", "gross_profit", "net_profit"),
    "purchases": ("qty", "unit_cost"),
}


class Sample:
    """The folder `sample_data/`; every table by its name in config/schema.toml."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.table = cache(self._table)
        self.active = cache(self._active)
        self.state = cache(self._state)

    def _table(self, name: str) -> pd.DataFrame:
        if (path := self._folder / f"{name}.parquet").exists():
            rows = pd.read_parquet(path)
        elif (path := self._folder / f"{name}.xlsx").exists():
            rows = pd.read_excel(path)
        elif (path := self._folder / f"{name}.gbk.csv").exists():
            rows = pd.read_csv(path, dtype=str, encoding="gb18030").rename(columns=AD_DESK)
            rows = rows[rows["day"] != "合计"]
        else:
            rows = pd.read_csv(self._folder / f"{name}.csv", dtype=str, encoding="utf-8-sig")
        for column in TIMES.get(name, ()):
            rows[column] = pd.to_datetime(rows[column], errors="coerce")
        for column in NUMBERS.get(name, ()):
            rows[column] = pd.to_numeric(rows[column], errors="coerce")
        return rows

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name.startswith("_"):
            raise AttributeError(name)
        return self.table(name)

    @cached_property
    def orders(self) -> pd.DataFrame:
        """Orders with a readable creation date."""
        rows = self.table("orders")
        return rows[rows["created_at"].notna() & rows["paid_amount"].notna()]

    @cached_property
    def order_items(self) -> pd.DataFrame:
        """Order lines; a negative quantity is a typing error of the demo."""
        rows = self.table("order_items")
        return rows[rows["qty"] >= 0]

    @cached_property
    def refunds(self) -> pd.DataFrame:
        """Refunds with a readable amount."""
        rows = self.table("refunds")
        return rows[rows["amount"].notna()]

    @cached_property
    def valid(self) -> pd.DataFrame:
        """Events that pass the tracking check (R007)."""
        rows = self.table("events")
        return rows[rows["is_valid"] != False]  # noqa: E712 - unknown stays

    @cached_property
    def paid(self) -> pd.DataFrame:
        """d_paid_orders: orders with paid_at; paid_seq = rank by paid_at in the user's whole history."""
        rows = self.orders[self.orders["paid_at"].notna()].sort_values(["paid_at", "order_id"])
        rows = rows.assign(day=rows["paid_at"].dt.normalize(), paid_seq=rows.groupby("user_id").cumcount() + 1)
        rows["bought_earlier_day"] = rows.groupby("user_id")["day"].transform("min") < rows["day"]
        rows["first_paid_at"] = rows.groupby("user_id")["paid_at"].transform("min")
        return rows

    def paid_in(self, when: When) -> pd.DataFrame:
        """Paid orders by the date of payment."""
        return self.paid[when.has(self.paid["paid_at"])]

    def events_in(self, when: When, *kinds: str) -> pd.DataFrame:
        """Valid events of a period, of some kinds or of any."""
        rows = self.valid[when.has(self.valid["ts"])]
        return rows[rows["event"].isin(kinds)] if kinds else rows

    @cached_property
    def user_days(self) -> pd.DataFrame:
        """d_user_days: days with a valid event of a known user, or an order."""
        seen = self.valid[self.valid["user_id"].notna()]
        events = pd.DataFrame({"user_id": seen["user_id"], "day": seen["ts"].dt.normalize()})
        orders = pd.DataFrame({"user_id": self.orders["user_id"], "day": self.orders["created_at"].dt.normalize()})
        return pd.concat([events, orders]).drop_duplicates()

    def _active(self, when: When) -> frozenset[str]:
        """Users with any use of the product in the period."""
        return frozenset(self.user_days.loc[when.has(self.user_days["day"]), "user_id"])

    def bought(self, when: When) -> set[str]:
        """Users with a paid order in the period."""
        return set(self.paid_in(when)["user_id"])

    def interacted(self, when: When) -> set[str]:
        """Users with a purchase, check-in, chat, share, like, favourite or comment."""
        acts = self.events_in(when, "check_in", "chat", "share", "like", "favorite", "comment")
        shares = self.shares[when.has(self.shares["shared_at"])]
        return self.bought(when) | set(acts["user_id"].dropna()) | set(shares["user_id"])

    def registered(self, before: pd.Timestamp) -> set[str]:
        """Users registered before a moment."""
        return set(self.users.loc[self.users["registered_at"] < before, "user_id"].dropna())

    def registered_in(self, when: When) -> set[str]:
        """Users registered in the period."""
        return set(self.users.loc[when.has(self.users["registered_at"]), "user_id"].dropna())

    def members(self, before: pd.Timestamp) -> set[str]:
        """Registered users whose membership began before a moment."""
        return set(self.users.loc[self.users["member_since"] < before, "user_id"].dropna())

    def days_inactive(self, when: When) -> pd.Series:
        """Registered users → days from the last activity (at least the registration) to the last day."""
        users = self.users[(self.users["registered_at"] < when.end) & self.users["user_id"].notna()]
        joined = users.set_index("user_id")["registered_at"].dt.normalize()
        used = self.user_days[self.user_days["day"] < when.end].groupby("user_id")["day"].max()
        last = pd.concat([joined, used[used.index.isin(joined.index)]]).groupby(level=0).max()
        return (when.last_day - last).dt.days

    def _state(self, when: When) -> pd.DataFrame:
        """d_user_state: one row per registered user at the period end."""
        before, rows = when.before(), self.days_inactive(when).to_frame("days_inactive")
        who, now = rows.index, self.active(when)
        used_before, new, new_before = self.active(before), self.registered_in(when), self.registered_in(before)
        loyal = now.intersection(*(self.active(when.before(back)) for back in range(1, LOYAL_PERIODS)))
        rows["state"] = "inactive"
        rows.loc[rows["days_inactive"] >= CHURN, "state"] = "churned"
        rows.loc[who.isin(now), "state"] = "active"
        rows.loc[who.isin(loyal), "state"] = "loyal"
        rows.loc[who.isin(now) & ~who.isin(used_before) & ~who.isin(new_before), "state"] = "returning"
        rows.loc[who.isin(new), "state"] = "new"
        limits = [-1, SILENT - 1, SLEEPING - 1, CHURN - 1, DEAD - 1, 10**6]
        names = ["active", "silent", "sleeping", "churned", "dead"]
        rows["stage"] = pd.cut(rows["days_inactive"], limits, labels=names).astype(str)
        rows["inactive_before"] = self.days_inactive(before).reindex(who)
        crossed = when.last_day - pd.to_timedelta(rows["days_inactive"] - CHURN, unit="D")
        rows["churned_now"] = when.has(crossed)  # the day on which the churn limit is reached
        rows["at_risk_before"] = rows["inactive_before"] >= SLEEPING
        return rows

    @cached_property
    def sessions(self) -> pd.DataFrame:
        """d_sessions: valid events per visitor × platform, cut after 30 min (web, wechat) or 5 min (app)."""
        rows = self.valid.sort_values(["visitor_id", "platform", "ts", "event_id"], kind="stable")
        gap = rows.groupby(["visitor_id", "platform"])["ts"].diff()
        limit = rows["platform"].map({"app": pd.Timedelta(minutes=5)}).fillna(pd.Timedelta(minutes=30))
        rows = rows.assign(session=(gap.isna() | (gap > limit)).cumsum(), view=rows["event"] == "page_view")
        made = rows.groupby("session").agg(
            visitor_id=("visitor_id", "first"),
            user_id=("user_id", "first"),
            started_at=("ts", "min"),
            ended_at=("ts", "max"),
            page_views=("view", "sum"),
        )
        made["duration_s"] = (made["ended_at"] - made["started_at"]).dt.total_seconds()
        return made

    @cached_property
    def visitors(self) -> pd.Series:
        """d_visitors: visitor → first appearance."""
        return self.valid.groupby("visitor_id")["ts"].min()

    @cached_property
    def deals(self) -> pd.DataFrame:
        """d_deals: paid orders not wholly paid from the balance, and top-ups."""
        orders = self.paid[self.paid["paid_amount"] > self.paid["paid_from_balance"]]
        topups = self.topup_ledger[self.topup_ledger["kind"] == "topup"]
        return pd.concat([orders[["user_id", "paid_at"]].rename(columns={"paid_at": "ts"}), topups[["user_id", "ts"]]])

    @cached_property
    def units(self) -> pd.DataFrame:
        """Order lines of paid orders with the date of payment; a line belongs to one order."""
        paid_at = self.paid.dropna(subset=["order_id"]).drop_duplicates("order_id").set_index("order_id")
        rows = self.order_items[self.order_items["order_id"].isin(paid_at.index)]
        return rows.assign(
            paid_at=rows["order_id"].map(paid_at["paid_at"]),
            user_id=rows["order_id"].map(paid_at["user_id"]),
            domain=rows["order_id"].map(paid_at["domain"]),
            product_id=rows["sku_id"].map(self.products.set_index("sku_id")["product_id"]),
        )

    @cached_property
    def invited(self) -> pd.DataFrame:
        """d_invite_tree: users with an accepted invite or an inviter_id; depth 1 = invited by a root user."""
        accepted = self.invites[self.invites["accepted_at"].notna()]
        by_invite = accepted.drop_duplicates("invitee_id").set_index("invitee_id")["inviter_id"]
        users = self.users.dropna(subset=["user_id"]).set_index("user_id")
        inviter = by_invite.combine_first(users["inviter_id"].dropna())
        parents = inviter.to_dict()

        def depth(who: str) -> int:
            found, seen = 0, set[str]()
            while who in parents and who not in seen:
                seen.add(who)
                who, found = parents[who], found + 1
            return found

        rows = inviter.to_frame("inviter_id")
        rows["joined_at"] = users["registered_at"].reindex(rows.index)
        own = users["registered_at"].reindex(rows["inviter_id"]).to_numpy()
        rows["generation_days"] = (rows["joined_at"] - own).dt.total_seconds() / 86400
        rows["depth"] = [depth(who) for who in rows.index]
        return rows

    @cached_property
    def attributed(self) -> pd.DataFrame:
        """d_attributed_orders: the id on the order, else the last touch in the seven days before payment."""
        rows = self.paid.reset_index(drop=True).copy()
        given = {"channel_id": "ad", "content_id": "content", "message_id": "message", "campaign_id": "campaign"}
        rows["touch"] = None
        for column, touch in reversed(given.items()):
            rows.loc[rows[column].notna(), "touch"] = touch
        open_ = rows[rows["touch"].isna()].sort_values("paid_at")
        touches = self._touches.rename(columns={"touch": "last_touch"})
        found = pd.merge_asof(
            open_.reset_index(), touches, by="user_id", left_on="paid_at", right_on="at", tolerance=ATTRIBUTION
        )
        rows.loc[found["index"], "touch"] = found["last_touch"].to_numpy()
        return rows

    @cached_property
    def _touches(self) -> pd.DataFrame:
        seen, users, sent = self.valid[self.valid["user_id"].notna()], self.users, self.messages
        linked = seen[seen["url"].notna() & (seen["event"] == "page_view")]
        linked = linked[[bool(parse_qs(urlsplit(url).query).get("source")) for url in linked["url"]]]
        promoted = users[(users["acquisition_type"] == "promoted") & users["channel_id"].notna()]
        accepted = self.invites[self.invites["accepted_at"].notna()]
        joins, reads = seen[seen["event"] == "campaign_join"], seen[seen["event"] == "read"]
        parts = [
            ("ad", linked["user_id"], linked["ts"]),
            ("ad", promoted["user_id"], promoted["registered_at"]),
            ("content", reads["user_id"], reads["ts"]),
            ("message", sent["user_id"], sent["opened_at"]),
            ("message", sent["user_id"], sent["responded_at"]),
            ("campaign", joins["user_id"], joins["ts"]),
            ("referral", accepted["invitee_id"], accepted["accepted_at"]),
        ]
        rows = pd.concat([pd.DataFrame({"touch": t, "user_id": u, "at": a}).dropna() for t, u, a in parts])
        return rows.astype({"at": self.paid["paid_at"].dtype}).sort_values("at", kind="stable")

    @cached_property
    def link_hits(self) -> pd.DataFrame:
        """d_link_hits: page views with a campaign_id or an inviter parameter in their URL."""
        rows = self.valid[self.valid["event"] == "page_view"]
        asked = rows["url"].map(lambda url: parse_qs(urlsplit(url).query) if isinstance(url, str) else {})
        rows = rows.assign(inviter=asked.map(lambda query: query.get("inviter", [None])[0]))
        return rows[rows["campaign_id"].notna() | rows["inviter"].notna()]

    def stock_in(self, when: When) -> pd.DataFrame:
        """The stock report of a period."""
        return self.inventory_daily[when.has(self.inventory_daily["day"])]

    def guide_friends(self, at: pd.Timestamp) -> set[str]:
        """Customers added before a moment and not deleted by then."""
        rows = self.guide_customers
        kept = rows["deleted_at"].isna() | (rows["deleted_at"] >= at)
        return set(rows.loc[(rows["added_at"] < at) & kept, "user_id"])
