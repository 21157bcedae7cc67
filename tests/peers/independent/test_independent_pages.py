"""What pages print of the demo, figure by figure, against pandas and against people followed one by one."""

from __future__ import annotations

import tomllib
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

from kpi_tui.book import Book
from kpi_tui.definitions.period import Period
from tests.peers.independent import site_readings
from tests.peers.independent.reading import ratio
from tests.peers.independent.sample import Sample
from tests.peers.independent.when import When

ROOT = Path(__file__).resolve().parents[3]
OCTOBER, WHEN = Period.parse("2026-10"), When.of("2026-10")
WINDOW = pd.Timedelta(days=30)


@pytest.fixture(scope="module")
def shop() -> Sample:
    return Sample(ROOT / "sample_data")


# --- goods (R158–R161) ----------------------------------------------------------------------------
def test_goods_are_what_the_stock_report_says(demo: Book, shop: Sample) -> None:
    """SKUs and classes: sold, stock, sell-through, days of stock, cumulative, and what they call for."""
    sections = {one.section.id: one.found for one in demo.pages.of("goods", OCTOBER).sections}
    report = shop.inventory_daily
    classes = report["sku_id"].map(shop.products.set_index("sku_id")["category_id"])
    wanted = {None: _stock(report, WHEN)} | {sku: _stock(rows, WHEN) for sku, rows in report.groupby("sku_id")}
    found = {row.segment: {name: cell.value for name, cell in row.cells.items()} for row in sections["skus"].rows}
    assert len(found) == 31 and found == {sku: pytest.approx(wanted[sku], rel=1e-9) for sku in found}
    sold = report[WHEN.has(report["day"])].groupby("sku_id")["sold_qty"].sum()
    best = sold.reset_index().sort_values(["sold_qty", "sku_id"], ascending=[False, True])["sku_id"]
    assert list(found)[1:] == best.tolist()[:30]
    rising = {row.segment for row in sections["skus"].rows if "restock" in [said.en for said in row.signals]}
    assert rising == {sku for sku in best.tolist()[:30] if _rising(report[report["sku_id"] == sku])}
    by_class = {None: report} | dict(list(report.groupby(classes)))
    for row in sections["classes"].rows:
        cells = {name: cell.value for name, cell in row.cells.items()}
        mine = _stock(by_class[row.segment], WHEN)
        assert cells == pytest.approx({name: mine[name] for name in cells}, rel=1e-9)


def _stock(report: pd.DataFrame, when: When) -> dict[str, float | None]:
    rows, until = report[when.has(report["day"])], report[report["day"] < when.end]
    last, first = (rows[rows["day"] == day] for day in (rows["day"].max(), rows["day"].min()))
    sold, days, end = rows["sold_qty"].sum(), rows["day"].nunique(), last["closing_qty"].sum()
    opening = until.sort_values("day").groupby("sku_id")["opening_qty"].first().sum()
    return {
        "sold": float(sold),
        "stock": float(end),
        "sell_through": ratio(sold, first["opening_qty"].sum() + rows["received_qty"].sum()),
        "days": ratio(end * days, sold),
        "cumulative": ratio(until["sold_qty"].sum(), opening + until["received_qty"].sum()),
    }


def _rising(rows: pd.DataFrame) -> bool:
    first, second, third = (_stock(rows, when)["cumulative"] for when in (WHEN.before(2), WHEN.before(), WHEN))
    return first < second < third


# --- funnel (R107, R171) --------------------------------------------------------------------------
def test_a_funnel_by_channel_is_its_people_followed_one_by_one(demo: Book, shop: Sample) -> None:
    """WeCom: people of every step and channel of registration, rates, usual rates of three months, the weakest."""
    guided = shop.guide_customers
    private = shop.paid[shop.paid["domain"] == "private"]
    steps = [guided[["user_id", at]].dropna() for at in ("invited_at", "added_at", "served_at")]
    steps.append(private[["user_id", "paid_at"]].dropna())
    channels = shop.users.dropna(subset=["user_id"]).set_index("user_id")["channel_id"].to_dict()
    reached = [_reached(steps, when) for when in (WHEN, *(WHEN.before(back) for back in (1, 2, 3)))]
    parts = demo.funnels.by("wecom", OCTOBER, "channel_id").parts
    assert len(parts) == 8
    for segment, view in parts:
        kept = [
            [len([one for one in people if segment is None or _is(channels.get(one), segment)]) for people in each]
            for each in reached
        ]
        now, past = kept[0], [sum(column) for column in zip(*kept[1:], strict=True)]
        rates = [None, *(ratio(out, into) for into, out in pairwise(now))]
        usual = [None, *(ratio(out, into) for into, out in pairwise(past))]
        assert [(step.people, step.rate, step.baseline) for step in view.steps] == [
            pytest.approx(row) for row in zip(now, rates, usual, strict=True)
        ]
        below = [
            (rate / was, step.name)
            for rate, was, step in zip(rates, usual, view.steps, strict=True)
            if rate is not None and was and rate < was
        ]
        assert view.weakest == (min(below)[1] if below else "")


