"""`kpi-tui define keys`: which keys a definition can have, what they say, what may stand there."""

from __future__ import annotations

import json
from pathlib import Path

from tests.unit.cli.conftest import Run
from tests.workspaces import Shop


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


def test_rates_are_not_listed_and_asked_for_say_how_they_are_set(run: Run, tmp_path: Path) -> None:
    root = tmp_path / "shop"
    Shop(root).book().close()
    assert not {"rates", "extends"} & {one["path"][-1] for one in run("-w", root, "define", "keys").json}
    for ask in (("get", "rates"), ("set", "rates", "x.csv"), ("keys", "rates")):
        ran = run("-w", root, "define", *ask)
        assert ran.code == 2 and "--rates" in ran.err


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
