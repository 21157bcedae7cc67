"""Who bought before the data begin is not known: numbers of first times say so until the past is long enough."""

from __future__ import annotations

import pytest

from kpi_tui.definitions.period import Period
from kpi_tui.text.phrase import translate
from kpi_tui.views.chain.card import chain_view
from tests.workspaces import Shop, orders, users, views

DONE = "2026-05-31"
BOUGHT = orders(
    ("o1", "ann", "2026-01-01 10:00", 10.0),
    ("o2", "bob", "2026-01-20 10:00", 10.0),
    ("o3", "ann", "2026-02-03 10:00", 10.0),
    ("o4", "eve", "2026-05-10 10:00", 10.0),
)
NOTE = "orders: history begins on 2026-01-01; whoever came before that counts as new"


@pytest.fixture
def sold(shop: Shop) -> Shop:
    return shop.has("orders", BOUGHT, complete_until=DONE).says(as_of=DONE)


@pytest.mark.parametrize(
    ("metric", "period", "value", "notes"),
    [
        ("first_order_users", "2026-01", 2, (NOTE,)),  # Ann and Bob, unless they were here last year
        ("returning_buyers", "2026-01", 0, (NOTE,)),
        ("returning_buyers", "2026-02", 1, (NOTE,)),  # 31 days of past: fewer than churn_days (90)
        ("first_order_users", "2026-04", 0, ()),  # 90 days
        ("first_order_users", "2026-05", 1, ()),  # Eve
        ("paid_amount", "2026-01", 20, ()),  # nobody's first time
    ],
)
def test_first_times_say_that_the_past_is_short(
    metric: str, period: str, value: float, notes: tuple[str, ...], sold: Shop
) -> None:
    found = sold.value(metric, period)
    assert (found.value, found.notes) == (value, notes)


def test_the_setting_says_how_long_a_past_is_enough(sold: Shop) -> None:
    """February has 31 days of past."""
    assert sold.says(settings={"churn_days": 31}).value("returning_buyers", "2026-02").notes == ()
    assert sold.says(settings={"churn_days": 32}).value("returning_buyers", "2026-02").notes == (NOTE,)


def test_new_visitors_are_asked_of_the_events(shop: Shop) -> None:
    seen = views(("u1", "2026-01-01 10:00", "home"), ("u2", "2026-01-02 10:00", "home"))
    found = shop.has("events", seen, complete_until=DONE).says(as_of=DONE).value("new_visitors", "2026-01")
    assert (found.value, found.notes) == (2, (NOTE.replace("orders", "events"),))


def test_a_fact_of_ones_own_says_which_columns_are_first_times(sold: Shop) -> None:
    """Two first sales of a domain and buyer in January: the fact says so by `history`, and is believed."""
    fact = """
[facts.d_domains]
time = "began_at"
key = ["user_id", "domain"]
{history}
sql = "select user_id, domain, min(paid_at) as began_at from orders where paid_at is not null group by user_id, domain"
"""
    own = """
[measures.began]
table = "d_domains"
agg = "count"
time = "began_at"
[metrics.begun]
name = "Begun"
category = "revenue"
kind = "absolute"
formula = "began"
unit = "count"
better = "higher"
grain = "month"
"""
    sold.defines("metrics/own.toml", own)
    for history, notes in (("", ()), ('history = ["began_at"]', (NOTE,))):
        found = sold.defines("facts.toml", fact.format(history=history)).value("begun", "2026-01")
        assert (found.value, found.notes) == (2, notes)


def test_a_column_of_history_that_is_not_there_is_an_error(sold: Shop) -> None:
    fact = '[facts.d_own]\nhistory = ["began"]\nsql = "select user_id from orders"\n'
    sold.defines("facts.toml", fact)
    assert "history" in [issue.key.rsplit(".", 1)[-1] for issue in sold.book().data.check() if issue.code == "column"]


def test_the_weeks_of_a_chain_carry_the_notes_of_their_counts(sold: Shop) -> None:
    """Bob came in 2026-W04, as far as the data know."""
    chain = '[chains.own]\nname = "Own"\n[[chains.own.links]]\nid = "A"\nname = "a"\nabsolute = "first_payer_count"\n'
    book = sold.defines("chains/own.toml", chain).book()
    view = chain_view(book.chains.card("own", Period.parse("2026-01")), book.workspace)
    weeks = {week["week"]: (week["actual"], week["notes"]) for week in view.data["links"][0]["weeks"]}
    assert weeks["2026-W04"] == (1, [NOTE])
    shown = NOTE.replace("orders", "Orders")
    assert f"⚠ {shown}" in [translate(sentence.word) for sentence in view.sheets[0].notes]


