"""RFM of UCI Online Retail as its notebooks do it: ties of frequency by customer, ten named cells, halves by mean.

Answers A count every line, answers B exact duplicates once. The default (equal values, equal scores: R138) stands
in test_online_retail.py.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from typing import Any

import pytest

from kpi_tui.definitions.period import Period
from tests.peers.shops import DATA, ROOT, Shop, exactly, open_shop

PERIOD = "2010-12-01/2011-12-10"  # recency counts from 2011-12-11, the day after
OURS = {
    "champions": "champion",
    "loyal_customers": "loyal",
    "potential_loyalists": "potential loyalist",
    "new_customers": "new",
    "at_risk": "at risk",
    "cant_lose": "cannot lose",
    "about_to_sleep": "about to sleep",
    "need_attention": "need attention",
}
AXES = {"R": "days_since", "F": "orders", "M": "amount"}


def own_metrics() -> str:
    """Mean and median of every axis, and the number of buyers: what a workspace adds in TOML."""
    lines = ['[measures.rfm_users]\ntable = "d_user_rfm"\nagg = "count"\ncolumn = "user_id"\n', _metric("rfm_users")]
    for axis, column in AXES.items():
        for agg in ("mean", "median"):
            name = f"rfm_{axis.lower()}_{agg}"
            lines += [f'[measures.{name}]\ntable = "d_user_rfm"\nagg = "{agg}"\ncolumn = "{column}"\n', _metric(name)]
    return "\n".join(lines)


def _metric(name: str) -> str:
    return (
        f'[metrics.{name}_value]\nname = "{name}"\ncategory = "revenue"\nkind = "absolute"\nformula = "{name}"\n'
        'unit = "count"\ngrain = "day"\n'
    )


@pytest.fixture(scope="module", params=["A", "B"])
def shop(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Shop, Mapping[str, Any]]:
    """The example workspace with the notebooks' settings; for B every table takes exact duplicates once."""
    if not (DATA / "online_retail" / "answers.json").exists():
        pytest.skip(f"the public data set online_retail is not at {DATA}")
    root = tmp_path_factory.mktemp(f"rfm{request.param}") / "workspace"
    shutil.copytree(ROOT / "examples" / "online_retail", root)
    head = (root / "workspace.toml").read_text(encoding="utf-8").replace("as_of = 2011-12-09", "as_of = 2011-12-10")
    settings = '\n[settings]\nrfm_ties = "first"\nrfm_middle = "mean"\n'
    (root / "workspace.toml").write_text(head + settings, encoding="utf-8")
    (root / "metrics").mkdir()
    (root / "metrics" / "own.toml").write_text(own_metrics(), encoding="utf-8")
    if request.param == "B":
        tables = (root / "tables.toml").read_text(encoding="utf-8")
        once = tables.replace('path = "online_retail.parquet"', 'path = "online_retail.parquet"\ndistinct = true')
        (root / "tables.toml").write_text(once, encoding="utf-8")
    answers = json.loads((DATA / "online_retail" / "answers.json").read_text(encoding="utf-8"))
    book = open_shop("online_retail", root.parent, root=root)
    return book, answers[f"RFM_{request.param}"]


def people(shop: Shop, by: str) -> dict[str, float | None]:
    return shop.by("rfm_users_value", PERIOD, by)


@pytest.mark.parametrize("axis", AXES)
def test_the_buyers_of_every_score_are_the_published_ones(shop: tuple[Shop, Mapping[str, Any]], axis: str) -> None:
    book, published = shop
    ours = {str(int(float(score))): count for score, count in people(book, axis.lower()).items()}
    assert ours == published[f"{axis}_score_counts"]


def test_the_ten_segments_are_the_published_ones(shop: tuple[Shop, Mapping[str, Any]]) -> None:
    book, published = shop
    wanted = {OURS.get(name, name): count for name, count in published["segments"].items()}
    assert len(wanted) == 10
    assert people(book, "rfm_grid") == wanted


def test_the_page_of_value_shows_the_published_groups(shop: tuple[Shop, Mapping[str, Any]]) -> None:
    book, published = shop
    answer = book.book.pages.of("value", Period.parse(PERIOD))
    grid = {row.segment: row.cells["users"].value for row in answer.section("grid").found.rows}
    wanted = {OURS.get(name, name): count for name, count in published["segments"].items()}
    assert grid == {**wanted, None: sum(wanted.values())}
    eight = [row.cells["users"].value for row in answer.section("segments").found.rows if row.segment]
    key = next(key for key in published if key.startswith("8seg"))
    assert sorted(eight) == sorted(published[key].values())


def test_the_eight_groups_by_the_mean_are_the_published_ones(shop: tuple[Shop, Mapping[str, Any]]) -> None:
    book, published = shop
    key = next(key for key in published if key.startswith("8seg"))
    signs = {"1": "+", "0": "-"}
    wanted = {
        " ".join(axis + signs[bit] for axis, bit in zip("RFM", bits, strict=True)): n
        for bits, n in published[key].items()
    }
    assert len(wanted) == 8
    assert people(book, "rfm_segment") == wanted


@pytest.mark.parametrize("axis", AXES)
@pytest.mark.parametrize("agg", ["mean", "median"])
def test_means_and_medians_of_recency_frequency_and_money_are_the_published_ones(
    shop: tuple[Shop, Mapping[str, Any]], axis: str, agg: str
) -> None:
    """Money is kept to the cent per buyer, so its mean is that to the cent."""
    book, published = shop
    value = book.value(f"rfm_{axis.lower()}_{agg}_value", PERIOD)
    assert value == exactly(published[f"{axis}_{agg}"], 3 if axis == "M" else 6)


@pytest.mark.parametrize("customer", ["12346", "12347"])
def test_two_customers_have_the_published_axes(shop: tuple[Shop, Mapping[str, Any]], customer: str) -> None:
    book, published = shop
    found = book.book.numbers.values(
        [f"rfm_{axis.lower()}_mean_value" for axis in AXES], Period.parse(PERIOD), where=f"user_id = '{customer}'"
    )
    assert {axis: value.value for axis, value in zip(AXES, found, strict=True)} == published[f"customer_{customer}"]
