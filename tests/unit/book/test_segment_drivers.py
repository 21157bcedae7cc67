"""Which segments moved a metric: figures by hand on a shop of seven orders (R026, R164)."""

from __future__ import annotations

import pytest

from kpi_tui.book import Book
from kpi_tui.definitions.answers.segments import SegmentBasis, SegmentDrivers
from kpi_tui.definitions.answers.value import Reason
from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.period import Period
from kpi_tui.engine.formula import quotient
from kpi_tui.render.formats import render
from kpi_tui.text.i18n import speaking
from kpi_tui.views.causes.segments import segments
from tests.workspaces import Row, Shop, orders, users

OCTOBER = Period.parse("2026-10")


def sold(number: int, user: str, at: str, amount: float, channel: str, domain: str = "public") -> Row:
    (row,) = orders((f"o{number}", user, f"{at}T10:00:00", amount), channel_id=channel)
    return row | {"domain": domain}


@pytest.fixture
def book(shop: Shop) -> Book:
    """September: A 100 + 60, B 50. October: A 80, B 30 + 90, 40 without a channel; u1 buys in A and in B."""
    rows = [
        sold(1, "u1", "2026-09-01", 100, "A"),
        sold(2, "u2", "2026-09-20", 60, "A", "private"),
        sold(3, "u3", "2026-09-28", 50, "B"),
        sold(4, "u1", "2026-10-03", 80, "A", "private"),
        sold(5, "u1", "2026-10-09", 30, "B"),
        sold(6, "u2", "2026-10-15", 90, "B", "private"),
        sold(7, "u4", "2026-10-28", 40, ""),
    ]
    shop.has("orders", rows, complete_until="2026-10-31")
    shop.defines(
        "metrics/own.toml",
        """
[measures.own_paid]
about = "x"
table = "orders"
time = "paid_at"
column = "paid_amount"
agg = "sum"
[measures.own_count]
about = "x"
table = "orders"
time = "paid_at"
agg = "count"
[measures.own_buyers]
about = "x"
table = "orders"
time = "paid_at"
column = "user_id"
agg = "count_distinct"
[measures.own_median]
about = "x"
table = "orders"
time = "paid_at"
column = "paid_amount"
agg = "median"
[metrics.own_paid_sum]
name = "own_paid_sum"
category = "revenue"
kind = "absolute"
better = "higher"
grains = ["month"]
formula = "own_paid"
unit = "currency"
[metrics.own_ticket]
name = "own_ticket"
category = "revenue"
kind = "absolute"
better = "higher"
grains = ["month"]
formula = "own_paid / own_count"
unit = "currency"
[metrics.own_heads]
name = "own_heads"
category = "revenue"
kind = "absolute"
better = "higher"
grains = ["month"]
formula = "own_buyers"
unit = "count"
[metrics.own_typical]
name = "own_typical"
category = "revenue"
kind = "absolute"
better = "higher"
grains = ["month"]
formula = "own_median"
unit = "currency"
[metrics.own_square]
name = "own_square"
category = "revenue"
kind = "absolute"
better = "higher"
grains = ["month"]
formula = "own_paid * own_count"
unit = "count"
[metrics.own_spend]
name = "own_spend"
category = "revenue"
kind = "absolute"
better = "higher"
grains = ["month"]
formula = "own_paid * own_buyers"
unit = "count"
""",
    )
    return shop.book(draft=False)


def parts(found: SegmentDrivers) -> dict[str, float | None]:
    return {one.name: one.contribution for one in found.segments}


def test_of_a_sum_each_segment_has_what_it_gained_or_lost(book: Book) -> None:
    """A 160 → 80, B 50 → 120, none 0 → 40: 210 → 240."""
    found = book.segments.of("own_paid_sum", OCTOBER, by="channel_id")
    assert (found.change, found.basis, found.shared) == (30, SegmentBasis.DIFFERENCE, 0)
    assert parts(found) == {"A": -80, "B": 70, "(none)": 40}
    assert [one.name for one in found.segments] == ["A", "B", "(none)"], "what moved it most first"
    assert [one.share for one in found.segments] == pytest.approx([80 / 240, 120 / 240, 40 / 240])


