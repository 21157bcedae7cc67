"""chains/*.toml: what is shipped, and every problem with its place (R041, R042, R056, R057, R064, R107, R108)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kpi_tui.definitions.issue import Issue
from kpi_tui.definitions.library.chain import Chain, TargetRule
from kpi_tui.definitions.library.chain_periods import reference_of, span_of
from kpi_tui.definitions.period import Period
from kpi_tui.workspace.load import load

HEAD = 'name = "Shop"\nextends = "standard"\n'
SMALL = {  # a library of its own: reading the standard one for every problem would take a minute
    "workspace.toml": 'name = "Shop"\nnorth_star = "inquiry_rate"\n',
    "schema.toml": '[schema.t]\nname = "T"\ntime = "at"\n[schema.t.columns]\nat = { type = "datetime" }\n',
    "categories.toml": '[categories.c]\nname = "C"\n',
    "metrics/c.toml": "".join(
        f'[measures.{name}]\ntable = "t"\nagg = "count"\n'
        for name in ("new_visitor_count", "repeat_deal_count", "deal_count")
    )
    + '[metrics.inquiry_rate]\nname = "R"\ncategory = "c"\nkind = "ratio"\nformula = "deal_count / new_visitor_count"\n'
    + 'unit = "percent"\n',
}
LINK = '[[chains.own.links]]\nid = "B"\nname = "Visitors"\nrule = "growth"\nabsolute = "new_visitor_count"\n'


@pytest.fixture(scope="module")
def shipped() -> dict[str, Chain]:
    """The chains of the standard library."""
    loaded = load(Path(__file__).parents[3] / "config")
    assert loaded.workspace is not None
    assert not [issue for issue in loaded.issues if "chains/" in issue.file]
    return dict(loaded.workspace.chains)


def problems(tmp_path: Path, text: str) -> list[Issue]:
    """Issues of a workspace with this chain file."""
    for name, said in {**SMALL, "chains/own.toml": text}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(said, encoding="utf-8")
    loaded = load(tmp_path)
    assert loaded.workspace is not None
    found = [issue for issue in loaded.issues if issue.file == "chains/own.toml"]
    assert ("own" in loaded.workspace.chains) is not bool(found)
    return found


def test_the_site_chain_has_the_links_and_points_of_spec_3_1(shipped: dict[str, Chain]) -> None:
    links = shipped["site"].links
    assert [(link.id, link.points) for link in links] == [
        ("A", 0), ("B", 2), ("C", 2), ("D", 2), ("E", 2), ("F", 2), ("G", 1), ("H", 1.5),
    ]  # fmt: skip
    rules = {link.id: link.rule for link in links}
    assert rules["B"] is TargetRule.GROWTH
    assert rules["G"] is TargetRule.HISTORY
    assert rules["H"] is TargetRule.PRECEDING
    assert all(link.owner and link.absolute and link.ratio for link in links)


@pytest.mark.parametrize(
    ("chain", "metrics"),
    [
        ("acquisition", ["channel_reach", "ad_clicks", "app_downloads", "new_users"]),  # R107
        ("business", ["channel_reach", "app_downloads", "active_users", "active_trading_users"]),  # R108
    ],
)
def test_r107_r108_funnels(shipped: dict[str, Chain], chain: str, metrics: list[str]) -> None:
    assert [link.ratio for link in shipped[chain].links] == metrics
    assert shipped[chain].flow() == shipped[chain].links


def test_r092_wecom_steps_have_their_bands(shipped: dict[str, Chain]) -> None:
    assert [link.band for link in shipped["wecom"].links] == [(0.70, 0.70), (0.40, 0.50), (0.30, 0.40)]


def test_r085_private_domain_is_a_product_of_four_factors(shipped: dict[str, Chain]) -> None:
    assert [link.id for link in shipped["private_domain"].flow()] == ["assets", "transmission", "scene", "value"]


@pytest.mark.parametrize(
    ("line", "key", "code", "told"),
    [
        ('absolut = "uv"', "absolut", "unknown-key", "did you mean 'absolute'"),
        ('ratio = "inquiry_rat"', "ratio", "unknown-name", "did you mean 'inquiry_rate'"),
        ('numerator = "no_such_thing_at_all"', "numerator", "unknown-name", "no_such_thing_at_all"),
        ("points = -1", "points", "type", "negative"),
        ('after = "A"', "after", "unknown-name", "unknown link 'A'"),
        ('period = "month"', "period", "period", "week by week"),
        ("band = [[0.5, 0.4]]", "band", "type", "lower value first"),
        ("capacity = { each = 0 }", "capacity.each", "type", "above 0"),
        ('capacity = { each = 9, agents = "agnts" }', "capacity.agents", "unknown-name", "agnts"),
        ("owner = 5", "owner", "type", "a text in quotes"),
    ],
)
def test_problems_of_a_link_have_a_place(tmp_path: Path, line: str, key: str, code: str, told: str) -> None:
    (issue,) = problems(tmp_path, f'[chains.own]\nname = "Own"\n{LINK}{line}\n')
    assert issue.key.endswith(key)
    assert issue.code == code
    assert told in f"{issue.message}; {issue.hint}"
    assert issue.line >= 3


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("growth = -0.1", "out of range"),
        ("interval = 0", "1 to 12"),
        ("interval = 1.5", "1 to 12"),
        ("cap = 0", "above 0"),
        ('score_basis = "mean"', "score_basis"),
        ('result = "Z"', "unknown link 'Z'"),
    ],
)
def test_problems_of_a_chain(tmp_path: Path, line: str, told: str) -> None:
    (issue,) = problems(tmp_path, f'[chains.own]\nname = "Own"\n{line}\n{LINK}')
    assert told in issue.message
    assert issue.line == 3


def scaled(rule: str, period: str) -> str:
    """A chain with a link over a longer period."""
    return (
        f'[chains.own]\nname = "Own"\n[[chains.own.links]]\nid = "G"\nname = "G"\nrule = "{rule}"\n'
        f'numerator = "repeat_deal_count"\ndenominator = "deal_count"\nperiod = "{period}"\n'
    )


@pytest.mark.parametrize("period", ["29d", "week", "7d", "fortnight"])
def test_r056_history_refuses_a_period_shorter_than_thirty_days_with_a_hint(tmp_path: Path, period: str) -> None:
    (issue,) = problems(tmp_path, scaled("history", period))
    assert (issue.code, issue.line) == ("R056", 9)
    assert "short periods fluctuate" in issue.hint


@pytest.mark.parametrize("period", ["30d", "60d", "90d", "quarter", "half-year", "year", "month"])
def test_r056_longer_periods_are_taken(tmp_path: Path, period: str) -> None:
    assert problems(tmp_path, scaled("history", period)) == []


@pytest.mark.parametrize(
    ("period", "fine"), [("14d", True), ("30d", True), ("half-month", True), ("month", True), ("7d", False)]
)
def test_r057_the_preceding_period_has_14_or_30_days(tmp_path: Path, period: str, fine: bool) -> None:
    assert (problems(tmp_path, scaled("preceding", period)) == []) is fine


def test_r057_a_second_half_of_a_month_is_compared_with_the_first(shipped: dict[str, Chain]) -> None:
    (link,) = [replace(link, period="half-month") for link in shipped["site"].links if link.id == "H"]
    span = span_of(link, Period.parse("2026-02"))
    assert (span.id, reference_of(link, span).id) == ("2026-02-16/2026-02-28", "2026-02-01/2026-02-15")


def test_a_link_that_stands_twice_and_a_chain_without_links(tmp_path: Path) -> None:
    (issue,) = problems(tmp_path, f'[chains.own]\nname = "Own"\n{LINK}{LINK}')
    assert issue.code == "twice"


def test_a_broken_chain_of_ones_own_does_not_bring_the_shipped_one_back(tmp_path: Path) -> None:
    (tmp_path / "workspace.toml").write_text(HEAD, encoding="utf-8")
    (tmp_path / "chains").mkdir()
    (tmp_path / "chains" / "site.toml").write_text('[chains.site]\nname = "Mine"\n', encoding="utf-8")
    loaded = load(tmp_path)
    assert loaded.workspace is not None
    assert "site" not in loaded.workspace.chains
    assert "acquisition" in loaded.workspace.chains
