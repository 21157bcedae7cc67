"""Feedback, site funnel and data work, read by hand from the words of the rules."""

from __future__ import annotations

import pandas as pd

from tests.peers.independent.reading import Answer, ratio, reading
from tests.peers.independent.sample import Sample
from tests.peers.independent.when import When


def _feedback(shop: Sample, when: When, kind: str) -> pd.DataFrame:
    return shop.feedback[when.has(shop.feedback["ts"]) & (shop.feedback["kind"] == kind)]


@reading("day", "week", "month")
def satisfaction_score(shop: Sample, when: When) -> Answer:
    """ "Mean survey score, 0–1." """
    rows = _feedback(shop, when, "survey")
    return (rows["score"] / rows["scale_max"]).mean()


@reading("day", "week", "month")
def satisfaction_rate(shop: Sample, when: When) -> Answer:
    """ "Satisfied answers per survey participant", people on both sides."""
    rows = _feedback(shop, when, "survey")
    return ratio(rows.loc[rows["satisfied"] == "true", "user_id"].nunique(), rows["user_id"].nunique())


@reading("day", "week", "month")
def complaint_rate(shop: Sample, when: When) -> Answer:
    """ "Complaining customers per buyer." """
    return ratio(_feedback(shop, when, "complaint")["user_id"].nunique(), len(shop.bought(when)))


@reading("day", "week", "month")
def dissatisfied_rate(shop: Sample, when: When) -> Answer:
    """ "Buyers who complained or answered dissatisfied, per buyer." """
    rows = shop.feedback[when.has(shop.feedback["ts"]) & shop.feedback["order_id"].notna()]
    unhappy = rows[(rows["kind"] == "complaint") | (rows["satisfied"] == "false")]
    return ratio(unhappy["user_id"].nunique(), len(shop.bought(when)))


@reading("day", "week", "month")
def mystery_shopper_score(shop: Sample, when: When) -> Answer:
    """ "Mean score of irregular anonymous checks, 0–1." """
    rows = shop.mystery_shopper[when.has(shop.mystery_shopper["visited_on"])]
    return (rows["score"] / rows["scale_max"]).mean()


@reading("day", "week", "month")
def nps(shop: Sample, when: When) -> Answer:
    """ "Promoters minus detractors per answer, −100 to 100." """
    score = _feedback(shop, when, "nps")["score"]
    return ((score >= 9).sum() - (score <= 6).sum()) / len(score) * 100 if len(score) else None


@reading("day", "week", "month")
def negative_review_rate(shop: Sample, when: When) -> Answer:
    """ "Bad reviews per review": at most two of five stars."""
    rows = _feedback(shop, when, "review")
    return ratio((rows["score"] / rows["scale_max"] <= 0.4).sum(), len(rows))


@reading("day", "week", "month")
def seed_willingness(shop: Sample, when: When) -> Answer:
    """ "Mean stated willingness of the seeds, 0–1." """
    rows = _feedback(shop, when, "willingness")
    return (rows["score"] / rows["scale_max"]).mean()


@reading("day", "week", "month")
def uv(shop: Sample, when: When) -> Answer:
    """ "Distinct visitors in the window." """
    return shop.events_in(when)["visitor_id"].nunique()


@reading("day", "week", "month")
def pv(shop: Sample, when: When) -> Answer:
    """ "Page requests." """
    return len(shop.events_in(when, "page_view"))


@reading("day", "week", "month")
def new_visitors(shop: Sample, when: When) -> Answer:
    """ "First-time visitors." """
    return when.has(shop.visitors).sum()


@reading("day", "week", "month")
def inquiry_rate(shop: Sample, when: When) -> Answer:
    """ "Inquiring users per user of the week": all visitors of the week."""
    asked = shop.inquiries.loc[when.has(shop.inquiries["asked_at"]), "visitor_id"].nunique()
    return ratio(asked, shop.events_in(when)["visitor_id"].nunique())


@reading("day", "week", "month")
def deals(shop: Sample, when: When) -> Answer:
    """ "Payments and top-ups in the week." """
    return when.has(shop.deals["ts"]).sum()


@reading("day", "week", "month")
def monetisation_rate(shop: Sample, when: When) -> Answer:
    """ "Deals per inquiring user." """
    asked = shop.inquiries.loc[when.has(shop.inquiries["asked_at"]), "visitor_id"].nunique()
    return ratio(when.has(shop.deals["ts"]).sum(), asked)


@reading("month")
def repeat_monetisation_rate(shop: Sample, when: When) -> Answer:
    """ "Repeat deals per deal": the user's second or later inside the period."""
    rows = shop.deals[when.has(shop.deals["ts"])]
    return ratio(len(rows) - rows["user_id"].nunique(), len(rows))


@reading("day", "week", "month")
def visit_to_order_rate(shop: Sample, when: When) -> Answer:
    """ "Buyers per visitor." """
    return ratio(len(shop.bought(when)), shop.events_in(when)["visitor_id"].nunique())


