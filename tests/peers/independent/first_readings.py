"""What a shop's daily report begins with, and users by their standing, read by hand from what the names say."""

from __future__ import annotations

import pandas as pd

from tests.peers.independent.reading import Answer, ratio, reading
from tests.peers.independent.sample import Sample
from tests.peers.independent.when import When

DAILY = ("day", "week", "month")


@reading(*DAILY)
def paid_orders(shop: Sample, when: When) -> Answer:
    """Orders paid in the period."""
    return len(shop.paid_in(when))


@reading(*DAILY)
def buyers(shop: Sample, when: When) -> Answer:
    """People who paid one."""
    return len(shop.bought(when))


@reading(*DAILY)
def returning_buyers(shop: Sample, when: When) -> Answer:
    """Those of them whose first payment lies before the period."""
    return shop.paid_in(when).loc[lambda rows: rows["first_paid_at"] < when.start, "user_id"].nunique()


@reading(*DAILY)
def items_sold(shop: Sample, when: When) -> Answer:
    """Units of the orders paid in the period."""
    return shop.units.loc[when.has(shop.units["paid_at"]), "qty"].sum()


@reading(*DAILY)
def average_item_price(shop: Sample, when: When) -> Answer:
    """Price of a unit of the orders paid in the period."""
    rows = shop.units[when.has(shop.units["paid_at"])]
    return ratio((rows["qty"] * rows["unit_price"]).sum(), rows["qty"].sum())


def _costed(shop: Sample, when: When) -> pd.DataFrame:
    """Items paid in the period whose cost is known: the line's own, else the product's."""
    rows = shop.units[when.has(shop.units["paid_at"])]
    listed = pd.to_numeric(shop.products.drop_duplicates("sku_id").set_index("sku_id")["unit_cost"], errors="coerce")
    rows = rows.assign(cost=rows["unit_cost"].fillna(rows["sku_id"].map(listed)))
    rows = rows[rows["cost"].notna()]
    return rows.assign(sales=rows["qty"] * rows["unit_price"], profit=rows["qty"] * (rows["unit_price"] - rows["cost"]))


@reading(*DAILY)
def gross_profit(shop: Sample, when: When) -> Answer:
    """Amount less cost."""
    return _costed(shop, when)["profit"].sum()


@reading(*DAILY)
def gross_margin(shop: Sample, when: When) -> Answer:
    """Gross profit per amount of the same items."""
    rows = _costed(shop, when)
    return ratio(rows["profit"].sum(), rows["sales"].sum())


@reading(*DAILY)
def refund_orders(shop: Sample, when: When) -> Answer:
    """Orders refunded in the period."""
    return shop.refunds.loc[when.has(shop.refunds["refunded_at"]), "order_id"].nunique()


@reading(*DAILY)
def refund_amount(shop: Sample, when: When) -> Answer:
    """Money refunded in the period."""
    return shop.refunds.loc[when.has(shop.refunds["refunded_at"]), "amount"].sum()


@reading(*DAILY)
def new_buyer_amount(shop: Sample, when: When) -> Answer:
    """What first-time buyers of the period paid in it."""
    return shop.paid_in(when).loc[lambda rows: rows["first_paid_at"] >= when.start, "paid_amount"].sum()


@reading(*DAILY)
def returning_buyer_amount(shop: Sample, when: When) -> Answer:
    """What the others paid."""
    return shop.paid_in(when).loc[lambda rows: rows["first_paid_at"] < when.start, "paid_amount"].sum()


@reading(*DAILY)
def ad_revenue(shop: Sample, when: When) -> Answer:
    """Order amount of the ad desk's report."""
    rows = shop.channel_daily[when.has(shop.channel_daily["day"])]
    return pd.to_numeric(rows["order_amount"]).sum()


@reading(*DAILY)
def ad_roas(shop: Sample, when: When) -> Answer:
    """Order amount per spend, both of that report."""
    rows = shop.channel_daily[when.has(shop.channel_daily["day"])]
    return ratio(pd.to_numeric(rows["order_amount"]).sum(), rows["spend"].sum())


@reading(*DAILY, rollup="last")
def registered_users(shop: Sample, when: When) -> Answer:
    """Everyone registered before the period end."""
    return len(shop.registered(when.end))


@reading(*DAILY)
def active_users(shop: Sample, when: When) -> Answer:
    """Everyone with any use of the product in the period."""
    return len(shop.active(when))


@reading(*DAILY)
def user_amount(shop: Sample, when: When) -> Answer:
    """What registered users paid in the period."""
    rows = shop.paid_in(when)
    return rows.loc[rows["user_id"].isin(shop.registered(when.end)), "paid_amount"].sum()


@reading(*DAILY, rollup="last")
def user_amount_to_date(shop: Sample, when: When) -> Answer:
    """What they have paid up to its end."""
    rows = shop.paid[shop.paid["paid_at"] < when.end]
    return rows.loc[rows["user_id"].isin(shop.registered(when.end)), "paid_amount"].sum()


@reading("week", "month")
def price_elasticity(shop: Sample, when: When) -> Answer:
    """R162: the mean of the SKUs' elasticities, weighted by the units of the period before."""
    now, before = (_by_sku(shop, part) for part in (when, when.before()))
    both = before.join(now, how="inner", lsuffix="_before", rsuffix="_now")
    moved = (both["price_now"] / both["price_before"] - 1).round(6)
    both, moved = both[moved != 0], moved[moved != 0]
    elasticity = (both["units_now"] / both["units_before"] - 1) / moved
    return ratio((elasticity * both["units_before"]).sum(), both["units_before"].sum())


def _by_sku(shop: Sample, when: When) -> pd.DataFrame:
    """Units and mean price of each SKU sold in the period."""
    rows = shop.units[when.has(shop.units["paid_at"])]
    sums = rows.assign(sales=rows["qty"] * rows["unit_price"]).groupby("sku_id")[["qty", "sales"]].sum()
    sums = sums[sums["qty"] > 0]
    return pd.DataFrame({"units": sums["qty"], "price": sums["sales"] / sums["qty"]})


@reading("week", "month")
def price_elasticity_left_out(shop: Sample, when: When) -> Answer:
    """SKUs sold in either period that have none."""
    now, before = (_by_sku(shop, part) for part in (when, when.before()))
    both = before.join(now, how="inner", lsuffix="_before", rsuffix="_now")
    moved = (both["price_now"] / both["price_before"] - 1).round(6) != 0
    return len(now.index.union(before.index)) - int(moved.sum())
