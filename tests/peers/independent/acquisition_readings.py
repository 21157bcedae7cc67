"""Acquisition and advertising, read by hand from the words of the rules."""

from __future__ import annotations

import pandas as pd

from tests.peers.independent.reading import Answer, ratio, reading
from tests.peers.independent.sample import LAST_DAY, Sample
from tests.peers.independent.when import When


@reading("day", "week", "month")
def new_users(shop: Sample, when: When) -> Answer:
    """ "People registered in the period." """
    return len(shop.registered_in(when))


@reading("week", "month")
def new_user_growth_rate(shop: Sample, when: When) -> Answer:
    """ "Relative growth of new users against the preceding period." """
    before = ratio(len(shop.registered_in(when)), len(shop.registered_in(when.before())))
    return None if before is None else before - 1


@reading("day", "week", "month")
def new_members(shop: Sample, when: When) -> Answer:
    """ "Users who joined the membership programme in the period." """
    return shop.users.loc[when.has(shop.users["member_since"]), "user_id"].nunique()


@reading("day", "week", "month")
def new_card_bindings(shop: Sample, when: When) -> Answer:
    """ "Users who bound their first card in the period." """
    return shop.users.loc[when.has(shop.users["card_bound_at"]), "user_id"].nunique()


@reading("day", "week", "month")
def organic_new_users(shop: Sample, when: When) -> Answer:
    """ "New users who came without staff-driven promotion." """
    rows = shop.users[when.has(shop.users["registered_at"])]
    return rows.loc[rows["acquisition_type"] == "organic", "user_id"].nunique()


@reading("day", "week", "month")
def promoted_new_users(shop: Sample, when: When) -> Answer:
    """ "New users won through promotion that the operators control." """
    rows = shop.users[when.has(shop.users["registered_at"])]
    return rows.loc[rows["acquisition_type"] == "promoted", "user_id"].nunique()


@reading("day", "week", "month")
def acquisition_cost(shop: Sample, when: When) -> Answer:
    """ "All money tied directly to winning new users." Advertising + costs with direct_acquisition."""
    ads = shop.table("channel_daily")
    costs = shop.costs[when.has(shop.costs["day"])]
    direct = costs.loc[costs["direct_acquisition"].str.lower() == "true", "amount"].sum()
    return ads.loc[when.has(ads["day"]), "spend"].sum() + direct


@reading("day", "week", "month")
def cac(shop: Sample, when: When) -> Answer:
    """ "Direct acquisition cost per new user." """
    return ratio(acquisition_cost(shop, when), new_users(shop, when))


@reading("day", "week", "month")
def cost_per_new_visitor(shop: Sample, when: When) -> Answer:
    """ "Direct acquisition cost per first-time visitor." """
    return ratio(acquisition_cost(shop, when), when.has(shop.visitors).sum())


@reading("day", "week", "month")
def cost_per_new_payer(shop: Sample, when: When) -> Answer:
    """ "Direct acquisition cost per user who paid for the first time." """
    rows = shop.paid_in(when)
    return ratio(acquisition_cost(shop, when), rows.loc[rows["paid_seq"] == 1, "user_id"].nunique())


@reading("day", "week", "month")
def acquisition_roi(shop: Sample, when: When) -> Answer:
    """ "Revenue attributed to promotion per unit of direct acquisition cost." """
    rows = shop.attributed[when.has(shop.attributed["paid_at"])]
    return ratio(rows.loc[rows["touch"] == "ad", "paid_amount"].sum(), acquisition_cost(shop, when))


@reading("day", "week", "month")
def download_to_registration_rate(shop: Sample, when: When) -> Answer:
    """ "Downloading devices that turn into registered users, matched by unique device id." """
    devices = set(shop.downloads.loc[when.has(shop.downloads["downloaded_at"]), "device_id"].dropna())
    return ratio(len(devices & set(shop.users["device_id"].dropna())), len(devices))


@reading("day", "week", "month")
def one_session_users(shop: Sample, when: When) -> Answer:
    """ "New users who opened the product exactly once and stayed at most two minutes."; known after 7 days."""
    if when.last_day + pd.Timedelta(days=7) > LAST_DAY:
        return None
    counts = shop.sessions["user_id"].value_counts()
    once = shop.sessions[shop.sessions["user_id"].map(counts) == 1]
    short = set(once.loc[once["duration_s"] <= 120, "user_id"])
    return len(short & shop.registered_in(when))


@reading("day", "week", "month")
def ctr(shop: Sample, when: When) -> Answer:
    """ "Clicks per ad view." """
    rows = shop.channel_daily[when.has(shop.channel_daily["day"])]
    return ratio(rows["clicks"].sum(), rows["impressions"].sum())


@reading("day", "week", "month")
def cpc(shop: Sample, when: When) -> Answer:
    """ "Price of one click." Spend of one model never enters another model's price (R111)."""
    rows = shop.channel_daily[when.has(shop.channel_daily["day"])]
    rows = rows[rows["pricing_model"] == "cpc"]
    return ratio(rows["spend"].sum(), rows["clicks"].sum())


@reading("day", "week", "month")
def cpm(shop: Sample, when: When) -> Answer:
    """ "Price of one thousand showings." """
    rows = shop.channel_daily[when.has(shop.channel_daily["day"])]
    rows = rows[rows["pricing_model"] == "cpm"]
    price = ratio(rows["spend"].sum(), rows["impressions"].sum())
    return None if price is None else price * 1000


@reading("day", "week", "month")
def ecpm(shop: Sample, when: When) -> Answer:
    """ "Income that one thousand showings bring", over all impressions."""
    rows = shop.channel_daily[when.has(shop.channel_daily["day"])]
    income = ratio(rows["media_income"].sum(), rows["impressions"].sum())
    return None if income is None else income * 1000
