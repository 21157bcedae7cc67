"""Every rule of the private domain, R085–R106, on numbers worked out by hand."""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from kpi_tui.analysis import findings, layers_and_quadrants
from kpi_tui.analysis.benchmark import against
from kpi_tui.analysis.causes.product_gap import product_gap
from kpi_tui.analysis.stage_by_days import stage
from kpi_tui.book import Book
from kpi_tui.book.breakdowns import rows_of
from kpi_tui.cli import main
from kpi_tui.definitions.answers.page import ContributionLayer, PageAnswer
from kpi_tui.definitions.answers.value import Value
from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.library.metric import Benchmark
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.quantity import Quantity
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.workspace.load import load
from kpi_tui.workspace.start.presets import read_preset
from tests.workspaces import Shop, orders

MAY = Period.parse("2026-05")


def relation(guide: str, user: str, added: str | None, deleted: str | None = None, served: str | None = None) -> Any:
    day = added or "2026-05-20"
    return {
        "guide_id": guide,
        "user_id": user,
        "touchpoint": "wecom",
        "exposed_at": f"{day} 09:00:00",
        "invited_at": f"{day} 09:10:00",
        "added_at": f"{added} 10:00:00" if added else None,
        "deleted_at": f"{deleted} 10:00:00" if deleted else None,
        "served_at": f"{served} 10:00:00" if served else None,
    }


RELATIONS = [
    relation("g1", "ann", "2026-01-01", served="2026-01-02"),
    relation("g1", "bob", "2026-05-02", served="2026-05-03"),
    relation("g2", "bob", "2026-05-04"),
    relation("g2", "cat", "2026-05-04", served="2026-05-05"),
    relation("g2", "dan", "2026-05-06"),
    relation("g2", "eve", "2026-02-01", deleted="2026-05-07"),
    relation("g1", "fay", None),
]


def message(number: int, user: str, day: str, opened: bool = True) -> dict[str, Any]:
    return {
        "message_id": f"m{number}",
        "channel": "wecom",
        "user_id": user,
        "guide_id": "g1",
        "sent_at": f"{day} 08:00:00",
        "delivered_at": f"{day} 08:01:00",
        "opened_at": f"{day} 08:02:00" if opened else None,
    }


MESSAGES = [
    message(1, "ann", "2026-01-01"),
    message(2, "ann", "2026-05-08"),
    message(3, "bob", "2026-05-08"),
    message(4, "cat", "2026-05-08", opened=False),
    message(5, "ann", "2026-04-08"),
]
PRIVATE = [
    *orders(("p0", "ann", "2026-04-09 10:00:00", 90), domain="private", scene="live", guide_id="g1"),
    *orders(("p1", "ann", "2026-05-09 10:00:00", 100), domain="private", scene="live", campaign_id="c1"),
    *orders(("p2", "bob", "2026-05-09 11:00:00", 60), domain="private", scene="popup", campaign_id="c2"),
    *orders(("p3", "bob", "2026-05-10 11:00:00", 40), domain="private", scene="live"),
    *orders(("x0", "zoe", "2026-01-01 11:00:00", 20), ("x1", "zoe", "2026-05-11 11:00:00", 300)),
]
FOLLOWERS = [
    ("weibo", "w1", "2026-01-01", None),
    ("weibo", "w2", "2026-05-03", None),
    ("weibo", "w3", "2026-04-03", "2026-05-31"),
    ("wecom", "k1", "2026-05-03", "2026-05-20"),
]
COSTS = [("2026-05-02", "coupon", "c1", 40.0), ("2026-05-02", "outsourcing", None, 60_000.0)]
STAFF = [(f"g{n}", "guide", 12_000.0) for n in (1, 2, 3)]


