"""`kpi-tui define keys`: which keys a definition can have, what they say, what may stand there."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from kpi_tui.definitions.written.currencies import ISO_4217
from tests.unit.cli.conftest import Run
from tests.workspaces import Shop, orders


def test_the_keys_of_a_chain_of_its_links_and_of_the_workspace(run: Run, tmp_path: Path) -> None:
    root = tmp_path / "shop"
    Shop(root).says(as_of="2026-10-31").book().close()
    chain = {one["path"][-1]: one for one in json.loads(run("-w", root, "define", "keys", "chains.site").out)}
    assert chain["score_basis"]["choices"] == ["rates", "counts"]
    links = json.loads(run("-w", root, "define", "keys", "chains.site.links").out)
    assert [one["path"][-1] for one in links] == ["A", "B", "C", "D", "E", "F", "G", "H"]
    head = {one["path"][-1]: one for one in json.loads(run("-w", root, "define", "keys").out)}
    assert head["as_of"]["value"] == "2026-10-31" and head["timezone"]["value"] == "Asia/Shanghai"
    settings = {one["path"][-1]: one for one in json.loads(run("-w", root, "define", "keys", "settings").out)}
    assert (settings["churn_days"]["value"], settings["churn_days"]["default"]) == (None, 90)


def test_a_key_that_leads_nowhere_is_wrong_usage(run: Run, tmp_path: Path) -> None:
    root = tmp_path / "shop"
    Shop(root).book().close()
    ran = run("-w", root, "define", "keys", "roles.nobody")
    assert ran.code == 2 and "roles.nobody" in ran.err


def test_the_mapping_of_the_rates_is_edited_key_by_key(run: Run, tmp_path: Path) -> None:
    """10 EUR at 8, then at the 9 of another column; a comment stays, a key that is none is refused."""
    root = tmp_path / "shop"
    rows = [{**row, "cur": "EUR"} for row in orders(("o1", "u1", "2026-10-02 10:00", 10.0))]
    columns = {name: name for name in rows[0]}
    shop = (
        Shop(root)
        .has("orders", rows, columns=columns, currency_column="cur")
        .says(
            as_of="2026-10-31",
            currency="CNY",
            rates={"path": "ecb.csv", "columns": {"currency": "currency", "day": "day", "rate": "rate"}},
        )
    )
    shop.book().close()
    (root / "ecb.csv").write_text("currency,day,rate,other\nEUR,2026-10-02,8,9\n", encoding="utf-8")
    head = root / "workspace.toml"
    head.write_text(head.read_text(encoding="utf-8") + "# mine\n", encoding="utf-8")
    keys = {one["path"][-1]: one["value"] for one in run("-w", root, "define", "keys", "rates").json}
    assert (keys["path"], keys["within"]) == ("ecb.csv", None)
    asked = ("-w", root, "values", "paid_amount", "--period", "2026-10")
    assert run(*asked).json[0]["value"] == 80
    assert run("-w", root, "define", "set", "rates.columns.rate", "other").code == 0
    assert run(*asked).json[0]["value"] == 90
    assert "# mine" in head.read_text(encoding="utf-8")
    refused = run("-w", root, "define", "set", "rates.wihtin", "4")
    assert refused.code != 0 and "did you mean 'within'?" in refused.err
    for key, value, said in (
        ("rates.path", "ebc.csv", "no file matches {root}/ebc.csv (did you mean 'ecb.csv'?)"),
        ("rates.path", "*.xlsx", "no file matches {root}/*.xlsx (in {root} there are: ecb.csv, orders.csv)"),
        ("rates.columns.rate", "othr * 2", "rates.columns.rate: ecb.csv has no column 'othr' (did you mean 'other'?)"),
        ("rates.columns.rate", "other * (2", "rates.columns.rate: "),
    ):
        refused = run("-w", root, "define", "set", key, value)
        assert refused.code == 2 and said.format(root=root) in refused.err, refused.err
    rates = pl.DataFrame({"currency": ["EUR"], "day": ["2026-10-02"], "rate": [7.0], "better": [6.0]})
    rates.write_parquet(root / "ecb.parquet")
    rates.write_excel(root / "ecb.xlsx")
    for name in ("ecb.parquet", "ecb.xlsx"):
        assert run("-w", root, "define", "set", "rates.path", name).code == 0
        refused = run("-w", root, "define", "set", "rates.columns.rate", "bettr")
        assert refused.code == 2 and f"{name} has no column 'bettr' (did you mean 'better'?)" in refused.err, name
    assert run("-w", root, "define", "set", "rates.columns.rate", "better").code == 0
    assert run(*asked).json[0]["value"] == 60
    assert run("-w", root, "define", "set", "rates.path", "e*.csv").code == 0
    asked_for = run("-w", root, "define", "set", "extends", "none")
    assert asked_for.code == 2, "another library is no edit"


def test_names_with_commas_are_several_and_an_unknown_one_is_refused_with_the_nearest(run: Run, tmp_path: Path) -> None:
    root = tmp_path / "shop"
    Shop(root).book().close()
    assert run("-w", root, "define", "set", "candidates", "paid_orders, paid_amount").code == 0
    assert run("-w", root, "define", "get", "candidates").json == ["paid_orders", "paid_amount"]
    refused = run("-w", root, "define", "set", "candidates", "paid_orders，paid_amoun")
    assert refused.code == 2 and "did you mean 'paid_amount'" in refused.err
    assert run("-w", root, "define", "get", "candidates").json == ["paid_orders", "paid_amount"]
    run("-w", root, "define", "set", "name", "Tea, coffee")
    assert run("-w", root, "define", "get", "name").json == "Tea, coffee"


def test_a_section_of_several_definitions_lists_them(run: Run, tmp_path: Path) -> None:
    root = tmp_path / "shop"
    role = '[roles.{0}]\nname = "{0}"\n[[roles.{0}.lines]]\nmetric = "paid_amount"\nweight = 100\n'
    Shop(root).defines("roles/two.toml", role.format("ops") + role.format("care")).book().close()
    found = run("-w", root, "define", "keys", "roles").json
    assert [(one["path"], one["kind"]) for one in found] == [(["roles", "ops"], "table"), (["roles", "care"], "table")]
    assert ["chains", "site"] in [one["path"] for one in run("-w", root, "define", "keys", "chains").json]
    assert run("-w", root, "define", "keys", "people").json == []


UNUSABLE = [
    ("currency", "ZZZ", "is no currency"),
    ("currency", "rmb", "did you mean 'CNY'"),
    ("data", "nowhere", "no such folder"),
    ("settings.nokey", "3", "no fact, measure or formula reads it"),
    ("settings.silent_days", "0", "must be 1 or more"),
    ("settings.rfm_ties", "frist", "one of equal, first"),
    ("settings.churn_days", "many", "must be a number"),
]


@pytest.mark.parametrize(("key", "value", "said"), UNUSABLE)
def test_what_check_would_call_of_no_use_is_not_set(key: str, value: str, said: str, run: Run, tmp_path: Path) -> None:
    """By the rules of `check`, which tells the same of a file that says so already, and leaves other edits alone."""
    root = tmp_path / "shop"
    Shop(root).says(currency="CNY").book().close()
    before = (root / "workspace.toml").read_bytes()
    refused = run("-w", root, "define", "set", key, value)
    assert (refused.code, said in refused.err) == (2, True), refused.err
    assert (root / "workspace.toml").read_bytes() == before
    section, _dot, name = key.rpartition(".")
    text = f"[settings]\n{name} = {value if value.isdigit() else repr(value)}\n"
    if not section:
        text = f'{name} = "{value}"\n'
    kept = [line for line in before.decode().splitlines(keepends=True) if not line.startswith(f"{name} =")]
    (root / "workspace.toml").write_text("".join([*kept, text]), encoding="utf-8")
    assert any(key == one["key"] for one in run("-w", root, "check").json), "the check says it"
    assert run("-w", root, "define", "set", "name", "Tea").code == 0
    assert run("-w", root, "define", "clear", key).code == 0


def test_every_money_of_today_is_a_currency() -> None:
    """Against the currencies in use that CLDR lists (Babel)."""
    from babel.core import get_global

    listed = get_global("territory_currencies").values()
    today = {code for some in listed for code, _start, end, is_tender in some if end is None and is_tender}
    assert today - ISO_4217 == set()