BACK = "orders: history begins on 2026-01-01, and this looks back to {since}"


@pytest.mark.parametrize(
    ("metric", "period", "value", "since"),
    [
        ("loyal_buyers", "2026-01", 0, "2025-11-01"),  # bought in each of three months: nobody can have
        ("loyal_buyers", "2026-02", 0, "2025-12-01"),
        ("loyal_buyers", "2026-03", 0, ""),
        ("churned_buyers", "2026-01", 0, "2025-10-03"),  # 90 days before January
        ("churned_buyers", "2026-03", 0, "2025-12-01"),
        (
            "churned_buyers",
            "2026-04",
            1,
            "",
        ),  # Bob's last order is 100 days old on 30 April; 90 days before it are known
        ("repurchase_rate_kept", "2026-02", 0, ""),  # of January's two buyers Ann came back: January is known
        ("repurchase_rate_window", "2026-01", 0, ""),  # two orders within January
    ],
)
def test_what_looks_back_farther_than_the_data_reach_says_so(
    metric: str, period: str, value: float, since: str, sold: Shop
) -> None:
    found = sold.value(metric, period)
    assert (found.value, [note for note in found.notes if "looks back" in note]) == (
        value,
        [BACK.format(since=since)] if since else [],
    )


OWN_FACT = (
    """
[facts.d_weeks]
time = "period"
key = ["period", "user_id"]
looks_back = {{ {looks_back} }}
sql = """
    + '''"""
select d.period, o.user_id, max(case when d.back = 1 then 1 else 0 end) as before, min(d.back) as nearest
from orders o join period_days d on o.paid_at_day = d.day where d.back <= 1 group by d.period, o.user_id
"""
'''
)
OWN_COUNTS = """
[measures.came_twice]
table = "d_weeks"
agg = "count"
where = "before = 1 and nearest = 0"
time = "period"
[measures.came_before]
table = "orders"
agg = "count"
where = "paid_at is not null and user_id in (select user_id from d_weeks where before = 1)"
time = "paid_at"
[measures.came]
table = "d_weeks"
agg = "count"
where = "nearest = 0"
time = "period"
"""
METRIC = """
[metrics.own_{name}]
name = "x"
category = "revenue"
kind = "absolute"
formula = "{name}"
unit = "count"
grain = "month"
"""


def test_a_fact_of_ones_own_says_how_far_its_columns_look_back(sold: Shop) -> None:
    """Of January's two buyers none can have come in December; that of a week looks back a week."""
    names = ("came_twice", "came_before", "came")
    sold.defines("facts.toml", OWN_FACT.format(looks_back='before = "2"'))
    sold.defines("metrics/own.toml", OWN_COUNTS + "".join(METRIC.format(name=name) for name in names))
    found = {name: sold.value(f"own_{name}", "2026-01") for name in names}
    said = BACK.format(since="2025-12-01")
    assert {name: (one.value, said in one.notes) for name, one in found.items()} == {
        "came_twice": (0, True), "came_before": (0, True), "came": (2, False),
    }  # fmt: skip
    assert [note for note in sold.value("own_came_twice", "2026-02").notes if "looks back" in note] == []


@pytest.mark.parametrize(("looks_back", "said"), [('gone = "2"', "gone"), ('before = "loyal_weeks"', "loyal_weeks")])
def test_a_look_back_of_no_column_or_setting_is_an_error(looks_back: str, said: str, sold: Shop) -> None:
    sold.defines("facts.toml", OWN_FACT.format(looks_back=looks_back))
    found = [issue for issue in sold.book().data.check() if issue.key.endswith("looks_back")]
    assert [said in str(issue.message) for issue in found] == [True]


