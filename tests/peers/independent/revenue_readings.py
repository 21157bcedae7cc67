"""Revenue, coupons and messages, read by hand from the words of the rules."""

from __future__ import annotations

from tests.peers.independent.engagement_readings import active_user_retention
from tests.peers.independent.reading import Answer, ratio, reading
from tests.peers.independent.sample import CHURN, LOYAL_PERIODS, Sample
from tests.peers.independent.when import When


@reading("day", "week", "month")
def user_payment_amount(shop: Sample, when: When) -> Answer:
    """ "Money users hand over: payments plus top-ups", payments from a topped-up balance taken off."""
    rows, top = shop.paid_in(when), shop.topup_ledger[when.has(shop.topup_ledger["ts"])]
    return (rows["paid_amount"] - rows["paid_from_balance"]).sum() + top.loc[top["kind"] == "topup", "amount"].sum()


@reading("day", "week", "month")
def gmv(shop: Sample, when: When) -> Answer:
    """ "Amount of all orders with an order number, paid or not." """
    return shop.orders.loc[when.has(shop.orders["created_at"]), "order_amount"].sum()


@reading("day", "week", "month")
def paid_amount(shop: Sample, when: When) -> Answer:
    """ "What users really paid." """
    return shop.paid_in(when)["paid_amount"].sum()


@reading("day", "week", "month")
def net_sales_revenue(shop: Sample, when: When) -> Answer:
    """ "Paid amount less refunds", refunds by refund date."""
    refunds = shop.refunds.loc[when.has(shop.refunds["refunded_at"]), "amount"].sum()
    return shop.paid_in(when)["paid_amount"].sum() - refunds


@reading("month")
def net_profit_margin(shop: Sample, when: When) -> Answer:
    """ "Profit per revenue" as booked."""
    rows = shop.finance_periodic[when.has(shop.finance_periodic["day"])]
    return ratio(rows["net_profit"].sum(), rows["revenue"].sum())


@reading("day", "week", "month")
def order_payment_rate(shop: Sample, when: When) -> Answer:
    """ "Paid amount per GMV of the same orders", both sides by creation date."""
    rows = shop.orders[when.has(shop.orders["created_at"])]
    return ratio(rows.loc[rows["paid_at"].notna(), "paid_amount"].sum(), rows["order_amount"].sum())


@reading("day", "week", "month")
def refund_rate(shop: Sample, when: When) -> Answer:
    """ "Refunds per paid amount" (R148), refunds by refund date as net sales revenue takes them."""
    refunds = shop.refunds.loc[when.has(shop.refunds["refunded_at"]), "amount"].sum()
    return ratio(refunds, shop.paid_in(when)["paid_amount"].sum())


@reading("day", "week", "month")
def return_rate(shop: Sample, when: When) -> Answer:
    """ "Units returned per unit sold." """
    rows = shop.refunds[when.has(shop.refunds["refunded_at"])]
    sold = shop.units.loc[when.has(shop.units["paid_at"]), "qty"].sum()
    return ratio(rows.loc[rows["kind"] == "return", "qty"].sum(), sold)


@reading("day", "week", "month")
def active_trading_users(shop: Sample, when: When) -> Answer:
    """ "Users with a paid order." """
    return len(shop.bought(when))


@reading("day", "week", "month")
def first_order_users(shop: Sample, when: When) -> Answer:
    """ "Users with their first paid order." """
    return shop.paid_in(when).query("paid_seq == 1")["user_id"].nunique()


@reading("week", "month")
def loyal_buyers(shop: Sample, when: When) -> Answer:
    """ "Buyers in each of the last loyal_periods periods." """
    return len(set.intersection(*(shop.bought(when.before(back)) for back in range(LOYAL_PERIODS))))


@reading("day", "week", "month", rollup="last")
def churned_buyers(shop: Sample, when: When) -> Answer:
    """ "Past buyers without a purchase for churn_days or more", counted to the last day."""
    last = shop.paid[shop.paid["paid_at"] < when.end].groupby("user_id")["day"].max()
    return ((when.last_day - last).dt.days >= CHURN).sum()


@reading("day", "week", "month")
def active_to_trading_ratio(shop: Sample, when: When) -> Answer:
    """ "Trading users among active users." """
    active = shop.active(when)
    return ratio(len(active & shop.bought(when)), len(active))


