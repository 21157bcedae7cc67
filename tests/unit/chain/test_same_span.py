"""A row of a chain prints what is compared, a gain divides by its own span, a verdict waits for its day (R065–R084)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from chain_vector import CHAIN, MAY, WEEKS, counts, link, material

from kpi_tui.analysis.chain.diagnosis import diagnose
from kpi_tui.book import Book
from kpi_tui.definitions.answers.chain_card import ChainCard, LinkCard
from kpi_tui.definitions.answers.chain_facts import ChainFacts
from kpi_tui.definitions.answers.chain_inputs import ChainInputs, Count
from kpi_tui.definitions.library.chain import TargetRule
from kpi_tui.definitions.period import Period
from kpi_tui.scoring.chain_score import score_month
from kpi_tui.text.phrase import translate
from kpi_tui.views.cells import AttainmentCell, NumberCell
from kpi_tui.views.chain.card import chain_view
from kpi_tui.views.chain.findings import sentence
from tests.workspaces import Shop, orders, views


def of(card: ChainCard, id_: str) -> LinkCard:
    """A link that is there."""
    found = card.link(id_)
    assert found is not None
    return found


def row(card: ChainCard, id_: str, book: Book) -> dict[str, float | None]:
    """The numbers of a printed row by its columns."""
    sheet = next(sheet for sheet in chain_view(card, book.workspace).sheets if sheet.key == "links")
    cells = next(row.cells for row in sheet.rows if row.key == id_)
    named = {column.key: cell for column, cell in zip(sheet.columns, cells, strict=True)}
    return {
        name: cell.value if isinstance(cell, NumberCell) else cell.share
        for name, cell in named.items()
        if isinstance(cell, NumberCell | AttainmentCell)
    }


def test_r169_count_ratio_target_and_attained_are_of_the_weeks_that_are_over() -> None:
    # Two of four weeks are over; the month (900 of 9,900) is no part of the row.
    month = {("asked", MAY.id): 900.0, ("all", MAY.id): 9900.0, ("new", MAY.id): 8000.0}
    said = counts(month) | {
        (name, week): Count(1.0, partial=True) for name in ("new", "all", "asked") for week in WEEKS[2:]
    }
    agreed = dict(material().agreed) | {(week, "C"): 0.10 for week in WEEKS}
    card = score_month(material(counts=said, agreed=agreed), MAY, date(2026, 5, 17))
    visitors, inquiries = of(card, "B"), of(card, "C")
    assert (visitors.absolute, visitors.actual, visitors.target) == (3500, 3500, 1000 + 1030)
    assert inquiries.counted == WEEKS[:2]
    assert (inquiries.absolute, inquiries.ratio) == (380, pytest.approx((0.08 + 0.09) / 2))
    assert inquiries.target == pytest.approx(0.10)
    assert inquiries.attainment == pytest.approx(0.085 / 0.10)


@pytest.mark.parametrize("basis", ["rates", "counts"])
def test_r066_what_is_printed_gives_what_is_attained_on_either_basis(basis: str) -> None:
    card = score_month(material(replace(CHAIN, score_basis=basis)), MAY)
    for one in card.links:
        assert one.attainment == pytest.approx((one.actual or 0) / (one.target or 1))
    inquiries = of(card, "C")
    assert inquiries.unit == ("count" if basis == "counts" else "percent")
    if basis == "counts":
        assert inquiries.actual == 200 + 180 + 300 + 120


def test_r169_every_row_of_the_demo_divides_to_its_attainment(demo: Book) -> None:
    card = demo.chains.card("site", Period.parse("2026-10"))
    for id_ in ("B", "C", "D", "E", "F", "G", "H"):
        cells, one = row(card, id_, demo), of(card, id_)
        shown = cells["ratio"] if one.unit == "percent" else cells["absolute"]
        assert shown is not None and cells["target"]
        assert shown / cells["target"] == pytest.approx(cells["attainment"] or 0, abs=1e-9)
    # W41–W43 by hand: 103 + 105 + 93 deals of 214 + 178 + 192 inquiries.
    assert row(card, "D", demo)["absolute"] == 103 + 105 + 93
    assert (row(card, "A", demo)["ratio"], row(card, "B", demo)["ratio"]) != (None, None)


def test_a_chain_of_typed_weeks_shows_its_counts() -> None:
    typed = {key: Count(count.value, by_hand=True) for key, count in counts().items() if key[1] != MAY.id}
    assert of(score_month(material(counts=typed), MAY), "C").absolute == 800


def test_r077_the_gain_of_a_month_is_told_against_the_result_of_that_month() -> None:
    # G lacks 60 of the 100 repeat deals of the month (deals: 40 in each of the two weeks over, 400 in the month).
    links = (CHAIN.link("D"), replace(link("G", TargetRule.HISTORY, 1, "repeat", "deals", period="month")))
    chain = replace(CHAIN, links=tuple(replace(one, after="") for one in links if one is not None))
    said: dict[tuple[str, str], Count] = {("deals", week): Count(40.0) for week in WEEKS[:2]}
    said |= {("asked", week): Count(100.0) for week in WEEKS[:2]}
    said |= {("repeat", "2026-05"): Count(40.0), ("deals", "2026-05"): Count(400.0)}
    said |= {("repeat", "2025-05"): Count(100.0), ("deals", "2025-05"): Count(400.0)}
    said |= {("repeat", f"2026-0{n}"): Count(100.0) for n in (2, 3, 4)}
    said |= {("deals", f"2026-0{n}"): Count(400.0) for n in (2, 3, 4)}
    given = ChainInputs(replace(chain, result="D"), said, {(week, "D"): 0.4 for week in WEEKS})
    card = diagnose(given, score_month(given, MAY, date(2026, 5, 31)), (), ChainFacts(), date(2026, 5, 31))
    (rank,) = (rank for rank in card.weak.by_gain if rank.link == "G")
    assert (rank.gain, rank.share) == (60, pytest.approx(60 / 400))


def test_a_weekly_shortfall_is_told_and_gained_by_the_week() -> None:
    links = tuple(replace(one, denominator="", numerator="", absolute="new") for one in CHAIN.links[:1])
    chain = replace(CHAIN, links=(*links, replace(CHAIN.links[1], denominator="new")), result="C")
    said = {("new", week): Count(400.0) for week in WEEKS} | {("asked", week): Count(100.0) for week in WEEKS}
    agreed = {(week, "B"): 1000.0 for week in WEEKS} | {(week, "C"): 0.25 for week in WEEKS}
    given = ChainInputs(chain, said, agreed)
    card = diagnose(given, score_month(given, MAY), (), ChainFacts())
    weak = card.findings[0]
    assert weak.code == "weak_volume"
    assert (weak.plain["actual"], weak.plain["reference"]) == (400, 1000)  # of a week, not 1,600 and 4,000 of the month
    assert weak.plain["gain"] == pytest.approx(4 * 600 * 0.25)


def test_r058_weeks_after_a_recalibration_are_multiples_of_the_exact_first_target() -> None:
    # April: 900, 1100, 1300, 800 at g = 4 %: 900 and 1100 stay, 1000 × 1.04 / 900 − 1 = 15.5 %, 1100 × 1.155 = 1270.5.
    april = Period.parse("2026-04")
    weeks = ("2026-W15", "2026-W16", "2026-W17", "2026-W18")
    said = {("new", week): Count(n) for week, n in zip(weeks, (900.0, 1100.0, 1300.0, 800.0), strict=True)}
    agreed = {(weeks[0], "B"): 1000.0, (april.id, "growth"): 0.04}
    new = score_month(material(counts=said, agreed=agreed), april).next
    assert new is not None and new.growth == 0.155
    assert [target for _week, target in new.weeks] == [1271, 1467, 1695, 1958]  # 1467.4, 1694.9, 1957.6
    # The first week and the growth are agreed: the rest of May follows from 1270.5, not from 1271 (1468, 1696, 1958).
    agreed |= {(WEEKS[0], "B"): 1271.0, (MAY.id, "growth"): 0.155}
    may = score_month(material(counts=said, agreed=agreed), MAY)
    assert [cell.target for cell in of(may, "B").weeks] == [1271, 1467, 1695, 1958]
    agreed |= {(WEEKS[0], "B"): 1300.0}  # another agreement starts a chain of its own
    own = score_month(material(counts=said, agreed=agreed), MAY)
    assert [cell.target for cell in of(own, "B").weeks] == [1300, 1502, 1734, 2003]  # 1501.5, 1734.2, 2003.0


def test_r076_no_number_no_verdict() -> None:
    blank = ChainInputs(CHAIN, {}, {})
    card = diagnose(blank, score_month(blank, MAY), (), ChainFacts())
    assert card.balance.verdict == "unknown"
    assert not [finding for finding in card.findings if finding.code.startswith("balance")]


def payback(shop: Shop, as_of: str, profits: tuple[tuple[str, float], ...], due: str) -> Shop:
    """1,000 put in on 1 August, to be paid back by `due`; data up to `as_of`."""
    shop.says(as_of=date.fromisoformat(as_of))
    shop.has("events", views(("v1", "2026-07-01 10:00:00", "p"), ("v2", f"{as_of} 10:00:00", "p")))
    shop.has("orders", orders(("o1", "u1", "2026-07-01 10:00:00", 1.0), ("o2", "u1", f"{as_of} 10:00:00", 1.0)))
    money = {"project_id": "P", "invested_on": "2026-08-01", "amount": 1000, "payback_due": due, "target_roi": 0.5}
    shop.has("investments", [money], complete_until=as_of)
    rows = [{"day": day, "project_id": "P", "revenue": 0, "gross_profit": 0, "net_profit": n} for day, n in profits]
    return shop.has("finance_periodic", rows, complete_until=as_of)


def test_r084_there_is_no_verdict_before_its_day(shop: Shop) -> None:
    months = (("2026-08-31", 300.0), ("2026-09-30", 300.0))
    book = payback(shop, "2026-10-05", months, "2026-10-31").book()
    card = book.chains.card("site", Period.parse("2026-10"))
    (found,) = card.verdicts
    assert (found.verdict, found.roi) == ("projection", pytest.approx(0.6))
    # 0.6 in the 61 days of August and September; 92 days from 1 August to 31 October.
    assert (found.projected, found.paced) == (pytest.approx(0.6 * 92 / 61), "2026-09-30")
    said = translate(sentence(card.findings[0], card, book.workspace))
    assert said.startswith("Project P: ROI 0.60 so far ◔; at the pace up to 2026-09-30 0.90 on 2026-10-31, agreed 0.50")


def test_r084_a_projection_does_not_fall_when_the_page_turns(shop: Shop) -> None:
    months = (("2026-08-31", 100.0), ("2026-09-30", 100.0), ("2026-10-31", 100.0))
    book = payback(shop, "2026-11-01", months, "2027-01-31").book()
    october, november = (book.chains.card("site", Period.parse(f"2026-{m}")).verdicts[0] for m in ("10", "11"))
    assert october.projected == pytest.approx(0.3 * 184 / 92)  # 0.60
    assert november.projected == october.projected
    assert (october.paced, november.paced) == ("", "2026-10-31")


def test_the_card_says_of_which_weeks_its_rows_are(demo: Book) -> None:
    card = demo.chains.card("site", Period.parse("2026-10"))
    (sheet,) = (sheet for sheet in chain_view(card, demo.workspace).sheets if sheet.key == "links")
    said = [translate(note.word) for note in sheet.notes if note.key == "spans"]
    assert said == [
        "· Counts are sums, ratios and their targets means of the weeks that are over: 2026-W41, 2026-W42, 2026-W43;"
        " the count of A has everybody once;"
        " the ratio of A, B is of 2026-W43; G, H of 2026-10; the pace of B is of 2026-W44, which runs"
    ]
