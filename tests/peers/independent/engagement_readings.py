"""Activity, retention, members, points and content, read by hand from the words of the rules."""

from __future__ import annotations

import pandas as pd

from tests.peers.independent.reading import Answer, ratio, reading
from tests.peers.independent.sample import LAST_DAY, Sample
from tests.peers.independent.when import When


@reading("day", "week", "month", rollup="mean")
def dau(shop: Sample, when: When) -> Answer:
    """ "Users with any use of the product on the day." """
    return len(shop.active(when))


@reading("week", "month", rollup="mean")
def wau(shop: Sample, when: When) -> Answer:
    """ "Same over the week, each user once." """
    return len(shop.active(when))


@reading("month", rollup="mean")
def mau(shop: Sample, when: When) -> Answer:
    """ "Same over the month, each user once." """
    return len(shop.active(when))


@reading("month", rollup="mean")
def mau_rate(shop: Sample, when: When) -> Answer:
    """ "Active users per registered user." """
    return ratio(len(shop.active(when)), len(shop.registered(when.end)))


@reading("month", rollup="mean")
def stickiness(shop: Sample, when: When) -> Answer:
    """ "Mean daily active users per monthly active user." """
    daily = sum(len(shop.active(day)) for day in when.split("day")) / when.days
    return ratio(daily, len(shop.active(when)))


@reading("week", "month", rollup="last")
def loyal_users(shop: Sample, when: When) -> Answer:
    """ "Users active over a long time": active in each of the last three periods."""
    return (shop.state(when)["state"] == "loyal").sum()


@reading("day", "week", "month", rollup="last")
def inactive_users(shop: Sample, when: When) -> Answer:
    """ "Users not active now but not yet churned." """
    return (shop.state(when)["state"] == "inactive").sum()


@reading("week", "month", rollup="last")
def returning_users(shop: Sample, when: When) -> Answer:
    """ "Users active again after having been inactive or churned." """
    return (shop.state(when)["state"] == "returning").sum()


@reading("day", "week", "month")
def existing_user_activity_rate(shop: Sample, when: When) -> Answer:
    """ "Existing users that interact with the brand per existing user." """
    existing = shop.registered(when.start)
    return ratio(len(shop.interacted(when) & existing), len(existing))


@reading("day", "week", "month")
def check_in_rate(shop: Sample, when: When) -> Answer:
    """ "Active users that check in." """
    return ratio(shop.events_in(when, "check_in")["user_id"].nunique(), len(shop.active(when)))


@reading("day", "week", "month")
def interaction_rate(shop: Sample, when: When) -> Answer:
    """ "Active users with at least one interaction." """
    return ratio(len(shop.interacted(when)), len(shop.active(when)))


@reading("day", "week", "month")
def like_rate(shop: Sample, when: When) -> Answer:
    """ "Readers that like": visitors with a like of a content per visitor with a read."""
    likes = shop.events_in(when, "like")
    likers = likes.loc[likes["content_id"].notna(), "visitor_id"].nunique()
    return ratio(likers, shop.events_in(when, "read")["visitor_id"].nunique())


@reading("day", "week", "month")
def video_watch_time(shop: Sample, when: When) -> Answer:
    """ "Seconds watched." """
    return shop.events_in(when, "video_play")["value"].sum()


def _kept(shop: Sample, when: When, offset: int) -> Answer:
    """Cohort members active exactly `offset` days after their registration; pending while days are missing."""
    if when.last_day + pd.Timedelta(days=offset) > LAST_DAY:
        return None
    cohort = shop.registered_in(when)
    then = When.around(when.start + pd.Timedelta(days=offset), "day")
    return len(cohort & shop.active(then)), len(cohort)


@reading("day", "week", "month", rollup="pooled")
def d1_retention(shop: Sample, when: When) -> Answer:
    """ "New users active on the next day." """
    return _kept(shop, when, 1)


@reading("day", "week", "month", rollup="pooled")
def d7_retention(shop: Sample, when: When) -> Answer:
    """ "New users active on day 7", on exactly that day."""
    return _kept(shop, when, 7)


@reading("day", "week", "month", rollup="pooled")
def d30_retention(shop: Sample, when: When) -> Answer:
    """ "New users active on day 30." """
    return _kept(shop, when, 30)


@reading("week", "month")
def active_user_retention(shop: Sample, when: When) -> Answer:
    """ "Users active in one period that are active in the next." """
    before = shop.active(when.before())
    return ratio(len(before & shop.active(when)), len(before))