def test_a_cut_by_first_times_or_by_a_look_back_says_so_in_its_parts(sold: Shop) -> None:
    """Ann's and Bob's first month is January, as far as the data know; nobody can have come the week before them."""
    book = sold.defines(
        "facts.toml", OWN_FACT.format(looks_back='before = "2"').replace("key =", "dimension = true\nkey =")
    ).book()
    february, january = Period.parse("2026-02"), Period.parse("2026-01")
    whole, part = book.numbers.values(["paid_amount"], february, by="first_paid_month")
    (asked,) = book.numbers.values(["paid_amount"], january, where="first_paid_month = '2026-01'")
    assert [(one.value, NOTE in one.notes) for one in (whole, part, asked)] == [(10, False), (10, True), (20, True)]
    (late,) = book.numbers.values(["paid_amount"], Period.parse("2026-05"), where="first_paid_month = '2026-05'")
    assert (late.value, late.notes) == (10, ())
    (lost,) = book.numbers.values(["churned_buyers"], Period.parse("2026-04"), where="before = 1")
    assert lost.notes == ()
    (lost,) = book.numbers.values(["loyal_buyers"], Period.parse("2026-01"), where="d_weeks.before = 1")
    assert [note for note in lost.notes if "2025-12-01" in note] == [BACK.format(since="2025-12-01")]


@pytest.mark.parametrize(
    ("metric", "value", "told"),
    [
        ("loyal_buyers", 0, True),  # of April, May and June nobody knows May
        ("churned_buyers", 0, True),
        ("first_order_users", 0, True),  # who bought first in May would count as new in June
        ("paid_amount", 300, False),
        ("buyers", 1, False),
    ],
)
def test_days_missing_in_what_is_looked_back_to_are_told(metric: str, value: float, told: bool, shop: Shop) -> None:
    """Ann buys every day; May is not there."""
    days = [
        f"2026-{month}-{day:02d}" for month, last in (("03", 31), ("04", 30), ("06", 30)) for day in range(1, last + 1)
    ]
    shop.has("orders", orders(*[(day, "ann", f"{day} 10:00", 10.0) for day in days])).says(as_of="2026-06-30")
    found = shop.value(metric, "2026-06")
    said = [note for note in found.notes if note == "orders: no rows from 2026-05-01 to 2026-05-31"]
    assert (found.value, bool(said)) == (value, told)


ALL = "{table}: history begins on {day}, and this counts all that was before"


@pytest.mark.parametrize(("period", "notes"), [("2026-01", True), ("2026-03", True), ("2026-04", False)])
def test_amounts_to_date_say_that_the_past_is_short(period: str, notes: bool, sold: Shop) -> None:
    """Ann and Bob paid 20 up to 31 January, 30 up to 31 March; what they paid last year nobody knows."""
    sold.has("users", users(("ann", "2025-12-20 10:00"), ("bob", "2025-12-20 10:00")), complete_until=DONE)
    found = sold.value("user_amount_to_date", period)
    assert found.value == {"2026-01": 20, "2026-03": 30, "2026-04": 30}[period]
    assert (ALL.format(table="orders", day="2026-01-01") in found.notes) == notes


@pytest.mark.parametrize(
    ("metric", "value", "note"),
    [
        ("user_amount_to_date", 40, ALL.format(table="orders", day="2026-01-01")),
        ("first_order_users", 1, NOTE),
        ("returning_buyers", 0, NOTE),
    ],
)
@pytest.mark.parametrize(("since", "told"), [("2025-06-01 10:00", True), ("2025-12-20 10:00", False)])
def test_a_past_of_churn_days_is_not_enough_where_the_customers_are_older(
    metric: str, value: float, note: str, since: str, told: bool, sold: Shop
) -> None:
    """May has four months of orders before it; Ann, Bob and Eve have been customers since June."""
    sold.has("users", users(*((who, since) for who in ("ann", "bob", "eve"))), complete_until=DONE)
    found = sold.value(metric, "2026-05")
    assert (found.value, note in found.notes) == (value, told)
    assert sold.value("paid_amount", "2026-05").notes == ()


def test_a_window_to_date_over_a_raw_table_says_so_too(shop: Shop) -> None:
    tags = [{"user_id": f"u{n}", "tag": "seed", "tagged_at": f"2026-01-0{n} 10:00"} for n in (1, 2)]
    shop.has("user_tags", tags, complete_until=DONE).says(as_of=DONE)
    said = ALL.format(table="user_tags", day="2026-01-01")
    assert [(shop.value("seed_users", p).value, shop.value("seed_users", p).notes) for p in ("2026-01", "2026-05")] == [
        (2, (said,)),
        (2, ()),
    ]


