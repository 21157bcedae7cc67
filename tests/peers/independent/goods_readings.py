"""Merchandise, inventory, private domain, team and work, read by hand from the words of the rules."""

from __future__ import annotations

import pandas as pd

from tests.peers.independent.reading import Answer, ratio, reading
from tests.peers.independent.sample import N_DAYS, Sample
from tests.peers.independent.when import When


@reading("day", "week", "month")
def items_per_order(shop: Sample, when: When) -> Answer:
    """ "Units sold per transaction." """
    return ratio(shop.units.loc[when.has(shop.units["paid_at"]), "qty"].sum(), len(shop.paid_in(when)))


@reading("day", "week", "month")
def discount_rate(shop: Sample, when: When) -> Answer:
    """ "Money received per standard amount." """
    rows = shop.paid_in(when)
    return ratio(rows["paid_amount"].sum(), rows["list_amount"].sum())


@reading("week", "month", rollup="last")
def purchase_breadth(shop: Sample, when: When) -> Answer:
    """ "Classes carried among the classes of the market." """
    carried = shop.products.loc[shop.products["carried"] == "true", "category_id"].nunique()
    return ratio(carried, shop.products["category_id"].nunique())


@reading("day", "week", "month")
def purchase_depth(shop: Sample, when: When) -> Answer:
    """ "Units bought in per SKU." """
    rows = shop.purchases[when.has(shop.purchases["purchased_on"])]
    return ratio(rows["qty"].sum(), rows["sku_id"].nunique())


@reading("day", "week", "month")
def stock_consumption(shop: Sample, when: When) -> Answer:
    """ "Units leaving the stock per day over the past window." """
    rows = shop.stock_in(when)
    return ratio(rows["sold_qty"].sum(), rows["day"].nunique())


@reading("day", "week", "month")
def inventory_days(shop: Sample, when: When) -> Answer:
    """ "Days the end stock lasts at the past rate of consumption." """
    rows = shop.stock_in(when)
    end = rows.loc[rows["day"] == rows["day"].max(), "closing_qty"].sum()
    return ratio(end * rows["day"].nunique(), rows["sold_qty"].sum())


@reading("day", "week", "month")
def sell_through_rate(shop: Sample, when: When) -> Answer:
    """ "Units sold per unit in stock in the window": opening stock + receipts."""
    rows = shop.stock_in(when)
    start = rows.loc[rows["day"] == rows["day"].min(), "opening_qty"].sum()
    return ratio(rows["sold_qty"].sum(), start + rows["received_qty"].sum())


@reading("day", "week", "month", rollup="last")
def cumulative_sell_through(shop: Sample, when: When) -> Answer:
    """ "Units sold since the season began per unit stocked since then." """
    rows = shop.inventory_daily[shop.inventory_daily["day"] < when.end]
    opening = rows.sort_values("day").groupby("sku_id")["opening_qty"].first().sum()
    return ratio(rows["sold_qty"].sum(), opening + rows["received_qty"].sum())


def _private(shop: Sample, when: When) -> pd.DataFrame:
    rows = shop.paid_in(when)
    return rows[rows["domain"] == "private"]


@reading("day", "week", "month")
def private_domain_sales(shop: Sample, when: When) -> Answer:
    """ "Paid amount of the private domain." """
    return _private(shop, when)["paid_amount"].sum()


@reading("week", "month")
def private_sales_growth(shop: Sample, when: When) -> Answer:
    """ "Growth against the preceding period." """
    grown = ratio(_private(shop, when)["paid_amount"].sum(), _private(shop, when.before())["paid_amount"].sum())
    return None if grown is None else grown - 1


@reading("day", "week", "month")
def private_new_customers(shop: Sample, when: When) -> Answer:
    """ "Customers whose first paid order came from the private domain." """
    return _private(shop, when).query("paid_seq == 1")["user_id"].nunique()