def fill(shop: Shop) -> Shop:
    everything: dict[str, Any] = {"complete_until": "2026-07-31"}
    shop.says(as_of="2026-07-31").has("orders", PRIVATE, **everything).has("messages", MESSAGES, **everything)
    shop.has("guide_customers", RELATIONS, **everything)
    followers = [
        {"touchpoint": t, "follower_id": f, "user_id": None, "followed_at": f"{a} 10:00:00",
         "unfollowed_at": f"{z} 10:00:00" if z else None} for t, f, a, z in FOLLOWERS
    ]  # fmt: skip
    shop.has("owned_followers", followers, **everything)
    costs = [
        {"day": d, "cost_type": kind, "direct_acquisition": "false", "campaign_id": c, "domain": "private",
         "amount": amount, "step": None, "channel_id": None, "team": None} for d, kind, c, amount in COSTS
    ]  # fmt: skip
    costs.append(costs[0] | {"day": "2026-01-01", "amount": 0.0})
    shop.has("costs", costs, **everything)
    staff = [
        {"staff_id": s, "team": "t", "role": role, "employment": "employee", "hired_on": "2025-01-01",
         "left_on": None, "monthly_wage": wage} for s, role, wage in STAFF
    ]  # fmt: skip
    return shop.has("staff", staff)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("private")


@pytest.fixture(scope="module")
def book(folder: Path) -> Book:
    """Read only, so that it is shared by the tests of this file."""
    return fill(Shop(folder / "shop")).book(environ={"HOME": str(folder)})


@pytest.fixture(scope="module")
def may(book: Book) -> SimpleNamespace:
    return domain(book.pages.of("private", MAY))


def lines(found: Any, name: str) -> list[SimpleNamespace]:
    """The rows of a break-down with its columns as attributes."""
    return [
        SimpleNamespace(**{name: row.segment, "best": row.best, "balances": row.balances},
                        **{key: cell.value for key, cell in row.cells.items()}) for row in found
    ]  # fmt: skip


def domain(answer: PageAnswer) -> SimpleNamespace:
    """What the sections of the page found, by the names that the rules use."""
    found: dict[str, Any] = {one.section.id: one.found for one in answer.sections}
    heads = found["heads"].value
    funnel = [
        SimpleNamespace(step=row.segment, people=row.cells["step_converted_users"],
                        rate=row.cells["step_conversion_rate"], roi=row.cells["step_roi"])
        for row in found["funnel"].rows
    ]  # fmt: skip
    return SimpleNamespace(
        product=found["product"].drivers, gap=found["product"].gap, guides=found["guides"].values,
        assets=lines(found["assets"].rows, "touchpoint"), scenes=lines(found["scenes"].rows, "scene"),
        variants=lines(found["variants"].rows, "campaign"), layers=found["layers"].rows, funnel=funnel,
        steps=found["steps"].rows, findings=found["findings"].rows, growth=found["growth"].values,
        health=found["health"].values, missing=answer.missing, stage=found["stage"].stage, days=found["stage"].days,
        efficiency=[row.usual for row in found["efficiency"].rows],
        heads=SimpleNamespace(employees=heads.measures["employee_fte"], wage=heads.measures["mean_wage"],
                              outsourcing=heads.measures["outsourcing_cost_sum"], equivalent=heads.value),
    )  # fmt: skip


def variants(book: Book, revenue: dict[str, float], cost: dict[str, float]) -> list[SimpleNamespace]:
    """The section of variants over columns given here; nothing stands in for a missing one."""
    part: Any = next(one.part for one in book.pages.find("private").sections if one.id == "variants")
    part = replace(part, columns=tuple(replace(column, zero="") for column in part.columns))
    tables = {
        name: {key: Value(name, MAY, number, segment=key) for key, number in {None: 0.0, **column}.items()}
        for name, column in (("revenue", revenue), ("cost", cost))
    }
    return lines(rows_of(part, tables, MAY), "campaign")


@pytest.fixture(scope="module")
def library() -> Workspace:
    loaded = load(Path(__file__).resolve().parents[3] / "config")
    assert loaded.workspace is not None
    return loaded.workspace


def preset(name: str, library: Workspace) -> dict[str, float]:
    """Metric -> weight of a preset that loads without a problem."""
    found = read_preset(name, library.metrics)
    assert found.issues == ()
    (role,) = found.roles.values()
    return {line.metric: line.weight for line in role.lines}


