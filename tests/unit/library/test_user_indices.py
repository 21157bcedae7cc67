"""RFM, PCA, churn probability and quadrants (R137–R139), through the Book on rows written down here."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from kpi_tui.definitions.answers.value import Reason
from kpi_tui.definitions.library.procedure import LOGISTIC, PCA_INDEX, Call
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine import procedures
from tests.unit.library.bench import Bench, order, user
from tests.workspaces import Shop, orders, users, views

MARCH = Period.parse("2026-03")


def test_rfm_scores_are_the_quintiles_of_the_catalogue(bench: Bench) -> None:
    """Ten buyers, one after the other: the k-th bought on day k, k times, 10 k each time."""
    rows = [
        order(f"o{who}-{n}", f"u{who:02d}", f"2026-03-{who:02d} 1{n % 10}:00", amount=10.0 * who)
        for who in range(1, 11)
        for n in range(who)
    ]
    found = {row["user_id"]: row for row in bench.rows("d_user_rfm", "2026-03", orders=rows)}
    for axis in "rfm":
        assert [found[f"u{who:02d}"][axis] for who in range(1, 11)] == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5], axis
    assert found["u10"]["value_rfm"] == 1.0
    assert found["u01"]["rfm_segment"] == "R- F- M-"
    assert found["u07"]["rfm_segment"] == "R+ F+ M+"


def test_equal_values_score_equal_and_better_on_every_axis_is_never_worse_r138(bench: Bench) -> None:
    chance = np.random.default_rng(7)
    rows = []
    for who in range(40):
        day = date(2026, 1, 1) + timedelta(days=int(chance.integers(0, 20)))
        amount, count = float(chance.integers(1, 5)) * 10, int(chance.integers(1, 4))
        rows += [order(f"o{who}-{n}", f"u{who}", f"{day} 10:00", amount=amount) for n in range(count)]
    found = bench.rows("d_user_rfm", "2026-01", orders=rows)
    assert len(found) == 40
    for one in found:
        for other in found:
            axes = [("r", -one["days_since"], -other["days_since"]), ("f", one["orders"], other["orders"])]
            axes.append(("m", one["amount"], other["amount"]))
            if all(mine >= theirs for _, mine, theirs in axes):
                assert one["value_rfm"] >= other["value_rfm"]
            assert all(one[axis] == other[axis] for axis, mine, theirs in axes if mine == theirs)
    assert all(0 < row["value_rfm"] <= 1 for row in found)


def test_buyers_with_as_many_orders_score_apart_in_the_order_of_their_ids_when_a_setting_says_so(
    library: Workspace, bench: Bench
) -> None:
    """rfm_ties = first, as rank(method="first") of pandas; halves by the median, the ten cells by name."""
    settings = {**library.settings, "rfm_ties": "first", "rfm_middle": "median"}
    first = Bench(replace(library, settings=settings), bench.engine)
    rows = [order(f"o{who}", f"u{who}", f"2026-03-{who + 9} 10:00", amount=10.0 * who) for who in range(1, 6)]
    found = {row["user_id"]: row for row in first.rows("d_user_rfm", "2026-03", orders=rows)}
    assert [found[f"u{who}"]["f"] for who in range(1, 6)] == [1, 2, 3, 4, 5]
    cells = ["hibernating", "hibernating", "need attention", "loyal", "champion"]
    assert [found[f"u{who}"]["rfm_grid"] for who in range(1, 6)] == cells
    halves = ["R- F+ M-", "R- F+ M-", "R+ F+ M+", "R+ F+ M+", "R+ F+ M+"]
    assert [found[f"u{who}"]["rfm_segment"] for who in range(1, 6)] == halves, "at the median counts as above"
    alike = {row["user_id"]: row["f"] for row in bench.rows("d_user_rfm", "2026-03", orders=rows)}
    assert set(alike.values()) == {1}


def test_rfm_looks_at_history_up_to_the_period_end_only_r138(bench: Bench) -> None:
    rows = [order("o1", "a", "2026-01-05"), order("o2", "a", "2026-04-05"), order("o3", "b", "2026-03-31 23:59")]
    found = {row["user_id"]: row["orders"] for row in bench.rows("d_user_rfm", "2026-03", orders=rows)}
    assert found == {"a": 1, "b": 1}


FIGURES = np.array([[1.0, 2, 9], [2, 1, 7], [3, 5, 8], [4, 4, 3], [5, 9, 1], [7, 8, 2], [6, 3, 5]])


def pca(rows: np.ndarray, columns: int = 3) -> list[float | None]:
    """The index of the procedure, in the order of the rows."""
    names = [f"c{n}" for n in range(columns)]
    frame = pl.DataFrame(rows[:, :columns], schema=names, orient="row").with_row_index("id")
    call = Call(PCA_INDEX, {"columns": tuple(names), "into": "index"})
    return procedures.run(call, frame).sort("id").get_column("index").to_list()


def by_hand(rows: np.ndarray) -> np.ndarray:
    """The catalogue's words with an eigenvalue decomposition of the correlation matrix."""
    standard = (rows - rows.mean(axis=0)) / rows.std(axis=0)
    values, vectors = np.linalg.eigh(standard.T @ standard / len(rows))
    ratios, vectors = values[::-1] / values.sum(), vectors[:, ::-1]
    count = min(3, next(k for k in range(1, len(ratios) + 1) if ratios[:k].sum() >= 0.8))
    vectors = vectors * np.where(vectors.sum(axis=0) < 0, -1, 1)
    scores = (standard @ vectors[:, :count]) @ ratios[:count] / ratios[:count].sum()
    return (scores - scores.min()) / (scores.max() - scores.min())