def test_of_a_ratio_rate_and_mix_make_up_the_contribution(book: Book) -> None:
    """Ticket: September 210/3 = 70, A 80 (2 of 3 orders), B 50. October 240/4 = 60, A 80 (1 of 4), B 60 (2), none 40.

    A: mix (1/4 - 2/3)(80 - 70), rate 1/4 · 0. B: mix (2/4 - 1/3)(50 - 70), rate 2/4 · 10. None: mix 1/4 (40 - 70).
    """
    found = book.segments.of("own_ticket", OCTOBER, by="channel_id")
    assert (found.change, found.basis, found.shared) == (pytest.approx(-10), SegmentBasis.RATE_AND_MIX, 0)
    by_name = {one.name: one for one in found.segments}
    assert (by_name["A"].rate, by_name["A"].mix) == (pytest.approx(0), pytest.approx(-50 / 12))
    assert (by_name["B"].rate, by_name["B"].mix) == (pytest.approx(5), pytest.approx(-20 / 6))
    assert (by_name["(none)"].rate, by_name["(none)"].mix) == (pytest.approx(0), pytest.approx(-7.5))


def test_buyers_in_two_segments_close_the_sum(book: Book) -> None:
    """September A u1 u2, B u3: 3. October A u1, B u1 u2, none u4: 3 of 4 counted; A -1, B +1, none +1, one twice."""
    found = book.segments.of("own_heads", OCTOBER, by="channel_id")
    assert (found.change, found.shared, found.overlap) == (0, -1, True)
    assert parts(found) == {"A": -1, "B": 1, "(none)": 1}


def test_a_median_is_no_sum_of_its_parts(book: Book) -> None:
    """60 → 60; A 80 → 80, B 50 → 60, none → 40."""
    found = book.segments.of("own_typical", OCTOBER, by="channel_id")
    assert (found.change, found.overlap) == (0, False)
    assert found.shared == pytest.approx(0 - (0 + 10 + 40))


def test_any_other_formula_is_split_over_all_orders(book: Book) -> None:
    """Paid × orders: 210 · 3 → 240 · 4."""
    found = book.segments.of("own_square", OCTOBER, by="channel_id")
    assert (found.basis, found.change, found.shared) == (SegmentBasis.SHAPLEY, 330, 0)


def test_parts_that_do_not_add_up_inside_a_formula_have_no_contribution(book: Book) -> None:
    found = book.segments.of("own_spend", OCTOBER, by="channel_id")
    assert found.reason is Reason.NOT_APPLICABLE
    assert "own_buyers of the segments does not add up" in found.detail
    assert set(parts(found).values()) == {None}
    assert {one.name: one.after for one in found.segments} == {"A": 80, "B": 240, "(none)": 40}


def test_what_moved_it_most_is_taken_apart_by_a_second_column(book: Book) -> None:
    """A: public 100 → 0, private 60 → 80."""
    found = book.segments.of("own_paid_sum", OCTOBER, by="channel_id", then="domain")
    assert found.deeper is not None
    assert (found.deeper.path, found.deeper.change) == ((("channel_id", "A"),), -80)
    assert parts(found.deeper) == {"public": -100, "private": 20}


def test_a_way_in_keeps_its_rows_alone_also_those_without_a_value(book: Book) -> None:
    inside = book.segments.of("own_paid_sum", OCTOBER, by="domain", path=[("channel_id", "(none)")])
    assert (inside.now.value, parts(inside)) == (40, {"public": 40})
    narrowed = book.segments.of("own_paid_sum", OCTOBER, by="channel_id", where="domain = 'private' or domain = 'x'")
    assert parts(narrowed) == {"A": 20, "B": 90}


def test_a_period_that_cannot_be_compared_has_changes_and_says_why(book: Book) -> None:
    """Nothing is known of August: the data begin in September."""
    found = book.segments.of("own_paid_sum", Period.parse("2026-09"), by="channel_id")
    assert found.change is None
    assert "2026-08" in found.detail
    assert {one.name: one.after for one in found.segments} == {"A": 160, "B": 50}