def test_r085_product_of_the_four_factors_is_the_performance(may: SimpleNamespace) -> None:
    assert product_gap(30_000, [10_000, 0.30, 0.05, 200]) == pytest.approx(0, abs=0.005)
    # 4 customers at the end (ann, bob, cat, dan); 2 opened; 3 orders; 200 paid
    factors = [driver.after for driver in may.product.drivers]
    assert factors == [4, pytest.approx(2 / 4), pytest.approx(3 / 2), pytest.approx(200 / 3)]
    assert may.product.now.value == 200
    assert may.gap == pytest.approx(0, abs=0.005)


def test_r085_breakdown_shows_which_factor_moved(may: SimpleNamespace) -> None:
    # April: 2 customers (ann, eve), 1 reached, 1 order of 90 -> 90; May 200
    parts = {driver.factor: driver.contribution or 0 for driver in may.product.drivers}
    assert sum(parts.values()) == pytest.approx(110)
    # customers doubled, orders per reached one 1 -> 1.5, paid per order 90 -> 66.67; the rate stayed at one half
    assert max(parts, key=lambda name: abs(parts[name])) == "guide_customer_assets"
    assert parts["marketing_transmission_rate"] == 0


def test_r085_gap_is_unknown_while_a_factor_is() -> None:
    assert product_gap(100, [1, None, 1, 1]) is None
    assert product_gap(None, [1, 1, 1, 1]) is None


def test_r086_assets_count_live_relations_per_guide_and_once_in_total(may: SimpleNamespace) -> None:
    counts = {value.segment: value.value for value in may.guides}
    assert counts == {None: 4, "g1": 2, "g2": 3}  # bob has two guides; eve deleted hers, fay never came


def test_r087_user_asset_table_adds_up_per_touchpoint(may: SimpleNamespace) -> None:
    table = {row.touchpoint: (row.start, row.added, row.lost, row.end) for row in may.assets}
    assert table == {None: (2, 2, 2, 2), "weibo": (2, 1, 1, 2), "wecom": (0, 1, 1, 0)}
    assert all(row.balances for row in may.assets)


def test_r088_data_health_and_the_tables_that_are_missing(may: SimpleNamespace) -> None:
    health = {value.metric: value for value in may.health}
    assert health["identity_link_rate"].value == 0
    assert health["tracking_validity_rate"].value is None
    assert "events" in may.missing["tracking_validity_rate"]
    assert "projects" in may.missing["projects_per_head"]


def test_r089_a_step_ten_percent_below_its_own_mean_is_marked(shop: Shop) -> None:
    """Three months of 2 added of 2 invited, then 1 of 2."""
    rows = []
    for month in ("01", "02", "03", "04"):
        rows += [relation("g1", f"a{month}", f"2026-{month}-01"), relation("g1", f"b{month}", f"2026-{month}-02")]
    rows[-1] |= {"added_at": None}
    fill(shop).has("guide_customers", rows, complete_until="2026-07-31")
    book = shop.book()
    lead_in = domain(book.pages.of("private", Period.parse("2026-04"))).steps[0]
    assert lead_in.usual.band is not None
    assert (lead_in.usual.band.centre, lead_in.usual.value.value, lead_in.usual.state) == (1.0, 0.5, "below")
    early = domain(book.pages.of("private", Period.parse("2026-03"))).steps[0]
    assert "no baseline yet" in early.usual.detail


def test_r090_and_r091_every_answer_offers_the_steps_with_roi_and_their_tables(may: SimpleNamespace) -> None:
    assert [row.step for row in may.funnel] == ["wecom 1. invited", "wecom 2. added", "wecom 3. served", "wecom 4. pay"]
    # invited in May: bob (twice), cat, dan, fay; added bob, cat, dan; served bob, cat; paid bob
    assert [row.people.value for row in may.funnel] == [4, 3, 2, 1]
    assert [row.rate.value for row in may.funnel] == [1, pytest.approx(3 / 4), pytest.approx(2 / 3), pytest.approx(0.5)]
    assert all(row.roi.value is None and row.roi.reason for row in may.funnel)  # no cost by step
    assert all(row.tables for row in may.steps)