@reading("week", "month")
def revisit_rate(shop: Sample, when: When) -> Answer:
    """ "Visitors of the preceding period that come again." """
    before = set(shop.events_in(when.before())["visitor_id"])
    return ratio(len(before & set(shop.events_in(when)["visitor_id"])), len(before))


@reading("day", "week", "month")
def new_vips(shop: Sample, when: When) -> Answer:
    """ "Users that satisfied the VIP definition for the first time in the period." """
    rows = shop.member_levels[shop.member_levels["is_vip"] == "true"].sort_values("ts")
    first = rows.groupby("user_id").head(1)
    return when.has(first.loc[first["from_level"] < first["to_level"], "ts"]).sum()


@reading("day", "week", "month", rollup="last")
def vip_rate(shop: Sample, when: When) -> Answer:
    """ "Users satisfying the VIP definition per user": the latest level row at the period end."""
    rows = shop.member_levels[shop.member_levels["ts"] < when.end].sort_values("ts")
    latest = rows.groupby("user_id").tail(1)
    everyone = shop.registered(when.end)
    return ratio(len(set(latest.loc[latest["is_vip"] == "true", "user_id"]) & everyone), len(everyone))


@reading("day", "week", "month", rollup="last")
def presale_backlog_per_agent(shop: Sample, when: When) -> Answer:
    """ "Unanswered inquiries per pre-sale agent" at the period end."""
    asked = shop.inquiries[shop.inquiries["asked_at"] < when.end]
    waiting = (asked["handled_at"].isna() | (asked["handled_at"] >= when.end)).sum()
    staff = shop.staff[(shop.staff["role"] == "pre_sale") & (shop.staff["hired_on"] < when.end)]
    return ratio(waiting, (staff["left_on"].isna() | (staff["left_on"] >= when.end)).sum())


@reading("day", "week", "month")
def sessions(shop: Sample, when: When) -> Answer:
    """ "Visits; cut after 30 min of silence on the web and 5 min on mobile." """
    return when.has(shop.sessions["started_at"]).sum()


@reading("day", "week", "month", rollup="pooled")
def sessions_per_active_user(shop: Sample, when: When) -> Answer:
    """ "Daily sessions per daily active user." """
    return when.has(shop.sessions["started_at"]).sum(), len(shop.active(when))


@reading("day", "week", "month")
def avg_session_duration(shop: Sample, when: When) -> Answer:
    """ "Mean length of one session"; single-event sessions last 0 s."""
    return shop.sessions.loc[when.has(shop.sessions["started_at"]), "duration_s"].mean()


@reading("day", "week", "month")
def bounce_rate(shop: Sample, when: When) -> Answer:
    """ "Sessions with one page only, per session" with a page."""
    pages = shop.sessions.loc[when.has(shop.sessions["started_at"]), "page_views"]
    return ratio((pages == 1).sum(), (pages >= 1).sum())


@reading("day", "week", "month")
def effective_search_rate(shop: Sample, when: When) -> Answer:
    """ "Non-empty searches followed by a click on a result." """
    searches = shop.events_in(when, "search")
    typed = searches["query_text"].notna() & (searches["query_text"] != "")
    good = searches[(searches["result_count"] > 0) & typed]
    return ratio(shop.events_in(when, "search_click")["query_id"].nunique(), good["query_id"].nunique())


@reading("day", "week", "month")
def tracking_validity_rate(shop: Sample, when: When) -> Answer:
    """ "Tracked rows that pass the check." """
    rows = shop.events[when.has(shop.events["ts"])]
    return ratio((rows["is_valid"] == True).sum(), len(rows))  # noqa: E712


@reading("day", "week", "month")
def report_timeliness_rate(shop: Sample, when: When) -> Answer:
    """ "Due reports published in time." """
    rows = shop.reports[when.has(shop.reports["due_at"])]
    return ratio((rows["published_at"] <= rows["due_at"]).sum(), len(rows))


@reading("day", "week", "month")
def data_accuracy_rate(shop: Sample, when: When) -> Answer:
    """ "Re-checked figures found right." """
    rows = shop.data_checks[when.has(shop.data_checks["checked_at"]) & (shop.data_checks["kind"] == "review")]
    return ratio((rows["correct"] == "true").sum(), len(rows))


@reading("day", "week", "month")
def forecast_accuracy(shop: Sample, when: When) -> Answer:
    """ "One minus the mean absolute percentage error of forecasts", actual 0 left out, floor 0."""
    rows = shop.data_checks[when.has(shop.data_checks["checked_at"]) & (shop.data_checks["kind"] == "forecast")]
    rows = rows[rows["actual"] != 0]
    return max(0.0, 1 - ((rows["stated"] - rows["actual"]).abs() / rows["actual"].abs()).mean())
