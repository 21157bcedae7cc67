"""The seven readings of buy-back and repurchase (R152), and what comes after a first purchase."""

from __future__ import annotations

import pandas as pd

from tests.peers.independent.reading import Answer, ratio, reading
from tests.peers.independent.sample import LAST_DAY, N_DAYS, Sample
from tests.peers.independent.when import When


@reading("day", "week", "month", rollup="pooled")
def buyback_rate_day(shop: Sample, when: When) -> Answer:
    """ "Buyers of the day who had bought before"; two orders of one day do not count."""
    rows = shop.paid_in(when)
    return rows.loc[rows["bought_earlier_day"], "user_id"].nunique(), rows["user_id"].nunique()


@reading("week", "month")
def buyback_rate_window(shop: Sample, when: When) -> Answer:
    """ "Buyers of one window that buy in the next." """
    before = shop.bought(when.before())
    return ratio(len(before & shop.bought(when)), len(before))


@reading("day", "week", "month", rollup="last")
def repurchase_rate_buyers(shop: Sample, when: When) -> Answer:
    """ "People with more than one purchase among everyone who has ever bought." """
    orders = shop.paid.loc[shop.paid["paid_at"] < when.end, "user_id"].value_counts()
    return ratio((orders >= 2).sum(), len(orders))


@reading("day", "week", "month")
def repurchase_rate_orders(shop: Sample, when: When) -> Answer:
    """ "Repeat orders among all orders": not the buyer's first ever."""
    rows = shop.paid_in(when)
    return ratio((rows["paid_seq"] >= 2).sum(), len(rows))


@reading("week", "month", rollup="last")
def repurchase_rate_n_day(shop: Sample, when: When) -> Answer:
    """ "Customers with two or more purchases before the last n days that buy in the last n days." """
    cut = when.end - pd.Timedelta(days=N_DAYS)
    before = shop.paid.loc[shop.paid["paid_at"] < cut, "user_id"].value_counts()
    regular = set(before[before >= 2].index)
    late = shop.paid[(shop.paid["paid_at"] >= cut) & (shop.paid["paid_at"] < when.end)]
    return ratio(len(regular & set(late["user_id"])), len(regular))


@reading("week", "month")
def repurchase_rate_window(shop: Sample, when: When) -> Answer:
    """ "Buyers with two or more purchases inside the window among its buyers." """
    orders = shop.paid_in(when)["user_id"].value_counts()
    return ratio((orders >= 2).sum(), len(orders))


@reading("week", "month")
def repurchase_rate_kept(shop: Sample, when: When) -> Answer:
    """ "Buyers of the preceding window with two or more purchases, among those who bought again at all." """
    orders = shop.paid_in(when)["user_id"].value_counts()
    orders = orders[orders.index.isin(shop.bought(when.before()))]
    return ratio((orders >= 2).sum(), len(orders))


def _next(shop: Sample, when: When, seq: int) -> Answer:
    """Buyers whose `seq`-th order lies in the cohort, and those with the next one inside n days."""
    if when.last_day + pd.Timedelta(days=N_DAYS) > LAST_DAY:
        return None
    nth = shop.paid[shop.paid["paid_seq"] == seq].set_index("user_id")["day"]
    after = shop.paid[shop.paid["paid_seq"] == seq + 1].set_index("user_id")["day"]
    cohort = nth[when.has(nth)]
    return ((after.reindex(cohort.index) - cohort).dt.days <= N_DAYS).sum(), len(cohort)


@reading("day", "week", "month", rollup="pooled")
def second_purchase_rate(shop: Sample, when: When) -> Answer:
    """ "First-time buyers that buy a second time", within n days of the first purchase."""
    return _next(shop, when, 1)


@reading("day", "week", "month", rollup="pooled")
def third_purchase_rate(shop: Sample, when: When) -> Answer:
    """ "Second-time buyers that buy again." """
    return _next(shop, when, 2)


@reading("day", "week", "month")
def repurchase_amount(shop: Sample, when: When) -> Answer:
    """ "Paid amount of orders that are not the buyer's first." """
    rows = shop.paid_in(when)
    return rows.loc[rows["paid_seq"] >= 2, "paid_amount"].sum()


@reading("day", "week", "month")
def repurchase_amount_share(shop: Sample, when: When) -> Answer:
    """ "Repurchase amount per paid amount." """
    rows = shop.paid_in(when)
    return ratio(rows.loc[rows["paid_seq"] >= 2, "paid_amount"].sum(), rows["paid_amount"].sum())