def test_r091_steps_by_day_and_by_guide(book: Book) -> None:
    by_guide = [v for v in book.pages.cut("private", MAY, "guide_id") if v.metric == "leadin_success_rate"]
    assert {value.segment: value.value for value in by_guide} == {
        None: pytest.approx(3 / 4),
        "g1": pytest.approx(1 / 2),
        "g2": 1.0,
    }
    values = book.pages.cut("private", MAY, "day")
    by_day = {value.period.id: value for value in values if value.metric == "service_success_rate"}
    assert len(by_day) == 31
    assert (by_day["2026-05-02"].value, by_day["2026-05-04"].value) == (1.0, 0.5)
    assert by_day["2026-05-03"].value is None
    with pytest.raises(UsageError, match="day, guide_id, touchpoint"):
        book.pages.cut("private", MAY, "weather")


@pytest.mark.parametrize(
    ("metric", "band"),
    [
        ("leadin_success_rate", (0.70, None)),
        ("service_success_rate", (0.40, 0.50)),
        ("wecom_monetisation_rate", (0.30, 0.40)),
    ],
)
def test_r092_benchmark_bands_of_the_three_steps(
    may: SimpleNamespace, metric: str, band: tuple[float, float | None]
) -> None:
    row = next(row for row in may.steps if row.metric == metric)
    assert row.benchmark is not None
    assert (row.benchmark.value, row.benchmark.upper) == band


def test_r092_a_value_below_the_band_is_marked(may: SimpleNamespace) -> None:
    service = Benchmark("between", 0.40, 0.50)
    assert [against(rate, service) for rate in (0.39, 0.40, 0.50, 0.51, None)] == [
        "below", "inside", "inside", "above", None,
    ]  # fmt: skip
    assert against(0.95, Benchmark(">=", 0.7)) == "inside"
    # added of invited 3/4; served of added 2/3; bought of served 1/2
    assert [(row.entered, row.converted, row.band) for row in may.steps] == [
        (4, 3, "inside"), (3, 2, "above"), (2, 1, "above"),
    ]  # fmt: skip


def test_r093_help_of_lead_in_and_service_says_how_it_is_done(library: Workspace) -> None:
    lead_in, service = (library.metrics[m].note for m in ("leadin_success_rate", "service_success_rate"))
    assert all(word in lead_in.en for word in ("pressure", "deceit", "welcome gift", "greeting"))
    assert all(word in lead_in.zh for word in ("施压", "欺骗", "见面礼", "人设"))
    assert "before anything is sold" in service.en


def test_r094_five_scenes_and_whatever_else_the_data_name(may: SimpleNamespace) -> None:
    table = {scene.scene: (scene.orders, scene.rate) for scene in may.scenes}
    assert list(table) == ["live", "vip_group", "community", "material", "article", "popup"]
    assert (table["live"], table["popup"], table["article"]) == ((2, 1.0), (1, 0.5), (0, 0.0))


@pytest.mark.parametrize(("ratio", "state"), [(1.01, "good"), (1.0, "bad"), (0.4, "bad"), (None, "unknown")])
def test_r095_the_business_stands_only_above_one(ratio: float | None, state: str) -> None:
    assert findings.beside_limit(ratio, 1, equal=False) == state


@pytest.mark.parametrize(
    ("won", "sales", "state"),
    [
        ([5, 4, 3, 0], [100, 100, 100, 100], "bad"),  # none won
        ([5, 4, 3, 2], [100, 100, 100, 95], "bad"),  # falling three times, sales hold
        ([5, 4, 3, 2], [100, 90, 80, 70], "good"),  # sales fall too: another trouble
        ([5, 4, 4, 2], [100, 100, 100, 100], "good"),  # not three in a row
        ([None, 4, 3, 2], [None, 100, 100, 100], "unknown"),
        ([5, 4, 3, None], [100, 100, 100, 100], "unknown"),
        ([0, 0, 0, 0], [0, 0, 0, 0], "unknown"),  # no private domain at all: nothing is won, nothing sold
    ],
)
def test_r096_milking_existing_customers_is_warned_about(
    won: list[float | None], sales: list[float | None], state: str
) -> None:
    assert findings.falling_while(won, sales, 3, 0.10)[0] == state


