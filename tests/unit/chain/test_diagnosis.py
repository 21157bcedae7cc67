"""Findings of a chain: each rule by the numbers it names (R073–R084, R092, R061, R051)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from types import SimpleNamespace

import pytest
from chain_vector import CHAIN, LINKS, MAY, WEEKS, counts, material

from kpi_tui.analysis.chain.diagnosis import diagnose
from kpi_tui.definitions.answers.chain_card import ChainCard, Finding, LinkCard, PlatformWeek, Verdict
from kpi_tui.definitions.answers.chain_facts import ChainFacts
from kpi_tui.definitions.answers.chain_inputs import ChainInputs, Count
from kpi_tui.definitions.library.chain import GROWTH, Capacity, Chain, Link, Platform
from kpi_tui.definitions.text import Text
from kpi_tui.scoring.chain_score import score_month
from kpi_tui.text.phrase import translate

Series = Mapping[str, tuple[float | None, ...]]
ANNS = SimpleNamespace(metrics={}, people={}, roles={"ann": SimpleNamespace(name=Text("ANN"))})
"""What a sentence asks of a workspace: names; a metric without one is its id."""
ALL = {"B": 1.0, "C": 1.0, "D": 1.0, "E": 1.0, "F": 1.0, "G": 1.0, "H": 1.0}


def card(chain: Chain = CHAIN, **attainments: float | None) -> ChainCard:
    """A card with these attainments; links not named are on target."""
    links = tuple(_link(link, (ALL | attainments).get(link.id)) for link in chain.links)
    return ChainCard(chain, MAY, 0.03, links, 12.5, 12.5, 12.5)


def _link(link: Link, attainment: float | None) -> LinkCard:
    status = (
        "unknown" if attainment is None else "on_target" if attainment >= 1 else "near" if attainment >= 0.8 else "weak"
    )
    return LinkCard(link, (), link.points, None, attainment, attainment, 1.0, ratio=0.1, status=status)


def found(
    now: ChainCard,
    past: tuple[ChainCard, ...] = (),
    series: Series | None = None,
    given: ChainInputs | None = None,
    **facts: object,
) -> dict[str, Finding]:
    """Code -> finding."""
    known = ChainFacts(series or {}, **facts)  # type: ignore[arg-type]
    told = diagnose(given or ChainInputs(now.chain, {}), now, past, known)
    return {finding.code: finding for finding in told.findings}


def test_r073_ratios_met_for_three_months_while_visitors_miss_their_target() -> None:
    months = [card(B=0.9) for _ in range(3)]
    assert found(months[2], tuple(months[:2]))["ratio_only"].rule == "R073"


def test_r073_ratios_met_while_visitors_fall_in_two_of_three_months() -> None:
    months = [card() for _ in range(3)]
    falling: Series = {"new_visitors": (1000.0, 900.0, 950.0, 800.0)}
    assert "ratio_only" in found(months[2], tuple(months[:2]), falling)
    rising: Series = {"new_visitors": (1000.0, 900.0, 950.0, 980.0)}
    assert "ratio_only" not in found(months[2], tuple(months[:2]), rising)


def test_r073_fewer_than_half_of_the_ratios_on_target_is_another_trouble() -> None:
    months = [card(B=0.9, C=0.5, D=0.5, E=0.5, F=0.5) for _ in range(3)]
    assert "ratio_only" not in found(months[2], tuple(months[:2]))


def test_r074_forty_to_five_percent_return_under_rising_sales_fires() -> None:
    told = found(card(), series={"paid_amount": (90.0, 100.0, 120.0), "gross_return_on_investment": (0.40, 0.2, 0.05)})
    assert told["absolute_only"].plain["before"] == 0.40
    assert told["absolute_only"].plain["now"] == 0.05


@pytest.mark.parametrize(("after", "fires"), [(0.321, False), (0.32, True)])
def test_r074_a_fall_of_a_fifth_is_the_limit(after: float, fires: bool) -> None:
    series = {"paid_amount": (90.0, 100.0, 120.0), "gross_return_on_investment": (0.40, 0.4, after)}
    assert ("absolute_only" in found(card(), series=series)) is fires


def test_r074_most_ratios_falling_under_rising_visitors_fires_too() -> None:
    now, before = card(), card()
    now = replace(now, links=tuple(replace(link, ratio=0.07) for link in now.links))
    told = found(now, (before, before), {"uv": (90.0, 100.0, 120.0)})
    assert told["absolute_only_links"].plain["fallen"] == 6


def test_r074_nothing_fires_while_sales_fall() -> None:
    series = {"paid_amount": (120.0, 100.0, 90.0), "gross_return_on_investment": (0.40, 0.2, 0.05)}
    assert "absolute_only" not in found(card(), series=series)


@pytest.mark.parametrize(
    ("metric", "values"), [("one_session_user_rate", (0.1, 0.2, 0.3)), ("inquiry_rate", (0.10, 0.09, 0.08))]
)
def test_r075_padding(metric: str, values: tuple[float, ...]) -> None:
    told = found(card(), series={"new_visitors": (1.0, 2.0, 3.0), metric: values})
    assert (told["padding"].plain["since"], told["padding"].plain["month"]) == ("2026-03", "2026-05")
    assert "padding" not in found(card(), series={"new_visitors": (3.0, 2.0, 3.0), metric: values})
    assert "padding" not in found(card(), series={"new_visitors": (1.0, 2.0, 3.0), metric: values[::-1]})


def test_r076_balanced_with_the_share_of_points_on_both_kinds() -> None:
    told = diagnose(ChainInputs(CHAIN, {}), card(), (), ChainFacts())
    assert told.balance.verdict == "balanced"
    assert (told.balance.absolute, told.balance.ratio) == (2, 10.5)
    assert found(card())["balance_balanced"].plain == pytest.approx({"absolute": 0.16, "ratio": 0.84})


def test_r076_a_warning_speaks_against_balance() -> None:
    series = {"new_visitors": (1.0, 2.0, 3.0), "inquiry_rate": (0.10, 0.09, 0.08)}
    assert "balance_unbalanced" in found(card(), series=series)


def test_r076_points_on_one_kind_only() -> None:
    ratios = replace(CHAIN, links=LINKS[1:])
    assert "balance_ratio_only" in found(card(ratios))
    visitors = replace(CHAIN, links=LINKS[:1])
    assert "balance_absolute_only" in found(card(visitors))


def test_r077_the_lowest_attainment_is_known_and_every_link_below_the_limit_is_weak() -> None:
    scored = score_month(material(), MAY)
    told = diagnose(material(), scored, (), ChainFacts())
    assert told.weak.lowest == "C"
    assert told.weak.named == "C"
    assert [link.link.id for link in told.links if link.status == "weak"] == ["C"]
    low = found(card(D=0.5, E=0.79, F=0.81))
    assert low["below_limit"].link == "E"


def test_r077_the_limit_is_a_setting() -> None:
    strict = ChainInputs(CHAIN, counts(), material().agreed, {"chain_weak": 0.99})
    assert score_month(strict, MAY).link("F").status == "weak"  # type: ignore[union-attr]  0.9845


def test_r078_service_starves_when_visitors_miss_and_nobody_waits() -> None:
    assert found(card(B=0.79), series={"presale_backlog_per_agent": (0.0,)})["starving"].rule == "R078"
    assert "starving" not in found(card(B=0.81), series={"presale_backlog_per_agent": (0.0,)})
    assert "starving" not in found(card(B=0.79), series={"presale_backlog_per_agent": (1.0,)})
    assert "starving" not in found(card(B=0.79))  # the backlog is not known: nothing is claimed


BUSY = replace(CHAIN, links=tuple(replace(k, capacity=Capacity(100, "agents")) if k.id == "D" else k for k in LINKS))


def test_r079_overload_wants_a_backlog_above_capacity_and_its_mark() -> None:
    waiting: Series = {"presale_backlog_per_agent": (101.0,)}
    assert found(card(BUSY, C=0.9), series=waiting)["overload"].plain["hurt"] == "C"
    assert found(card(BUSY, E=0.9), series=waiting)["overload"].plain["hurt"] == "E"
    assert "overload" in found(card(BUSY), series={**waiting, "complaint_rate": (0.01, 0.02)})
    assert "overload" not in found(card(BUSY), series=waiting)
    assert "overload" not in found(card(BUSY, C=0.9), series={"presale_backlog_per_agent": (100.0,)})


def test_r080_market_growth_neglected() -> None:
    rising: Series = {"repeat_monetisation_rate": (0.2, 0.3)}
    assert found(card(B=0.95), series=rising)["market_neglected"].rule == "R080"
    assert "market_neglected" not in found(card(B=0.95, D=0.9), series=rising)
    assert "market_neglected" not in found(card(B=1.0), series=rising)
    assert "market_neglected" not in found(card(B=0.95), series={"repeat_monetisation_rate": (0.3, 0.3)})


@pytest.mark.parametrize(("visitors", "side"), [(2000.0, "visitors"), (4000.0, "service")])
def test_r081_critical_point_three_agents_of_a_hundred_at_ten_percent_is_3000(visitors: float, side: str) -> None:
    said = {("agents", week): Count(3.0) for week in WEEKS}
    said |= {("all", week): Count(visitors) for week in WEEKS}
    said |= {("asked", week): Count(visitors / 10) for week in WEEKS}
    point = found(card(BUSY), given=ChainInputs(BUSY, said))["critical_point"]
    assert point.plain["point"] == pytest.approx(3000)
    assert point.plain["side"] == side


def test_bottleneck_is_the_flow_against_the_capacity_of_the_link() -> None:
    said = {("agents", week): Count(3.0) for week in WEEKS} | {("asked", week): Count(360.0) for week in WEEKS}
    told = found(card(BUSY), given=ChainInputs(BUSY, said))["bottleneck"]
    assert (told.link, told.severity) == ("D", "warning")
    assert told.plain == {"inflow": 360, "capacity": 300, "load": pytest.approx(1.2)}


def platform(visits: tuple[float, ...], saturation: float) -> tuple[PlatformWeek, ...]:
    """Four weeks of one platform."""
    return tuple(
        PlatformWeek("抖音", week, 10, came, 1000, saturation) for week, came in zip(WEEKS, visits, strict=True)
    )


def test_r082_a_stable_platform_near_its_ceiling_gets_a_checklist() -> None:
    told = found(card(), platforms=platform((100, 105, 102, 98), 0.8))["platform_ceiling"]
    assert (told.plain["platform"], told.plain["done"]) == ("抖音", 0)
    decided = replace(CHAIN, platforms=(Platform("抖音", Text("hold"), Text("", "数据互换"), Text("stay")),))
    assert found(card(decided), platforms=platform((100, 105, 102, 98), 0.8))["platform_ceiling"].plain["done"] == 3


@pytest.mark.parametrize(("visits", "saturation"), [((100, 120, 102, 98), 0.9), ((100, 105, 102, 98), 0.79)])
def test_r082_neither_moving_nor_open_markets_are_near_a_ceiling(visits: tuple[float, ...], saturation: float) -> None:
    assert "platform_ceiling" not in found(card(), platforms=platform(visits, saturation))


def test_r083_the_platform_table_has_its_columns() -> None:
    from kpi_tui.render.json import render
    from kpi_tui.views.chain.data import chain_data
    from kpi_tui.views.view import View

    kept = Platform("抖音", Text("hold"), Text("swap"), Text("stay"), traffic_rules=Text("a new badge"))
    decided = replace(CHAIN, platforms=(kept,))
    rows = platform((100, 105, 102, 98), 0.8)
    told = diagnose(ChainInputs(decided, {}), card(decided), (), ChainFacts(platforms=rows))
    row = json.loads(render(View(data=chain_data(told, ANNS))))["platforms"][0]  # type: ignore[index]
    assert row == {
        "platform": "抖音",
        "week": WEEKS[0],
        "visitors": 10,
        "visits": 100,
        "market_size": 1000,
        "saturation": 0.8,
        "holding": "hold",
        "breakthrough": "swap; a new badge",
        "traffic_rules": "a new badge",
        "data_exchange": "",
        "bd_contacts": "",
        "decision": "stay",
        "notes": [],
    }


def test_r084_a_missed_payback_stands_above_everything_else() -> None:
    verdicts = (
        Verdict("GOOD", 1.3, 1.2, "2026-04-30", "reached"),
        Verdict("LATE", 0.4, 1.2, "2026-04-30", "missed"),
        Verdict("OPEN", 0.4, 1.2, "2027-04-30", "projection", 1.5),
    )
    told = diagnose(ChainInputs(CHAIN, {}), card(C=0.1), (), ChainFacts(verdicts=verdicts))
    assert told.findings[0].code == "roi_missed"
    assert told.findings[0].plain["project"] == "LATE"
    assert {"roi_reached", "roi_projection"} <= {finding.code for finding in told.findings}


def test_r061_a_growth_above_ten_percent_is_warned_about_with_what_it_means() -> None:
    june = score_month(material(agreed={**material().agreed, (MAY.id, GROWTH): 0.201}), MAY)
    told = {f.code: f for f in diagnose(material(), replace(june, next=None), (), ChainFacts()).findings}
    assert told["growth_ratchet"].plain["month"] == pytest.approx(2.08, abs=0.005)
    assert told["growth_ratchet"].plain["year"] == pytest.approx(13_685, abs=0.5)
    calm = replace(score_month(material(), MAY), next=None)
    assert "growth_ratchet" not in {f.code for f in diagnose(material(), calm, (), ChainFacts()).findings}


def test_r051_a_target_held_at_one_is_told() -> None:
    said = counts({("new", WEEKS[0]): 2000.0, ("all", WEEKS[0]): 2500.0, ("asked", WEEKS[0]): 1200.0})
    over = material(counts=said)
    told = {f.code: f for f in diagnose(over, score_month(over, MAY), (), ChainFacts()).findings}
    assert told["target_capped"].plain["target"] == pytest.approx(1.193, abs=5e-4)


def test_r092_a_ratio_below_its_band_is_marked() -> None:
    banded = replace(CHAIN, links=(replace(LINKS[1], band=(0.4, 0.5)),))
    low = replace(card(banded), links=(replace(card(banded).links[0], ratio=0.39),))
    assert found(low)["below_band"].plain == {"ratio": 0.39, "low": 0.4, "high": 0.5}
    inside = replace(low, links=(replace(low.links[0], ratio=0.40),))
    assert "below_band" not in found(inside)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_finding_is_one_sentence_with_its_person_and_keeps_its_rule_as_data(language: str) -> None:
    from kpi_tui.text.i18n import speaking
    from kpi_tui.views.chain.findings import sentence

    owned = replace(CHAIN, links=tuple(replace(link, owner="ann") for link in LINKS))
    told = diagnose(replace(material(), chain=owned), score_month(material(owned), MAY), (), ChainFacts())
    with speaking(language):
        texts = [translate(sentence(finding, told, ANNS)) for finding in told.findings]
    assert texts
    assert all("—" not in text and "{" not in text and "R0" not in text for text in texts)
    assert any("(ANN)" in text for text, finding in zip(texts, told.findings, strict=True) if finding.rule == "R077")


def test_a_return_is_told_as_a_ratio_on_both_sides_of_one() -> None:
    from kpi_tui.text.i18n import speaking
    from kpi_tui.views.chain.findings import sentence

    now = card()
    series = {"paid_amount": (90.0, 100.0, 120.0), "gross_return_on_investment": (1.20, 1.0, 0.80)}
    with speaking("en"):
        assert "fell from 1.20 in 2026-03 to 0.80 in 2026-05:" in translate(
            sentence(found(now, series=series)["absolute_only"], now, ANNS)
        )