@pytest.mark.parametrize(
    ("metric", "by", "said"),
    [
        ("own_paid_sum", "colour", "orders has no column colour"),
        ("own_paid_sum.growth", "channel_id", "growth form"),
        ("nothing", "channel_id", "there is no metric"),
    ],
)
def test_what_cannot_be_asked_is_a_sentence(book: Book, metric: str, by: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        book.segments.of(metric, OCTOBER, by=by)


def test_columns_that_say_of_what_kind_a_row_is_are_offered_and_ids_of_rows_are_not(book: Book) -> None:
    """Of the library's own metrics, those that it is asked by (`dims`) come first."""
    offered = book.segments.columns("own_paid_sum")
    assert {"channel_id", "domain"} <= set(offered)
    assert not {"order_id", "user_id", "paid_at", "paid_amount"} & set(offered)
    assert book.segments.columns("new_users")[:2] == ("channel_id", "acquisition_type")


def test_a_segment_of_truth_values_is_gone_into(shop: Shop) -> None:
    """SQL writes `true` for what is called True: 80 of October, not nothing."""
    rows = [
        sold(1, "u1", "2026-09-01", 100, "A") | {"vip": "true"},
        sold(2, "u2", "2026-10-28", 80, "A") | {"vip": "true"},
    ]
    shop.has("orders", rows, complete_until="2026-10-31", columns={"vip": "vip"}, types={"vip": "bool"})
    inside = shop.book(draft=False).segments.of("paid_amount", OCTOBER, by="domain", path=[("vip", "True")])
    assert (inside.now.value, parts(inside)) == (80, {"public": -20})


@pytest.mark.parametrize(
    ("formula", "sides"),
    [
        ("a / b", ("a", "b")),
        ("1000 * a / (b - c)", ("1000 * a", "(b - c)")),
        ("a / b / c", None),
        ("(a + 1) / b", None),
    ],
)
def test_only_sides_that_add_up_over_segments_make_a_rate_and_a_mix(
    formula: str, sides: tuple[str, str] | None
) -> None:
    assert quotient(formula) == sides


def test_a_column_of_ones_own_is_offered_and_one_that_no_file_fills_is_not(shop: Shop) -> None:
    """A shop that knows its countries and no channels: by channel there would be one segment, `(none)`."""
    rows = [orders(("o1", "u1", "2026-10-03T10:00:00", 80))[0], orders(("o2", "u2", "2026-10-09T10:00:00", 30))[0]]
    for row, country in zip(rows, ("UK", "France"), strict=True):
        row["Land"] = country
    shop.has("orders", rows, columns={"country": "Land", "weight_kg": "1.5"}, types={"weight_kg": "float"})
    book = shop.book(draft=False)
    book.numbers.is_live("paid_amount")  # the files are looked at
    offered = book.segments.columns("paid_amount")
    assert "country" in offered and not {"channel_id", "scene", "weight_kg"} & set(offered)
    found = book.segments.of("paid_amount", OCTOBER, by="country")
    assert {one.name: one.after for one in found.segments} == {"UK": 80, "France": 30}


def test_what_takes_nothing_apart_comes_last_or_not_at_all(shop: Shop) -> None:
    """Every row has the domain that the mapping writes; buyers have no scene, their orders have."""
    rows = [row | {"scene": "live", "Land": "UK"} for row in orders(("o1", "u1", "2026-10-03T10:00:00", 80))]
    shop.has("orders", rows, columns={"country": "Land", "domain": "'public'"})
    book = shop.book(draft=False)
    offered = book.segments.columns("paid_amount")
    assert "country" in offered and offered.index("domain") == len(offered) - 1
    assert "scene" in offered and "scene" not in book.segments.columns("second_purchase_rate")


def test_rows_that_say_nothing_are_said_so_by_the_column_and_the_users_own_is_offered_too(shop: Shop) -> None:
    """The channel of orders may be empty: that of the customer tells more."""
    shop.has("users", [row | {"channel_id": "A"} for row in users(("u1", "2026-09-01 08:00:00"))])
    days = {"2026-08-20": 70, "2026-09-03": 90, "2026-10-03": 80}
    rows = orders(*((f"o{day}", "u1", f"{day}T10:00:00", paid) for day, paid in days.items()))
    shop.has("orders", [row | {"channel_id": None} for row in rows], complete_until="2026-10-31")
    book = shop.says(as_of="2026-10-31").book(draft=False)
    assert {"users.channel_id"} <= set(book.segments.columns("paid_amount"))
    found = segments(book.segments.of("paid_amount", OCTOBER, by="channel_id"), book.workspace)
    with speaking("zh"):
        shown = render(found, "table")
    assert "影响最大的是（未记录渠道）" in shown and "（无）" not in shown