@reading("day", "week", "month")
def items_per_customer(shop: Sample, when: When) -> Answer:
    """ "Units bought per customer" of the private domain."""
    units = shop.units[when.has(shop.units["paid_at"]) & (shop.units["domain"] == "private")]
    return ratio(units["qty"].sum(), _private(shop, when)["user_id"].nunique())


@reading("day", "week", "month", rollup="last")
def guide_customer_assets(shop: Sample, when: When) -> Answer:
    """ "Customers whom guides can reach directly"; a customer of two guides counts once."""
    return len(shop.guide_friends(when.end))


@reading("day", "week", "month")
def marketing_transmission_rate(shop: Sample, when: When) -> Answer:
    """ "Guide customers who received and opened the marketing message." """
    rows = shop.messages[when.has(shop.messages["sent_at"])]
    rows = rows[(rows["channel"] == "wecom") & rows["guide_id"].notna()]
    opened = rows[rows["delivered_at"].notna() & rows["opened_at"].notna()]
    return ratio(opened["user_id"].nunique(), len(shop.guide_friends(when.end)))


@reading("day", "week", "month")
def leadin_success_rate(shop: Sample, when: When) -> Answer:
    """ "Customers in a business scene that accept the WeCom friend offer." """
    rows = shop.guide_customers[when.has(shop.guide_customers["invited_at"])]
    return ratio(rows.loc[rows["added_at"].notna(), "user_id"].nunique(), rows["user_id"].nunique())


@reading("day", "week", "month")
def service_success_rate(shop: Sample, when: When) -> Answer:
    """ "Added customers to whom a service was really delivered." """
    rows = shop.guide_customers[when.has(shop.guide_customers["added_at"])]
    return ratio(rows.loc[rows["served_at"].notna(), "user_id"].nunique(), rows["user_id"].nunique())


@reading("day", "week", "month")
def wecom_monetisation_rate(shop: Sample, when: When) -> Answer:
    """ "Served customers that buy": a private order in the period or within n days after its end."""
    rows = shop.guide_customers[when.has(shop.guide_customers["added_at"])]
    served = set(rows.loc[rows["served_at"].notna(), "user_id"])
    longer = When(when.start, when.end + pd.Timedelta(days=N_DAYS), when.grain)
    if longer.last_day > pd.Timestamp("2026-10-31"):
        return None  # the days in which they may still buy are not over
    return ratio(len(served & set(_private(shop, longer)["user_id"])), len(served))


@reading("day", "week", "month")
def fan_add_rate(shop: Sample, when: When) -> Answer:
    """ "Customers who met the entrance and became friends." """
    rows = shop.guide_customers[when.has(shop.guide_customers["exposed_at"])]
    return ratio(rows.loc[rows["added_at"].notna(), "user_id"].nunique(), rows["user_id"].nunique())


@reading("day", "week", "month")
def fan_delete_rate(shop: Sample, when: When) -> Answer:
    """ "Friends who delete the guide": friends at the start plus added below."""
    rows = shop.guide_customers
    deleted = rows.loc[when.has(rows["deleted_at"]), "user_id"].nunique()
    added = rows.loc[when.has(rows["added_at"]), "user_id"].nunique()
    return ratio(deleted, len(shop.guide_friends(when.start)) + added)


@reading("day", "week", "month")
def private_interaction_rate(shop: Sample, when: When) -> Answer:
    """ "Guide customers with an interaction." """
    friends = shop.guide_friends(when.end)
    return ratio(len(friends & shop.interacted(when)), len(friends))


@reading("day", "week", "month", rollup="last")
def tag_coverage_rate(shop: Sample, when: When) -> Answer:
    """ "Guide customers with at least one tag." """
    friends = shop.guide_friends(when.end)
    tagged = set(shop.user_tags.loc[shop.user_tags["tagged_at"] < when.end, "user_id"])
    return ratio(len(friends & tagged), len(friends))