def test_the_pca_index_is_that_of_an_eigenvalue_decomposition_by_hand() -> None:
    assert pca(FIGURES) == pytest.approx(by_hand(FIGURES).tolist(), abs=1e-12)


def test_a_column_times_10_changes_no_index_r138() -> None:
    for column in range(3):
        scaled = FIGURES.copy()
        scaled[:, column] *= 10
        assert pca(scaled) == pytest.approx(pca(FIGURES), abs=1e-12)


def test_a_constant_column_is_left_out() -> None:
    constant = FIGURES.copy()
    constant[:, 2] = 0.1 + 0.2
    assert pca(constant) == pytest.approx(pca(FIGURES, columns=2), abs=1e-12)


def test_more_of_everything_is_a_higher_index_from_0_to_1() -> None:
    found = pca(np.array([[n, 2.0 * n, n * n] for n in range(1, 9)]))
    assert found == sorted(found)
    assert (found[0], found[-1]) == (0.0, 1.0)


@pytest.mark.parametrize("rows", [FIGURES[:2], np.ones((5, 3)), np.empty((0, 3))])
def test_too_few_users_or_nothing_that_varies_gives_no_index(rows: np.ndarray) -> None:
    assert pca(rows) == [None] * len(rows)


def test_the_order_of_the_rows_changes_no_index() -> None:
    assert pca(FIGURES[::-1]) == pca(FIGURES)[::-1]


def churn_rows(label: list[int], figure: list[float], asked: list[float]) -> pl.DataFrame:
    known = [(f"k{n}", True, bool(y), x, 0.5) for n, (y, x) in enumerate(zip(label, figure, strict=True))]
    rows = known + [(f"a{n}", False, False, x, 0.25) for n, x in enumerate(asked)]
    return pl.DataFrame(rows, schema=["id", "known", "churned", "x", "churn"], orient="row")


def probabilities(frame: pl.DataFrame, least: float = 2) -> list[float]:
    options = {"columns": ("x",), "label": "churned", "train": "known", "fallback": "churn", "least": least}
    return procedures.run(Call(LOGISTIC, {**options, "into": "p"}), frame).sort("id").get_column("p").to_list()