def test_customers_of_guides_say_that_earlier_ones_are_not_seen(shop: Shop) -> None:
    """One relation began in January; those of last year that still hold are in no row."""
    held = {"guide_id": "g1", "user_id": "u1", "touchpoint": "wecom", "added_at": "2026-01-05 10:00"}
    shop.has("guide_customers", [{**held, "exposed_at": "2026-01-05 09:00"}], complete_until=DONE).says(as_of=DONE)
    found = shop.value("guide_customer_assets", "2026-01")
    assert (found.value, found.notes) == (1, (ALL.format(table="guide_customers", day="2026-01-05"),))


def test_sessions_over_the_midnight_before_the_first_row_are_told(shop: Shop) -> None:
    """A visit from 23:50 on is cut at midnight: what is left of it looks like a session of its own."""
    seen = views(("u1", "2026-01-01 00:05", "home"), ("u1", "2026-02-02 10:00", "home"))
    shop.has("events", seen, complete_until=DONE).says(as_of=DONE)
    said = "events: history begins on 2026-01-01, and this looks back to 2025-12-31"
    for period, notes in (("2026-01", True), ("2026-01-01", True), ("2026-02", False)):
        found = shop.value("sessions", period)
        assert (found.value, said in found.notes) == (1, notes), period


def followers(shop: Shop, *days: tuple[str, str | None]) -> Shop:
    rows = [
        {"touchpoint": "wecom", "follower_id": f"f{n}", "user_id": "", "followed_at": first, "unfollowed_at": last}
        for n, (first, last) in enumerate(days)
    ]
    return shop.has("owned_followers", rows, complete_until=DONE).says(as_of=DONE)


def test_what_happens_to_rows_of_before_the_data_is_told(shop: Shop) -> None:
    """Followers leave after 40 days: those of last year would leave in January and on 1 to 9 February."""
    followers(shop, *((f"2026-0{month}-01 10:00", f"2026-0{month + 1}-10 10:00") for month in (1, 3)))
    said = "owned_followers: the data begin on 2026-01-01 (followed_at); unfollowed_at of rows of before is not known"
    for period, value, told in (("2026-01", 1, True), ("2026-02", -1, True), ("2026-03", 1, False)):
        found = shop.value("follower_net_growth", period)
        assert (found.value, any(said in note for note in found.notes)) == (value, told), period
    assert "and is up to 40 days later" in shop.value("follower_net_growth", "2026-01").notes[-1]


def test_orders_paid_on_their_day_say_nothing_of_days_before(shop: Shop) -> None:
    rows = [{**row, "created_at": row["paid_at"].replace("10:00", "09:00")} for row in BOUGHT]
    found = shop.has("orders", rows, complete_until=DONE).says(as_of=DONE).value("paid_amount", "2026-01")
    assert (found.value, found.notes) == (20, ())


def test_a_mean_of_days_that_lack_at_both_ends_says_since_when(shop: Shop) -> None:
    """Events from 10 to 20 June: one user a day; the mean is of the eleven days, and June is not over."""
    seen = views(*((f"u{n}", f"2026-06-{n} 10:00", "home") for n in range(10, 21)))
    found = shop.has("events", seen).says(as_of="2026-06-20").value("dau", "2026-06")
    assert (found.value, found.partial, found.late) == (1, True, False)
    assert "it is of the days from 2026-06-10 on: the data begin later than the period" in found.notes


def test_numbers_read_off_a_chain_carry_the_doubts_of_its_weeks(sold: Shop) -> None:
    """First payers: 1 of 1 in W04, 0 of 1 in W05, so 5 of 10 points; of the two weeks before there is no target."""
    chain = (
        '[chains.own]\nname = "Own"\n[[chains.own.links]]\nid = "A"\nname = "a"\nabsolute = "first_payer_count"\n'
        'numerator = "first_payer_count"\nrule = "growth"\npoints = 10\n'
    )
    own = (
        '[metrics.own_score]\nname = "x"\ncategory = "revenue"\nkind = "absolute"\nchain = "own"\nreads = "total"\n'
        'unit = "score"\ngrain = "month"\nrollup = "mean"\n'
    )
    sold.defines("chains/own.toml", chain).defines("metrics/own.toml", own)
    agreed = 'period = "2026-W04"\nrevision = 1\n[targets."chain:own".A]\nvalue = 1\n'
    sold.defines("targets/2026-W04.toml", agreed)
    found = sold.value("own_score", "2026-01")
    assert (found.value, NOTE in found.notes) == (5, True), found.detail
    assert any("2026-W02 is left out" in note for note in found.notes), found.notes