def test_r097_presets_by_purpose_weigh_the_auxiliary_metrics_less(library: Workspace) -> None:
    for name, own in (
        ("purpose_gmv", {"private_domain_sales", "gmv", "aov"}),
        ("purpose_warmth", {"satisfaction_rate", "private_interaction_rate"}),
    ):
        weights = preset(name, library)
        auxiliary = {"fan_add_rate", "interaction_rate"}
        assert set(weights) == own | auxiliary
        assert max(weights[m] for m in auxiliary) < min(weights[m] for m in own)
        assert sum(weights.values()) == pytest.approx(100)


def test_r098_presets_by_stage_and_the_stage_by_days(library: Workspace, may: SimpleNamespace) -> None:
    assert set(preset("stage_startup", library)) == {"fan_add_rate", "fan_delete_rate", "private_interaction_rate"}
    assert set(preset("stage_mid", library)) == {"private_domain_sales", "tag_coverage_rate"}
    assert set(preset("stage_stable", library)) == {"customers_per_guide", "revenue_per_head"}
    stages = [stage(days, {"startup": 30, "mid": 90, "stable": None}) for days in (0, 30, 31, 90, 91, None)]
    assert stages == ["startup", "startup", "mid", "mid", "stable", ""]
    assert (may.days, may.stage) == (150, "stable")  # first relation on 1 January


def test_r099_layers_by_contribution_add_up_to_private_sales(may: SimpleNamespace) -> None:
    ten = {f"u{n}": float(n) for n in range(1, 11)}
    top, middle, bottom = layers_and_quadrants.layers(ten, {"top": 0.2, "middle": 0.6, "bottom": None})
    assert (top.count, top.amount) == (2, 19)
    assert (middle.count, middle.amount) == (6, 3 + 4 + 5 + 6 + 7 + 8)
    assert (bottom.count, bottom.amount, bottom.mean) == (2, 3, 1.5)
    assert may.layers == (
        ContributionLayer("top", 1, 100, 0.5),
        ContributionLayer("middle", 1, 100, 0.5),
        ContributionLayer("bottom", 0, 0, 0),
    )
    assert sum(layer.amount for layer in may.layers) == may.product.now.value


def test_r100_variants_by_roi_best_marked_and_null_without_cost(book: Book, may: SimpleNamespace) -> None:
    found = variants(book, {"a": 300.0, "b": 500.0, "c": 80.0}, {"a": 100.0, "b": 250.0, "d": 10.0})
    assert [(v.campaign, v.roi, v.best) for v in found] == [
        ("a", 3.0, True), ("b", 2.0, False), ("c", None, False), ("d", None, False),
    ]  # fmt: skip
    assert [(v.campaign, v.revenue, v.cost, v.roi, v.best) for v in may.variants] == [
        ("c1", 100, 40, 2.5, True), ("c2", 60, None, None, False),
    ]  # fmt: skip


def test_r101_seven_cautions_in_both_languages(book: Book) -> None:
    cautions = book.pages.find("private").reminders()
    words = ("every trade", "chief executive", "layers", "purpose", "selling", "30 %", "organisation")
    assert [word in text.en for word, text in zip(words, cautions, strict=True)] == [True] * 7
    assert all(text.zh for text in cautions)


def test_r101_cautions_are_shown_when_a_private_preset_is_loaded(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["init", str(tmp_path / "own"), "--preset", "stage_startup", "--name", "Own"])
    captured = capsys.readouterr()
    assert not ended.value.code, captured.err
    assert "Tools solve only 30 % of it." in captured.out + captured.err


def test_r102_preset_of_marketing_efficiency(library: Workspace) -> None:
    weights = preset("team_marketing", library)
    assert {metric for metric, weight in weights.items() if weight} == {"step_conversion_rate", "step_roi"}


@pytest.mark.parametrize(
    ("ratio", "days", "state"),
    [(0.3, 181, "observing"), (0.3, 182, "bad"), (0.5, 182, "good"), (None, 400, "unknown"), (0.3, None, "unknown")],
)
def test_r103_private_against_public_efficiency_over_182_days(
    ratio: float | None, days: int | None, state: str
) -> None:
    early = findings.observed_enough(days, 182)
    assert (early[0] if early else findings.beside_limit(ratio, 0.5, equal=True)) == state