def test_the_regression_solves_its_score_equations() -> None:
    """At the ridge optimum sum(y − p) = 0 and sum((y − p) z) = slope, z standardised: nothing of scikit-learn."""
    figure, label = [1.0, 2, 3, 4, 5, 6, 7, 8], [0, 0, 1, 0, 1, 0, 1, 1]
    found = np.array(probabilities(churn_rows(label, figure, figure)))
    z = (np.array(figure) - np.mean(figure)) / np.std(figure)
    odds = np.log(found / (1 - found))
    slope = (odds[-1] - odds[0]) / (z[-1] - z[0])
    assert odds == pytest.approx(odds[0] + slope * (z - z[0]), abs=1e-7)
    assert (np.array(label) - found).sum() == pytest.approx(0, abs=1e-7)
    assert ((np.array(label) - found) * z).sum() == pytest.approx(slope, abs=1e-7)
    assert ((found > 0) & (found < 1)).all()


def test_too_few_churned_users_fall_back_to_the_churn_index() -> None:
    assert probabilities(churn_rows([1, 0, 0, 0], [1.0, 2, 3, 4], [1.0, 9]), least=2) == [0.25, 0.25]


def filled(shop: Shop, **settings: object) -> Shop:
    """Sixty people of the new year; those with an even number stay away from February on."""
    people = [f"u{n:02d}" for n in range(60)]
    seen, bought = [], []
    for n, who in enumerate(people):
        for week in range(12):
            moment = date(2026, 1, 2) + timedelta(days=7 * week + n % 5)
            if (n % 2 and (week + n) % 3) or week < 2 + n % 4:
                seen.append((who, f"{moment} 10:00:00", "/"))
            if week < 1 + n % 4 and n % 3:
                bought.append((f"o{n}-{week}", who, f"{moment} 11:00:00", 10.0 + n))
    shop.has("users", users(*((who, "2026-01-01 09:00:00") for who in people)), complete_until="2026-03-31")
    shop.has("events", views(*seen), complete_until="2026-03-31")
    shop.has("orders", orders(*bought), complete_until="2026-03-31")
    defaults = {"churn_days": 40, "sleeping_days": 20, "silent_days": 10, "churn_learning_users": 5}
    return shop.says(as_of="2026-03-31", settings={**defaults, **settings})


@pytest.mark.parametrize("mode", ["complement", "activity", "regression"])
def test_every_mode_of_the_churn_index_lies_between_0_and_1_r137(shop: Shop, mode: str) -> None:
    book = filled(shop, churn_index_mode=mode).book()
    values = book.numbers.values(["churn_index"], MARCH, by="user_id")
    assert len(values) > 20
    assert all(value.value is not None and 0 <= value.value <= 1 for value in values), mode
    assert book.numbers.settings_of("churn_index")["churn_index_mode"] == mode


def test_the_complement_is_1_minus_the_loyalty_index_r137(shop: Shop) -> None:
    churn, loyalty = filled(shop).book().numbers.values(["churn_index", "loyalty_index"], MARCH)
    assert churn.value == pytest.approx(1 - (loyalty.value or 0))


def test_regression_and_churn_probability_are_one(shop: Shop) -> None:
    index, chance = (
        filled(shop, churn_index_mode="regression").book().numbers.values(["churn_index", "churn_probability"], MARCH)
    )
    assert index.value == pytest.approx(chance.value)


def test_people_who_came_lately_churn_less_likely(shop: Shop) -> None:
    by_user = filled(shop).book().numbers.values(["churn_probability"], Period.parse("2026-02"), by="user_id")
    chances = {value.segment: value.value for value in by_user if value.segment and value.value is not None}
    stayed = [p for who, p in chances.items() if int(who[1:]) % 2]
    left = [p for who, p in chances.items() if not int(who[1:]) % 2]
    assert (len(stayed), len(left)) == (30, 15)  # the other 15 have churned already
    assert max(stayed) < min(left)