@reading("month")
def last_month_new_retention(shop: Sample, when: When) -> Answer:
    """ "New customers of last month still active this month." """
    new = shop.registered_in(when.before())
    return ratio(len(new & shop.active(when)), len(new))


@reading("month")
def yoy_month_retention(shop: Sample, when: When) -> Answer:
    """ "Buyers of the same month last year that buy this month." No data a year ago: no number."""
    then = shop.bought(when.last_year())
    return ratio(len(then & shop.bought(when)), len(then))


@reading("month")
def hot_product_retention(shop: Sample, when: When) -> Answer:
    """ "Buyers of last month's hot product that buy again this month"; hot = best seller by units."""
    before = shop.units[when.before().has(shop.units["paid_at"])]
    hot = before.groupby("product_id")["qty"].sum().idxmax()
    buyers = set(before.loc[before["product_id"] == hot, "user_id"])
    return ratio(len(buyers & shop.bought(when)), len(buyers))


@reading("day", "week", "month")
def member_active_rate(shop: Sample, when: When) -> Answer:
    """ "Active members per member." """
    members = shop.members(when.end)
    return ratio(len(members & shop.active(when)), len(members))


@reading("week", "month")
def member_retention_rate(shop: Sample, when: When) -> Answer:
    """ "Members active in the preceding period still active now." """
    before = shop.members(when.start) & shop.active(when.before())
    return ratio(len(before & shop.active(when)), len(before))


@reading("week", "month", rollup="last")
def member_growth_rate(shop: Sample, when: When) -> Answer:
    """ "Growth of the number of members." """
    grown = ratio(len(shop.members(when.end)), len(shop.members(when.start)))
    return None if grown is None else grown - 1


@reading("day", "week", "month")
def member_upgrades(shop: Sample, when: When) -> Answer:
    """ "Members promoted to a higher level in the month." """
    rows = shop.member_levels[when.has(shop.member_levels["ts"])]
    return rows.loc[rows["to_level"] > rows["from_level"], "user_id"].nunique()


@reading("day", "week", "month")
def points_pool_change(shop: Sample, when: When) -> Answer:
    """ "Net change of all points outstanding." """
    return shop.points_ledger.loc[when.has(shop.points_ledger["ts"]), "delta"].sum()


@reading("day", "week", "month")
def points_participants(shop: Sample, when: When) -> Answer:
    """ "People with a points interaction": earn, redeem or interact, not expiry."""
    rows = shop.points_ledger[when.has(shop.points_ledger["ts"])]
    return rows.loc[rows["action"].isin(["earn", "redeem", "interact"]), "user_id"].nunique()


@reading("day", "week", "month")
def content_read_rate(shop: Sample, when: When) -> Answer:
    """ "Readers per visitor." """
    return ratio(shop.events_in(when, "read")["visitor_id"].nunique(), shop.events_in(when)["visitor_id"].nunique())


@reading("day", "week", "month")
def content_share_rate(shop: Sample, when: When) -> Answer:
    """ "Sharers per reader." """
    rows = shop.shares[when.has(shop.shares["shared_at"])]
    sharers = rows.loc[rows["content_id"].notna(), "user_id"].nunique()
    return ratio(sharers, shop.events_in(when, "read")["visitor_id"].nunique())


@reading("day", "week", "month")
def content_gmv(shop: Sample, when: When) -> Answer:
    """ "Paid amount attributed to content." """
    rows = shop.attributed[when.has(shop.attributed["paid_at"])]
    return rows.loc[rows["touch"] == "content", "paid_amount"].sum()


@reading("day", "week", "month")
def content_conversion_rate(shop: Sample, when: When) -> Answer:
    """ "Readers that buy inside the attribution window." """
    rows = shop.attributed[when.has(shop.attributed["paid_at"])]
    buyers = rows.loc[rows["touch"] == "content", "user_id"].nunique()
    return ratio(buyers, shop.events_in(when, "read")["visitor_id"].nunique())


@reading("day", "week", "month")
def secondary_share_rate(shop: Sample, when: When) -> Answer:
    """ "Shares made by people who came through a share, per first share." """
    rows = shop.shares[when.has(shop.shares["shared_at"])]
    rows = rows[rows["content_id"].notna()]
    return ratio(rows["parent_share_id"].notna().sum(), rows["parent_share_id"].isna().sum())


@reading("day", "week", "month")
def follower_net_growth(shop: Sample, when: When) -> Answer:
    """ "New minus lost followers." """
    rows = shop.owned_followers
    return when.has(rows["followed_at"]).sum() - when.has(rows["unfollowed_at"]).sum()