def test_r103_the_window_of_the_rows_is_not_full_in_may(shop: Shop) -> None:
    fill(shop)
    channel = {
        "day": "2026-01-01", "channel_id": "c", "pricing_model": "cpc", "impressions": 10, "reach": 10, "clicks": 1,
        "landing_visitors": 1, "actions": 0, "downloads": 0, "registrations": 0, "orders": 0, "order_amount": 0,
        "spend": 1,
    }  # fmt: skip
    book = shop.has("channel_daily", [channel], complete_until="2026-07-31").book()
    may, july = (domain(book.pages.of("private", Period.parse(p))).findings[2] for p in ("2026-05", "2026-07"))
    assert (may.state, may.numbers["days"]) == ("observing", Quantity(151, "days"))
    # July: buyers of 182 days before August: private ann, bob of 3 delivered = 2/3; public zoe of 0 reached in window
    assert (july.state, july.numbers["days"]) == ("unknown", Quantity(212, "days"))


def test_r104_preset_of_growth_shows_the_share_of_the_firm(library: Workspace, may: SimpleNamespace) -> None:
    weights = preset("team_growth", library)
    assert [metric for metric, weight in weights.items() if weight] == ["private_new_customers", "paid_amount", "aov"]
    assert {metric for metric, weight in weights.items() if not weight} == {
        "step_converted_users", "items_per_customer", "private_sales_share",
    }  # fmt: skip
    growth = {value.metric: value.value for value in may.growth}
    assert (growth["paid_amount"], growth["private_sales_share"]) == (500, pytest.approx(200 / 500))
    assert growth["private_new_customers"] == 1  # bob


def test_r105_team_efficiency_is_compared_with_its_own_mean(library: Workspace, may: SimpleNamespace) -> None:
    assert set(preset("team_efficiency", library)) == {"projects_per_head", "subprojects_per_head", "revenue_per_head"}
    revenue = next(row for row in may.efficiency if row.value.metric == "revenue_per_head")
    assert revenue.value.value == pytest.approx(200 / 8)
    # own history: January 0 / 3, February 0 / 3, March 0 / 3, April 90 / 3
    assert revenue.band is not None
    assert (revenue.band.centre, revenue.state) == (pytest.approx(30 / 4), "above")


def test_r106_outsourcing_cost_becomes_heads_at_the_mean_wage(may: SimpleNamespace) -> None:
    heads = may.heads
    assert (heads.employees, heads.outsourcing, heads.wage, heads.equivalent) == (3, 60_000, 12_000, 8)


def test_a_workspace_without_the_library_is_told_what_to_write(shop: Shop) -> None:
    book = shop.says(extends="").book()
    with pytest.raises(UsageError, match='extends = "standard"'):
        book.pages.of("private", MAY)


def test_command_shows_every_part(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    def ask(*words: str) -> str:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main(["-w", str(book.workspace.root), "private", "--period", "2026-05", *words])
        captured = capsys.readouterr()
        assert not ended.value.code, captured.err
        return captured.out

    answer = json.loads(ask())
    assert answer["heads"]["equivalent"] == 8
    assert [row["touchpoint"] for row in answer["assets"]] == [None, "weibo", "wecom"]
    assert answer["product"]["gap"] == pytest.approx(0, abs=0.005)
    text = ask("--format", "table")
    for part in ("3 own + 60,000 outsourcing ÷ 12,000 mean wage = 8", "Tools solve only 30 %", "User assets"):
        assert part in text
    rows = json.loads(ask("--by", "guide_id"))
    assert {row["segment"] for row in rows} == {None, "g1", "g2"}


def test_shipped_presets_are_whole_toml_with_principles(project: Path) -> None:
    names = "purpose_gmv purpose_warmth stage_startup stage_mid stage_stable team_marketing team_growth team_efficiency"
    for name in names.split():
        (file,) = (project / "config" / "presets" / name).glob("*.toml")
        role = tomllib.loads(file.read_text(encoding="utf-8"))["roles"]["private_domain"]
        assert set(role["principles"]) == {"life_cycle", "post", "read", "understood", "easy"}
        assert sum(line["weight"] for line in role["lines"]) == pytest.approx(100, abs=1e-6)
