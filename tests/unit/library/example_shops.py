"""Raw tables for the worked examples of the documents: one builder per metric, sized by the example's inputs.

A builder puts rows into an empty shop and names the question (period, condition) whose answer the example
prints. Nothing here knows a formula: the inputs are counts of people, orders, pieces and money.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle, islice
from typing import Any

from kpi_tui.definitions.period import Period
from tests.workspaces import Row, Shop, orders, users, views

Inputs = Mapping[str, float]


@dataclass(frozen=True)
class Question:
    """The period to ask for, and a condition on rows where the example speaks of a part."""

    period: str
    where: str | None = None


Builder = Callable[[Shop, Inputs], Question]


def people(count: float, prefix: str = "u") -> list[str]:
    """Ids of so many people."""
    return [f"{prefix}{number:06d}" for number in range(round(count))]


def days(first: date, count: int) -> Iterator[str]:
    """So many days from `first` on."""
    return ((first + timedelta(days=step)).isoformat() for step in range(count))


def bought(shop: Shop, *purchases: tuple[str, list[str]], since: str, until: str) -> Shop:
    """Orders of 100 each: (day, buyers), and an unpaid one on the first day the data cover.

    A buyer named twice has two orders.
    """
    placed = [(who, f"{day} 10:00:00") for day, buyers in purchases for who in buyers]
    rows = orders(*((f"o{number}", who, at, 100.0) for number, (who, at) in enumerate(placed)))
    rows += orders(("unpaid", "nobody", f"{since} 10:00:00", 0.0), paid_at=None)
    return shop.has("orders", rows, complete_until=until).says(as_of=until)


def looked(shop: Shop, *visits: tuple[str, list[str]], until: str) -> Shop:
    """One valid page view each: (day, visitors)."""
    rows = views(*((who, f"{day} 10:00:00", "/") for day, who_all in visits for who in who_all))
    return shop.has("events", rows, complete_until=until).says(as_of=until)


def nobody_bought(shop: Shop, day: str, until: str) -> Shop:
    """An order table that covers the window without a buyer among the users of the example."""
    return shop.has("orders", orders(("o1", "outsider", f"{day} 10:00:00", 1.0)), complete_until=until)


def retention(back: int) -> Builder:
    """Users registered on one day, some of them seen again `back` days later."""

    def build(shop: Shop, given: Inputs) -> Question:
        everybody = people(given["cohort_size"])
        again = everybody[: round(given[f"cohort_active_{back}"])]
        later = (date(2026, 4, 1) + timedelta(days=back)).isoformat()
        shop.has("users", users(*((who, "2026-04-01 09:00:00") for who in everybody)), complete_until="2026-04-30")
        looked(shop, ("2026-04-01", everybody), (later, again), until="2026-04-30")
        nobody_bought(shop, "2026-04-01", "2026-04-30")
        return Question("2026-04-01")

    return build


def annual_purchase_retention(shop: Shop, given: Inputs) -> Question:
    won = people(given["year_cohort_size"])
    kept = won[: round(given["year_cohort_bought"])]
    bought(shop, ("2019-05-20", won), ("2020-03-03", kept), since="2019-01-01", until="2020-12-31")
    return Question("2020")


def loyalty_index(shop: Shop, given: Inputs) -> Question:
    """One buyer with s orders in each of the six months of the index; with s = 0 they bought long before."""
    s = round(given["s"])
    months = [("2025-11-15", ["ann"])] if s == 0 else []
    months += [(f"2026-{month:02d}-10", ["ann"] * s) for month in range(1, 7)]
    bought(shop, *months, since="2025-11-01", until="2026-06-30")
    return Question("2026-06")


def buyback_rate_window(shop: Shop, given: Inputs) -> Question:
    april = people(given["prev_buyer_count"])
    may = april[: round(given["kept_buyer_count"])] + people(77, "new")
    bought(shop, ("2026-04-10", april), ("2026-05-12", may), since="2026-04-01", until="2026-05-31")
    return Question("2026-05")


def repurchase_rate_kept(shop: Shop, given: Inputs) -> Question:
    kept = people(given["kept_buyer_count"])
    twice = kept[: round(given["kept_repeat_buyer_count"])]
    lost = people(400, "lost")
    new_twice = people(5, "new") * 2
    may = (("2026-05-12", kept + new_twice), ("2026-05-20", twice))
    bought(shop, ("2026-04-10", kept + lost), *may, since="2026-04-01", until="2026-05-31")
    return Question("2026-05")


def k_factor(shop: Shop, given: Inputs) -> Question:
    """Seed users active in the month, and the invitations of that month that brought a user."""
    seeds, invited = people(given["inviting_base_count"]), people(given["accepted_invite_count"], "new")
    shop.has("users", users(*((who, "2026-03-01 09:00:00") for who in seeds)), complete_until="2026-04-30")
    looked(shop, ("2026-04-01", seeds), until="2026-04-30")
    nobody_bought(shop, "2026-03-01", "2026-04-30")
    pairs = zip(invited, islice(cycle(seeds), len(invited)), strict=True)
    accepted = [invite(f"i{who}", by, who, "2026-04-03 10:00:00", "2026-04-12 10:00:00") for who, by in pairs]
    ignored = [invite(f"n{number}", "u000000", None, "2026-04-01 10:00:00", None) for number in range(9)]
    shop.has("invites", accepted + ignored, complete_until="2026-04-30")
    return Question("2026-04")


def viral_projected_users(shop: Shop, given: Inputs) -> Question:
    """The first cycle of k_factor, whose invited people have registered and not yet done anything."""
    joined = given["generation_joined_count"]
    asked = k_factor(shop, {"inviting_base_count": joined / given["k_factor"], "accepted_invite_count": joined})
    newcomers = users(*((who, "2026-04-12 10:00:00") for who in people(joined, "new")))
    seeds = users(*((who, "2026-03-01 09:00:00") for who in people(joined / given["k_factor"])))
    shop.has("users", seeds + newcomers, complete_until="2026-04-30")
    return asked


def viral_cycle_days(shop: Shop, given: Inputs) -> Question:
    """Everybody brings the next one so many days after they came themselves."""
    step = round(given["generation_days_mean"])
    came = [f"{day} 08:30:00" for day in islice(days(date(2026, 4, 1), 30), 0, 30, step)]
    shop.has("users", users(*zip("abcdef", came, strict=False)), complete_until="2026-04-30")
    chain = [
        invite(f"i{number}", "abcdef"[number], "abcdef"[number + 1], came[number], came[number + 1])
        for number in range(len(came) - 1)
    ]
    shop.has("invites", chain, complete_until="2026-04-30").says(as_of="2026-04-30")
    return Question("2026-04")


def invite(id_: str, by: str, who: str | None, sent: str, accepted: str | None) -> Row:
    """An invitation; nobody came when `who` is None."""
    return {
        "invite_id": id_,
        "inviter_id": by,
        "invitee_id": who,
        "channel": "link",
        "sent_at": sent,
        "accepted_at": accepted,
    }


def two_months(shop: Shop, before: float, both: float) -> Question:
    """Users active in March, some of them in April too, and others in April only."""
    march = people(before)
    newcomers = people(12, "new")
    everybody = users(*((who, "2026-03-01 09:00:00") for who in march + newcomers))
    shop.has("users", everybody, complete_until="2026-04-30")
    looked(shop, ("2026-03-15", march), ("2026-04-15", march[: round(both)] + newcomers), until="2026-04-30")
    nobody_bought(shop, "2026-03-01", "2026-04-30")
    return Question("2026-04")


def churn_rate(shop: Shop, given: Inputs) -> Question:
    return two_months(shop, given["active_prev_count"], given["active_both_count"])


def customer_lifetime(shop: Shop, given: Inputs) -> Question:
    shop.says(settings={"period_days": given["period_days"]})
    return two_months(shop, 1000, 1000 * (1 - given["churn_rate"]))


def pv(shop: Shop, given: Inputs) -> Question:
    looks = [
        ("ann", f"2026-04-01 10:{minute:02d}:00", f"/p{minute}") for minute in range(round(given["page_view_count"]))
    ]
    shop.has("events", views(*looks), complete_until="2026-04-01").says(as_of="2026-04-01")
    return Question("2026-04-01")


def may_of_001(shop: Shop, _: Inputs) -> Question:
    """The weeks of `new_visitors` against 1000 agreed for the first of them; growth 3 % a week."""
    new_visitors(shop, {"new_visitor_count": 2000})
    book = shop.book()
    book.chains.set_target("site", "B", Period.parse("2026-W19"), 1000)
    book.targets.save("agreed")
    return Question("2026-05")


def new_visitors(shop: Shop, given: Inputs) -> Question:
    """The four weeks of May 2026 that 001 counts; some visitors of each week come back in the next."""
    counts = (round(given["new_visitor_count"]), 1500, 3000, 1200)
    weeks = [people(count, f"w{week}") for week, count in enumerate(counts)]
    visits = [
        (f"2026-05-{4 + 7 * week:02d}", weeks[week] + (weeks[week - 1][:100] if week else [])) for week in range(4)
    ]
    looked(shop, *visits, until="2026-05-31")
    return Question("2026-W19")


def gross_return_on_investment(shop: Shop, given: Inputs) -> Question:
    profit, money = given["gross_profit_sum"], given["invested_period_sum"]
    book = [
        {"day": day, "project_id": "p", "revenue": share * 3, "gross_profit": share, "net_profit": share / 2}
        for day, share in (("2026-03-31", 7.0), ("2026-04-15", profit / 4), ("2026-04-30", profit * 3 / 4))
    ]
    put_in = [
        {
            "project_id": id_,
            "invested_on": "2026-04-01",
            "amount": money / 2,
            "payback_due": "2027-04-01",
            "target_roi": 1,
        }
        for id_ in ("p", "q")
    ]
    shop.has("finance_periodic", book).has("investments", put_in, complete_until="2026-04-30")
    shop.says(as_of="2026-04-30")
    return Question("2026-04")


def exit_rate(shop: Shop, given: Inputs) -> Question:
    """The product page seen by so many visitors; some leave there, the others go on to the cart."""
    seen = people(given["page_entry_count"])
    gone_on = seen[round(given["page_exit_count"]) :]
    looks = [(who, "2026-04-01 10:00:00", "product") for who in seen]
    looks += [(who, "2026-04-01 10:01:00", "cart") for who in gone_on]
    shop.has("events", views(*looks), complete_until="2026-04-01").says(as_of="2026-04-01")
    return Question("2026-04-01", "page_id = 'product'")


def on_the_market(shop: Shop, skus: list[tuple[str, str, bool]]) -> Question:
    """Products as (sku, category, carried)."""
    rows: list[Row] = [
        {"sku_id": sku, "product_id": f"spu-{sku}", "category_id": kind, "list_price": 10, "carried": str(ours).lower()}
        for sku, kind, ours in skus
    ]
    shop.has("products", rows).says(as_of="2026-04-30")
    return Question("2026-04")


def purchase_breadth(shop: Shop, given: Inputs) -> Question:
    """Two articles per kind of phone; of the kinds we carry, one of the two."""
    kinds, ours = round(given["category_market_count"]), round(given["category_carried_count"])
    skus = [(f"s{kind}-{place}", f"c{kind}", kind < ours and place == 0) for kind in range(kinds) for place in (0, 1)]
    return on_the_market(shop, skus)


def purchase_width(shop: Shop, given: Inputs) -> Question:
    market, ours = round(given["sku_market_count"]), round(given["sku_carried_count"])
    return on_the_market(shop, [(f"s{number}", "phone", number < ours) for number in range(market)])


def stock(shop: Shop, sold: float, closing: float, count: int) -> Question:
    """Two articles whose pieces leave evenly over the first `count` days of April."""
    per_day, rest = divmod(round(sold) // 2, count)
    assert rest == 0, "the example must divide evenly"
    rows: list[Row] = []
    for sku in ("s1", "s2"):
        left = round(closing) // 2 + per_day * count
        for day in days(date(2026, 4, 1), count):
            rows.append(stock_day(day, sku, left, 0, per_day))
            left -= per_day
    shop.has("inventory_daily", rows, complete_until="2026-04-30").says(as_of="2026-04-30")
    return Question("2026-04")


def stock_day(day: str, sku: str, opening: int, received: int, sold: int) -> Row:
    """A line of the daily stock report."""
    closing = opening + received - sold
    return {
        "day": day,
        "sku_id": sku,
        "opening_qty": opening,
        "received_qty": received,
        "sold_qty": sold,
        "closing_qty": closing,
    }


def stock_consumption(shop: Shop, given: Inputs) -> Question:
    return stock(shop, given["stock_out_qty"], 4000, round(given["stock_days"]))


def inventory_days(shop: Shop, given: Inputs) -> Question:
    return stock(shop, given["stock_out_qty"], given["stock_end_qty"], round(given["stock_days"]))


def cumulative_sell_through(shop: Shop, given: Inputs) -> Question:
    """A season that opens with a part of its goods and gets the rest on the second day; sales in two months."""
    sold, stocked = round(given["season_sold_qty"]), round(given["season_stock_qty"])
    opening, first = stocked // 4, stocked // 5
    rows = [
        stock_day("2026-03-01", "s1", opening, 0, first // 2),
        stock_day("2026-03-02", "s1", opening - first // 2, stocked - opening, first - first // 2),
        stock_day("2026-04-10", "s1", stocked - first, 0, sold - first),
        stock_day("2026-05-10", "s1", stocked - sold, 0, 1),  # after the month asked for
    ]
    shop.has("inventory_daily", rows, complete_until="2026-05-31").says(as_of="2026-05-31")
    return Question("2026-04")


BUILDERS: Mapping[str, Builder] = {
    "visitor_score": may_of_001,
    "growth_baseline": may_of_001,
    "next_month_first_target": may_of_001,
    "d1_retention": retention(1),
    "d7_retention": retention(7),
    "annual_purchase_retention": annual_purchase_retention,
    "loyalty_index": loyalty_index,
    "buyback_rate_window": buyback_rate_window,
    "repurchase_rate_kept": repurchase_rate_kept,
    "k_factor": k_factor,
    "viral_projected_users": viral_projected_users,
    "viral_cycle_days": viral_cycle_days,
    "churn_rate": churn_rate,
    "customer_lifetime": customer_lifetime,
    "pv": pv,
    "new_visitors": new_visitors,
    "gross_return_on_investment": gross_return_on_investment,
    "exit_rate": exit_rate,
    "purchase_breadth": purchase_breadth,
    "purchase_width": purchase_width,
    "stock_consumption": stock_consumption,
    "inventory_days": inventory_days,
    "cumulative_sell_through": cumulative_sell_through,
}


def inputs_of(example: Mapping[str, Any]) -> dict[str, float]:
    """What a builder gets: the inputs, and `s`, the orders per window that the loyalty examples name in words."""
    said = re.match(r"s = (\d+)", example.get("about", {}).get("en", ""))
    return {name: float(value) for name, value in example["inputs"].items()} | ({"s": float(said[1])} if said else {})