def test_without_the_library_the_number_waits_for_pip_and_says_so(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sklearn", None)
    found = filled(shop).book().numbers.values(["churn_probability", "churn_index", "value_index_rfm"], MARCH)
    assert (found[0].value, found[0].reason) == (None, Reason.NOT_APPLICABLE)
    assert "pip install kpi-tui[stats]" in found[0].detail
    assert found[1].value is not None and found[2].value is not None


def test_everyone_is_in_one_quadrant_with_its_action_r139(shop: Shop) -> None:
    """Value by RFM × churn by purchases: the medians cut, and the counts add up to everyone."""
    total, *parts = filled(shop).book().numbers.values(["churn_index"], MARCH, by="quadrant")
    counts = {part.segment: part.measures["churn_user_count"] for part in parts}
    assert sum(count or 0 for count in counts.values()) == total.measures["churn_user_count"]
    assert set(counts) <= {
        "high value, high churn: win back",
        "low value, high churn: economical",
        "high value, low churn: care and keep",
        "low value, low churn: develop",
    }
    assert len(counts) > 1


def test_quadrants_by_hand(bench: Bench) -> None:
    """Loyal big buyers low in churn; who bought once, long ago, high in it."""
    rows = [order(f"a{m}", "often", f"2026-0{m}-20", amount=500) for m in range(1, 7)]
    rows += [order(f"b{m}", "small", f"2026-0{m}-10", amount=1) for m in range(1, 7)]
    rows += [order("c1", "lost", "2026-01-05", amount=5), order("d1", "rich", "2026-06-25", amount=9000)]
    found = {row["user_id"]: row["quadrant"] for row in bench.rows("d_user_quadrant", "2026-06", orders=rows)}
    assert found == {
        "often": "high value, low churn: care and keep",
        "small": "low value, low churn: develop",
        "lost": "low value, high churn: economical",
        "rich": "high value, high churn: win back",
    }


def test_payback_is_a_projection_until_it_is_due_then_reached_or_missed_r084(bench: Bench) -> None:
    def project(name: str, due: str, profit: float) -> tuple[dict[str, object], dict[str, object]]:
        put_in = {"project_id": name, "invested_on": date(2026, 1, 1), "amount": 100.0, "target_roi": 1.2}
        book = {"project_id": name, "day": date(2026, 1, 31), "net_profit": profit}
        return {**put_in, "payback_due": date.fromisoformat(due)}, book

    pairs = [
        project("good", "2026-02-15", 120.0),
        project("bad", "2026-02-28", 119.0),
        project("later", "2026-03-01", 500.0),
    ]
    late = {"project_id": "bad", "day": date(2026, 3, 31), "net_profit": 900.0}  # after its day: too late
    tables = {"investments": [a for a, _ in pairs], "finance_periodic": [*(b for _, b in pairs), late]}
    found = {row["project_id"]: row for row in bench.rows("d_payback", "2026-02", **tables)}
    assert {name: row["verdict"] for name, row in found.items()} == {
        "good": "reached",
        "bad": "missed",
        "later": "projection",
    }
    after = {row["project_id"]: row for row in bench.rows("d_payback", "2026-04", **tables)}
    assert (after["bad"]["profit"], after["bad"]["verdict"]) == (119.0, "missed")


def test_registered_users_have_a_value_by_what_they_contributed(bench: Bench) -> None:
    people = [user(f"u{n}", "2026-01-01") for n in range(8)]
    bought = [order(f"o{n}-{k}", f"u{n}", f"2026-02-0{k + 1}", amount=10.0 * n) for n in range(8) for k in range(n)]
    found = {
        row["user_id"]: row["value_pca"]
        for row in bench.rows("d_user_value_pca", "2026-02", users=people, orders=bought)
    }
    assert [found[f"u{n}"] for n in range(8)] == sorted(found.values())
    assert (found["u0"], found["u7"]) == (0.0, 1.0)
