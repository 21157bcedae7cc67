"""Churn, win-back, stages and referral, read by hand from the words of the rules."""

from __future__ import annotations

from tests.peers.independent.engagement_readings import active_user_retention
from tests.peers.independent.reading import Answer, ratio, reading
from tests.peers.independent.sample import Sample
from tests.peers.independent.when import When


@reading("day", "week", "month", rollup="last")
def churned_users(shop: Sample, when: When) -> Answer:
    """ "Users who crossed the churn limit in the period." """
    return shop.state(when)["churned_now"].sum()


@reading("week", "month")
def churn_rate(shop: Sample, when: When) -> Answer:
    """ "Users active in the preceding period that are not active now." """
    kept = active_user_retention(shop, when)
    return None if kept is None else 1 - kept  # type: ignore[operator]


@reading("day", "week", "month", rollup="last")
def churned_user_share(shop: Sample, when: When) -> Answer:
    """ "Users in state churned per user." """
    return (shop.state(when)["state"] == "churned").mean()


@reading("day", "week", "month", rollup="last")
def churn_warning_users(shop: Sample, when: When) -> Answer:
    """ "Users who meet the pre-churn definition": stage sleeping."""
    return (shop.state(when)["stage"] == "sleeping").sum()


@reading("day", "week", "month", rollup="last")
def winback_users(shop: Sample, when: When) -> Answer:
    """ "Churned or warned users that interact or buy again." """
    risk = shop.state(when).query("at_risk_before").index
    return len(set(risk) & shop.interacted(when))


@reading("day", "week", "month", rollup="last")
def winback_rate(shop: Sample, when: When) -> Answer:
    """ "Won-back users among those at risk at the preceding period end." """
    risk = set(shop.state(when).query("at_risk_before").index)
    return ratio(len(risk & shop.interacted(when)), len(risk))


@reading("day", "week", "month", rollup="last")
def winback_repurchase_rate(shop: Sample, when: When) -> Answer:
    """ "Churned or warned users that buy again", as a share."""
    risk = set(shop.state(when).query("at_risk_before").index)
    return ratio(len(risk & shop.bought(when)), len(risk))


@reading("day", "week", "month", rollup="last")
def silent_users(shop: Sample, when: When) -> Answer:
    """ "Users in lifecycle stage silent." """
    return (shop.state(when)["stage"] == "silent").sum()


@reading("day", "week", "month", rollup="last")
def sleeping_users(shop: Sample, when: When) -> Answer:
    """ "Users in lifecycle stage sleeping." """
    return (shop.state(when)["stage"] == "sleeping").sum()


@reading("day", "week", "month", rollup="last")
def dead_users(shop: Sample, when: When) -> Answer:
    """ "Users in the last lifecycle stage." """
    return (shop.state(when)["stage"] == "dead").sum()


@reading("day", "week", "month")
def net_user_growth(shop: Sample, when: When) -> Answer:
    """ "New users should outnumber churned ones." """
    return len(shop.registered_in(when)) - shop.state(when)["churned_now"].sum()


@reading("month")
def customer_lifetime(shop: Sample, when: When) -> Answer:
    """ "The inverse of the churn rate times the length of the churn period" (30 days)."""
    lost = churn_rate(shop, when)
    return None if lost is None else ratio(30.0, lost)  # type: ignore[arg-type]


@reading("day", "week", "month")
def referral_new_users(shop: Sample, when: When) -> Answer:
    """ "New users that joined through an invitation." """
    return when.has(shop.invited["joined_at"]).sum()


@reading("day", "week", "month")
def referral_depth(shop: Sample, when: When) -> Answer:
    """ "Deepest level of the invitation tree." """
    return shop.invited.loc[when.has(shop.invited["joined_at"]), "depth"].max()


@reading("day", "week", "month")
def referral_participation_rate(shop: Sample, when: When) -> Answer:
    """ "Active users who send at least one invitation." """
    senders = shop.invites.loc[when.has(shop.invites["sent_at"]), "inviter_id"].nunique()
    return ratio(senders, len(shop.active(when)))


@reading("day", "week", "month")
def referral_sales(shop: Sample, when: When) -> Answer:
    """ "Paid amount of orders earned by referral." """
    rows = shop.attributed[when.has(shop.attributed["paid_at"])]
    return rows.loc[rows["touch"] == "referral", "paid_amount"].sum()


@reading("week", "month")
def invites_per_user(shop: Sample, when: When) -> Answer:
    """ "Invitations sent per user; first factor of K." """
    return ratio(when.has(shop.invites["sent_at"]).sum(), len(shop.active(when)))


@reading("week", "month")
def k_factor(shop: Sample, when: When) -> Answer:
    """ "New users one user brings = invitations per user × conversion." """
    sent = shop.invites[when.has(shop.invites["sent_at"])]
    return ratio(sent["accepted_at"].notna().sum(), len(shop.active(when)))


@reading("day", "week", "month")
def viral_cycle_days(shop: Sample, when: When) -> Answer:
    """ "Mean days in which a generation of users brings the next." """
    return shop.invited.loc[when.has(shop.invited["joined_at"]), "generation_days"].mean()


@reading("week", "month", rollup="last")
def seed_users(shop: Sample, when: When) -> Answer:
    """ "Users willing to spread the brand." """
    rows = shop.user_tags[(shop.user_tags["tagged_at"] < when.end) & (shop.user_tags["tag"] == "seed")]
    return rows["user_id"].nunique()


@reading("day", "week", "month")
def share_rate(shop: Sample, when: When) -> Answer:
    """ "Active users that share." """
    return ratio(shop.shares.loc[when.has(shop.shares["shared_at"]), "user_id"].nunique(), len(shop.active(when)))
