"""Every headless command on a tiny real workspace."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Run


def test_values_gives_one_object_per_metric_and_period_as_documented(shop: Path, run: Run) -> None:
    ran = run("-w", shop, "values", "aov", "--period", "2026-10")
    assert ran.code == 0
    (value,) = ran.json
    assert list(value)[:8] == ["metric", "period", "segment", "value", "reason", "partial", "unit", "measures"]
    assert (value["metric"], value["period"], value["segment"]) == ("aov", "2026-10", None)
    assert value["value"] == pytest.approx(300 / 3)
    assert (value["reason"], value["partial"], value["unit"]) == (None, False, "currency")
    assert value["measures"] == {"amount_sum": 300.0, "order_count": 3}


def test_values_of_the_last_periods_come_oldest_first(shop: Path, run: Run) -> None:
    values = run("values", "orders", "--period", "2026-10", "--last", "2", "-w", shop).json
    assert [(value["period"], value["value"]) for value in values] == [("2026-09", 1), ("2026-10", 3)]


def test_values_by_column_starts_with_the_total_recomputed_from_rows(shop: Path, run: Run) -> None:
    values = run("-w", shop, "values", "aov", "--period", "2026-10", "--by", "city").json
    assert (values[0]["segment"], values[0]["value"]) == (None, pytest.approx(100))
    assert {value["segment"]: value["value"] for value in values[1:]}["=1+1"] == pytest.approx(150)


def test_values_where_keeps_only_matching_rows(shop: Path, run: Run) -> None:
    (value,) = run("-w", shop, "values", "orders", "--period", "2026-10", "--where", "amount >= 100").json
    assert value["value"] == 2


def test_r002_a_zero_denominator_is_null_with_its_reason_in_every_format(shop: Path, run: Run) -> None:
    ask = ("-w", shop, "values", "never", "--period", "2026-10", "--format")
    (value,) = run(*ask, "json").json
    assert (value["value"], value["reason"]) == (None, "zero_denominator")
    (row,) = csv.DictReader(io.StringIO(run(*ask, "csv").out))
    assert (row["value"], row["reason"]) == ("", "zero_denominator")
    assert "—" in run(*ask, "table").out
    assert "nothing to divide by" in run(*ask, "md").out


def test_r002_a_period_outside_the_data_is_no_data(shop: Path, run: Run) -> None:
    (value,) = run("-w", shop, "values", "aov", "--period", "2027-10").json
    assert (value["value"], value["reason"]) == (None, "no_data")


def test_r172_explain_reproduces_the_value_from_its_readings(shop: Path, run: Run) -> None:
    ran = run("-w", shop, "explain", "aov", "--period", "2026-10")
    answer = ran.json
    numbers = {reading["id"]: reading for reading in answer["readings"]}
    assert answer["formula"] == "amount_sum / order_count"
    assert answer["value"] == pytest.approx(numbers["amount_sum"]["value"] / numbers["order_count"]["value"])
    assert (numbers["amount_sum"]["first_day"], numbers["amount_sum"]["last_day"]) == ("2026-10-01", "2026-10-31")
    assert numbers["order_count"]["rows"] == 3


def test_r172_the_table_of_explain_shows_formula_measures_window_and_sql(shop: Path, run: Run) -> None:
    text = run("-w", shop, "explain", "aov", "--period", "2026-10", "--format", "table").out
    for part in ("amount_sum / order_count", "sum(amount) orders", "2026-10-01", "2026-10-31", "100.00 CNY", "SELECT"):
        assert part in text


def test_metrics_are_listed_with_the_documented_keys(shop: Path, run: Run) -> None:
    metrics = {metric["id"]: metric for metric in run("-w", shop, "metrics").json}
    keys = "id name category kind unit better grains formula tables live roles".split()
    assert list(metrics["aov"])[:11] == keys
    assert metrics["aov"]["name"] == {"en": "Average order value", "zh": "客单价"}
    assert (metrics["aov"]["tables"], metrics["aov"]["live"], metrics["aov"]["roles"]) == (["orders"], True, ["shop"])


def test_r167_metrics_are_found_by_their_chinese_name(shop: Path, run: Run) -> None:
    assert [metric["id"] for metric in run("-w", shop, "metrics", "购率").json] == ["never"]


def test_role_list_names_lines_weights_and_people(shop: Path, run: Run) -> None:
    (role,) = run("-w", shop, "role", "list").json
    assert role["lines"] == [{"metric": "aov", "weight": 60}, {"metric": "orders", "weight": 40}]
    assert role["people"] == ["Ann 安"]


def test_doctor_says_what_would_be_opened_and_why(shop: Path, run: Run) -> None:
    answer = run("-w", shop, "doctor").json
    assert Path(answer["workspace"]["root"]) == shop
    assert "-w" in answer["workspace"]["why"]
    assert answer["versions"]["polars"]
    assert answer["language"]["catalogue_zh"] is True


def test_check_lists_issues_with_the_documented_keys_and_fails_on_errors(shop: Path, run: Run) -> None:
    (shop / "metrics" / "bad.toml").write_text('[metrics.bad]\nformula = "nothing / order_count"\n', encoding="utf-8")
    ran = run("-w", shop, "check")
    assert ran.code == 1
    errors = [issue for issue in ran.json if issue["severity"] == "error"]
    assert list(errors[0])[:6] == ["severity", "file", "line", "key", "message", "hint"]
    assert any(issue["file"] == "metrics/bad.toml" for issue in errors)


def test_check_of_a_workspace_without_errors_is_fine(shop: Path, run: Run) -> None:
    ran = run("-w", shop, "check")
    assert [issue for issue in ran.json if issue["severity"] == "error"] == []
    assert ran.code == 0


@pytest.mark.parametrize(
    ("lang", "said"), [("en", ["a good shop", "same everywhere"]), ("zh", ["好店铺", "same everywhere"])]
)
def test_r127_what_a_benchmark_is_about_is_said_in_the_language_in_force(
    shop: Path, run: Run, lang: str, said: list[str]
) -> None:
    library, head = shop / "metrics" / "revenue.toml", "[metrics.aov]\n"
    marks = """benchmarks = [
      { op = ">=", value = 1, about = { en = "a good shop", zh = "好店铺" } },
      { op = ">=", value = 2, about = "same everywhere" },
    ]
    """
    library.write_text(library.read_text(encoding="utf-8").replace(head, head + marks), encoding="utf-8")
    asked = ("-w", shop, "--lang", lang, "explain", "aov", "--period", "2026-10")
    assert [mark["about"] for mark in run(*asked).json["benchmarks"]] == said
    shown = run(*asked, "--format", "table").out
    assert all(text in shown for text in said)
    assert ("好店铺" in shown) == (lang == "zh")
    assert ("✓ 已达到" if lang == "zh" else "✓ reached") in shown


@pytest.mark.parametrize("where", ["before", "after"])
def test_global_options_stand_before_or_after_the_command(shop: Path, run: Run, where: str) -> None:
    options = ("-w", shop, "--format", "csv", "--lang", "zh", "--no-color")
    command = ("values", "orders", "--period", "2026-10")
    ran = run(*options, *command) if where == "before" else run(*command, *options)
    assert ran.out.splitlines() == ["metric,name,period,value,reason,signal,doubts", "orders,订单数,2026-10,3,,,"]


def test_data_starts_relative_table_paths_elsewhere(shop: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (shop / "orders.csv").rename(tmp_path / "elsewhere" / "orders.csv")
    (value,) = run("-w", shop, "values", "orders", "--period", "2026-10", "--data", tmp_path / "elsewhere").json
    assert value["value"] == 3


def test_a_folder_without_a_workspace_names_the_command_that_makes_one(tmp_path: Path, run: Run) -> None:
    ran = run("-w", tmp_path, "score", "--period", "2026-10")
    assert ran.code == 3
    assert f"kpi-tui init {tmp_path}" in ran.err and ran.err.count("workspace.toml") == 1
    assert "no such folder" in run("-w", tmp_path / "nowhere", "score", "--period", "2026-10").err


def test_a_file_named_as_the_workspace_is_called_a_file(tmp_path: Path, run: Run) -> None:
    (tmp_path / "sales.csv").write_text("day,paid\n2026-10-01,3\n", encoding="utf-8")
    ran = run("-w", tmp_path / "sales.csv", "check")
    assert ran.code == 3 and "is a file" in ran.err
    assert f"kpi-tui {tmp_path / 'sales.csv'}" in ran.err and "no such folder" not in ran.err


def test_a_chinese_word_for_a_metric_names_those_it_may_mean(run: Run) -> None:
    ran = run("values", "回购率", "--period", "2026-10")
    assert ran.code == 2 and "buyback_rate_day" in ran.err