def _is(channel: object, segment: str) -> bool:
    return channel == segment if isinstance(channel, str) else segment == "(none)"


def _reached(steps: Sequence[pd.DataFrame], when: When) -> list[set[str]]:
    """Per step who came to it in order, in the period and within the window of a first step."""
    moments = []
    for rows in steps:
        inside = rows[when.has(rows.iloc[:, 1])]
        moments.append({who: sorted(at) for who, at in inside.groupby("user_id")[inside.columns[1]]})
    found: list[set[str]] = [set() for _ in steps]
    for who, starts in moments[0].items():
        for start in starts:
            for place in _way(start, [each.get(who, []) for each in moments]):
                found[place].add(who)
    return found


def _way(start: pd.Timestamp, moments: Sequence[Sequence[pd.Timestamp]]) -> Iterator[int]:
    yield 0
    now = start
    for place, later in enumerate(moments[1:], 1):
        at = bisect_left(later, now)
        if at == len(later) or later[at] - start > WINDOW:
            return
        now = later[at]
        yield place


# --- festivals: the same weekdays of last year ------------------------------------------------------
def test_days_stand_beside_the_weekdays_364_days_before(demo: Book, shop: Sample) -> None:
    found = demo.festivals.weekdays(["paid_amount"], OCTOBER).metrics[0]
    money = shop.paid.groupby("day")["paid_amount"].sum()
    days = pd.date_range(WHEN.start, WHEN.last_day)
    before = [money.get(day - pd.Timedelta(days=364), 0.0) for day in days]
    assert [pair.now.value for pair in found.pairs] == pytest.approx([money.get(day, 0.0) for day in days])
    assert [pair.before.value for pair in found.pairs if pair.before] == pytest.approx(before)
    assert found.total and (found.total.now.value, found.total.before.value) == pytest.approx(
        (sum(money.get(day, 0.0) for day in days), sum(before))
    )


# --- people (R033, R037, R010) ----------------------------------------------------------------------
def test_scores_and_bonus_of_people_are_those_of_their_lines(demo: Book, shop: Sample) -> None:
    """Service is scored by linear, inverse and steps, data by ratio; both miss 100 and lose a tenth."""
    goals = tomllib.loads((ROOT / "config" / "targets" / "2026-10.toml").read_text(encoding="utf-8"))["targets"]
    goal = {line: cell["value"] for role in ("service", "data") for line, cell in goals[role].items()}
    is_ = {
        read.__name__: read(shop, WHEN)
        for read in (
            site_readings.complaint_rate,
            site_readings.mystery_shopper_score,
            site_readings.report_timeliness_rate,
            site_readings.data_accuracy_rate,
        )
    }
    rated = shop.feedback[WHEN.has(shop.feedback["ts"]) & (shop.feedback["kind"] == "rating")]
    stars, at = rated["score"].mean(), goal["feedback_score"]
    service = (
        35 * ((stars - 4.0) / (at - 4.0) if stars <= at else min(1 + 0.5 * (stars - at) / (4.8 - at), 1.5))
        + 35 * min(goal["complaint_rate"] / is_["complaint_rate"], 1.5)
        + 30 * _step(is_["mystery_shopper_score"] / goal["mystery_shopper_score"])
    )
    data = sum(50 * is_[name] / goal[name] for name in ("report_timeliness_rate", "data_accuracy_rate"))
    cards = [demo.scores.scorecard(who, OCTOBER) for who in ("zhou", "leo")]
    assert [card.score for card in cards] == pytest.approx([service, data])
    assert [card.bonus.effect for card in cards] == [-0.1, -0.1]


def _step(reached: float) -> float:
    return max((counts for least, counts in ((0.9, 0.6), (0.95, 0.8), (1.0, 1.0), (1.05, 1.1)) if reached >= least))