@reading("day", "week", "month")
def aov(shop: Sample, when: When) -> Answer:
    """ "Revenue per order." """
    rows = shop.paid_in(when)
    return ratio(rows["paid_amount"].sum(), len(rows))


@reading("day", "week", "month")
def arpu(shop: Sample, when: When) -> Answer:
    """ "Revenue per user": active users of the period."""
    return ratio(shop.paid_in(when)["paid_amount"].sum(), len(shop.active(when)))


@reading("day", "week", "month")
def arppu(shop: Sample, when: When) -> Answer:
    """ "Revenue per paying user." """
    return ratio(shop.paid_in(when)["paid_amount"].sum(), len(shop.bought(when)))


@reading("month")
def ltv(shop: Sample, when: When) -> Answer:
    """ "Revenue per user and period × margin × number of periods (1 / churn rate of the same period)." """
    kept, revenue = active_user_retention(shop, when), arpu(shop, when)
    return None if kept is None or revenue is None else ratio(revenue * 1.0, 1 - kept)  # type: ignore[operator]


@reading("day", "week", "month", rollup="pooled")
def ltv_to_date(shop: Sample, when: When) -> Answer:
    """ "Revenue per user of an acquisition cohort so far" (the measure: refunds taken off)."""
    cohort = shop.registered_in(when)
    return shop.paid.loc[shop.paid["user_id"].isin(cohort), "paid_amount"].sum(), len(cohort)


@reading("day", "week", "month")
def topup_users(shop: Sample, when: When) -> Answer:
    """ "People who topped up." """
    rows = shop.topup_ledger[when.has(shop.topup_ledger["ts"])]
    return rows.loc[rows["kind"] == "topup", "user_id"].nunique()


@reading("day", "week", "month")
def topup_redemption_rate(shop: Sample, when: When) -> Answer:
    """ "Of the period's top-up people those who have used the balance", from the period start to now."""
    rows = shop.topup_ledger[shop.topup_ledger["ts"] >= when.start]
    people = set(rows.loc[(rows["kind"] == "topup") & when.has(rows["ts"]), "user_id"])
    return ratio(len(people & set(rows.loc[rows["kind"] == "redeem", "user_id"])), len(people))


@reading("day", "week", "month")
def cart_to_purchase_rate(shop: Sample, when: When) -> Answer:
    """ "People with a cart entry that buy." """
    people = set(shop.events_in(when, "add_to_cart")["user_id"].dropna())
    return ratio(len(people & shop.bought(when)), len(people))


@reading("day", "week", "month")
def coupon_redemption_rate(shop: Sample, when: When) -> Answer:
    """ "Claimed coupons that were used." """
    rows = shop.coupons[when.has(shop.coupons["claimed_at"])]
    rows = rows[rows["kind"] == "coupon"]
    return ratio(rows["used_at"].notna().sum(), len(rows))


@reading("day", "week", "month")
def red_packet_cost(shop: Sample, when: When) -> Answer:
    """ "Value of used packets." """
    rows = shop.coupons[when.has(shop.coupons["used_at"])]
    return rows.loc[rows["kind"] == "red_packet", "face_value"].sum()


@reading("day", "week", "month")
def message_response_rate(shop: Sample, when: When) -> Answer:
    """ "Responders per person who got the notice": SMS, poster or e-mail."""
    rows = shop.messages[when.has(shop.messages["sent_at"])]
    rows = rows[rows["channel"].isin(["sms", "email", "poster"])]
    responded = rows.loc[rows["responded_at"].notna(), "user_id"].nunique()
    return ratio(responded, rows.loc[rows["delivered_at"].notna(), "user_id"].nunique())


@reading("day", "week", "month")
def message_sales(shop: Sample, when: When) -> Answer:
    """ "Paid amount attributed to notices." """
    rows = shop.attributed[when.has(shop.attributed["paid_at"])]
    return rows.loc[rows["touch"] == "message", "paid_amount"].sum()


@reading("day", "week", "month")
def reach_to_purchase_rate(shop: Sample, when: When) -> Answer:
    """ "People reached by a message that buy." """
    rows = shop.attributed[when.has(shop.attributed["paid_at"])]
    sent = shop.messages[when.has(shop.messages["sent_at"])]
    buyers = rows.loc[rows["touch"] == "message", "user_id"].nunique()
    return ratio(buyers, sent.loc[sent["delivered_at"].notna(), "user_id"].nunique())