@reading("week", "month", rollup="last")
def private_conversion_efficiency(shop: Sample, when: When) -> Answer:
    """ "Buyers per person reached, private domain, over the observation window" of 182 days."""
    half = When(when.end - pd.Timedelta(days=182), when.end, "span")
    sent = shop.messages[half.has(shop.messages["sent_at"]) & (shop.messages["channel"] == "wecom")]
    return ratio(_private(shop, half)["user_id"].nunique(), sent.loc[sent["delivered_at"].notna(), "user_id"].nunique())


@reading("week", "month", rollup="last")
def identity_link_rate(shop: Sample, when: When) -> Answer:
    """ "Followers of all touchpoints linked to one person", still following at the period end."""
    rows = shop.owned_followers[shop.owned_followers["followed_at"] < when.end]
    rows = rows[rows["unfollowed_at"].isna() | (rows["unfollowed_at"] >= when.end)]
    return ratio(rows.loc[rows["user_id"].notna(), "follower_id"].nunique(), rows["follower_id"].nunique())


@reading("month")
def headcount_equivalent(shop: Sample, when: When) -> Answer:
    """ "Own heads plus outsourcing cost converted at the mean wage", all teams together."""
    own = shop.staff[(shop.staff["employment"] == "employee") & (shop.staff["hired_on"] < when.end)]
    own = own[own["left_on"].isna() | (own["left_on"] >= when.end)]
    costs = shop.costs[when.has(shop.costs["day"]) & (shop.costs["cost_type"] == "outsourcing")]
    return own["staff_id"].nunique() + costs["amount"].sum() / own["monthly_wage"].mean()


@reading("week", "month", rollup="last")
def customers_per_guide(shop: Sample, when: When) -> Answer:
    """ "Customer assets one guide looks after." """
    guides = shop.staff[(shop.staff["role"] == "guide") & (shop.staff["hired_on"] < when.end)]
    guides = guides[guides["left_on"].isna() | (guides["left_on"] >= when.end)]
    return ratio(len(shop.guide_friends(when.end)), guides["staff_id"].nunique())


def _due(shop: Sample, when: When, *kinds: str) -> pd.DataFrame:
    rows = shop.work_items[when.has(shop.work_items["due_on"])]
    return rows[rows["kind"].isin(kinds)] if kinds else rows


@reading("day", "week", "month")
def task_on_time_rate(shop: Sample, when: When) -> Answer:
    """ "Tasks due in the period done by their date." """
    rows = _due(shop, when, "task")
    return ratio((rows["done_on"] <= rows["due_on"]).sum(), len(rows))


@reading("day", "week", "month")
def milestone_completion_rate(shop: Sample, when: When) -> Answer:
    """ "Milestones due in the period that are done." """
    rows = _due(shop, when, "milestone")
    return ratio(rows["done_on"].notna().sum(), len(rows))


@reading("day", "week", "month")
def late_items(shop: Sample, when: When) -> Answer:
    """ "Items done late or overdue"; an open overdue item counts as late (R020)."""
    rows = _due(shop, when)
    return ((rows["done_on"] > rows["due_on"]) | rows["done_on"].isna()).sum()


@reading("day", "week", "month")
def delay_days(shop: Sample, when: When) -> Answer:
    """ "Sum of the days of delay"; open items count up to the period end."""
    rows = _due(shop, when)
    return (rows["done_on"].fillna(when.end) - rows["due_on"]).dt.days.clip(lower=0).sum()


@reading("day", "week", "month")
def project_on_time_rate(shop: Sample, when: When) -> Answer:
    """ "Projects due in the period finished by their date." """
    rows = shop.projects[when.has(shop.projects["due_on"])]
    return ratio((rows["done_on"] <= rows["due_on"]).sum(), len(rows))


@reading("day", "week", "month")
def training_hours(shop: Sample, when: When) -> Answer:
    """ "Hours of study." """
    return shop.trainings.loc[when.has(shop.trainings["completed_on"]), "hours"].sum()
