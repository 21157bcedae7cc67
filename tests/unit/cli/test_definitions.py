"""`role`, `person` and `define`: the Design screen by command; every edit is saved at once, with its history.

The tiny shop of `conftest.py`: as-of day 2026-10-31, one role with aov 60 and orders 40.
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Run
from tests.workspaces import Shop, orders

CLOSED = "[targets.shop]\naov.value = 100\norders.value = 3\n"


@pytest.fixture
def scored(shop: Path) -> Path:
    """September is over and had targets."""
    (shop / "targets").mkdir()
    (shop / "targets" / "2026-09.toml").write_text(f'period = "2026-09"\n{CLOSED}', encoding="utf-8")
    return shop


def roles(shop: Path, file: str = "roles/roles.toml") -> dict:
    return tomllib.loads((shop / file).read_text(encoding="utf-8"))["roles"]


def test_weights_of_what_was_never_scored_change_where_they_stand(run: Run, shop: Path) -> None:
    ran = run("-w", shop, "role", "weights", "shop", "aov=30", "orders=70")
    assert ran.code == 0
    assert [(one["path"], one["since"], one["from"], one["to"], one["late"]) for one in ran.json] == [
        (["roles", "shop", "lines", "aov", "weight"], "", 60, 30, False),
        (["roles", "shop", "lines", "orders", "weight"], "", 40, 70, False),
    ]
    assert "2 definitions saved." in ran.err
    assert [line["weight"] for line in roles(shop)["shop"]["lines"]] == [30, 70]


def test_weights_that_were_scored_count_since_the_current_month(run: Run, scored: Path) -> None:
    ran = run("-w", scored, "role", "weights", "shop", "aov=30", "orders=70", "--why", "agreed")
    assert {one["since"] for one in ran.json} == {"2026-10"}
    assert "It counts since 2026-10." in ran.err
    cards = {
        month: run("-w", scored, "score", "shop", "--period", month).json[0]["lines"]
        for month in ("2026-09", "2026-10")
    }
    weights = {month: [line["weight"] for line in lines] for month, lines in cards.items()}
    assert weights == {"2026-09": [60, 40], "2026-10": [30, 70]}
    listed = run("-w", scored, "role", "list", "--period", "2026-09").json
    assert [line["weight"] for line in listed[0]["lines"]] == [60, 40]


def test_a_closed_month_needs_a_reason(run: Run, scored: Path) -> None:
    change = ("role", "weights", "shop", "aov=30", "orders=70", "--from", "2026-09")
    ran = run("-w", scored, *change)
    assert ran.code == 2
    assert "reaches into a closed period: such a change needs a reason" in ran.err
    assert "versions" not in roles(scored)["shop"]
    ran = run("-w", scored, *change, "--why", "typed wrongly")
    assert [(one["late"], one["why"]) for one in ran.json] == [(True, "typed wrongly")] * 2
    refused = run("-w", scored, "role", "undo")
    assert (refused.code, "needs a reason" in refused.err) == (2, True), "to take it back is as late"
    back = run("-w", scored, "role", "undo", "--why", "it was right").json
    assert [(one["late"], one["why"]) for one in back] == [(True, "it was right")] * 2


def test_r009_a_score_that_a_late_change_moved_says_so_where_it_is_read(
    run: Run, scored: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The weights of September were changed in November; those of October stand for themselves from then on."""
    run("-w", scored, "role", "weights", "shop", "aov=50", "orders=50", "--from", "2026-10")
    (card,) = run("-w", scored, "score", "shop", "--period", "2026-09").json
    assert card["late"] == []
    change = ("role", "weights", "shop", "aov=30", "orders=70", "--from", "2026-09", "--why", "typed wrongly")
    assert run("-w", scored, *change).code == 0
    history = scored / "definitions" / "history.jsonl"
    told = [json.loads(line) for line in history.read_text().splitlines()]
    told = [{**one, "at": "2026-11-30T09:00:00+00:00"} for one in told]  # whatever the clock of the machine says
    history.write_text("".join(json.dumps(one) + "\n" for one in told))
    (card,) = run("-w", scored, "score", "shop", "--period", "2026-09").json
    assert [(one["since"], one["why"], one["to"]) for one in card["late"]] == [
        ("2026-09", "typed wrongly", 30),
        ("2026-09", "typed wrongly", 70),
    ]
    shown = run("-w", scored, "score", "shop", "--period", "2026-09", "--format", "md").out
    assert "Changed after the period was over: " in shown and "2026-11-30: typed wrongly)" in shown
    assert run("-w", scored, "score", "shop", "--period", "2026-10").json[0]["late"] == []
    pack = run("-w", scored, "pack", "--period", "2026-09", "--format", "md").out
    (row,) = (line for line in pack.splitlines() if line.startswith("|") and "†" in line)
    assert "Shop" in row, "the mark stands in the table at a glance"
    assert "† Shop: Changed after the period was over: " in pack.split("\n## ")[1]
    monkeypatch.setenv("COLUMNS", "80")
    table = run("-w", scored, "define", "history", "--format", "table").out
    assert table.count("2026-09 late") == 2, "where the reason has no room, the mark has"


def test_weights_that_do_not_sum_to_100_are_refused_with_what_is_missing(run: Run, shop: Path) -> None:
    ran = run("-w", shop, "role", "weights", "shop", "aov=30")
    assert ran.code == 2
    assert "the weights sum to 70, not 100" in ran.err
    assert "+30" in ran.err
    assert [line["weight"] for line in roles(shop)["shop"]["lines"]] == [60, 40]


def test_a_role_is_added_set_given_to_somebody_and_removed(run: Run, shop: Path) -> None:
    added = run(
        "-w", shop, "role", "add", "data", "orders=100", "--name", "Data", "--name-zh", "数据", "--duty", "counts"
    )
    assert added.code == 0
    assert roles(shop, "roles/data.toml")["data"] == {
        "name": {"en": "Data", "zh": "数据"},
        "duty": "counts",
        "lines": [{"metric": "orders", "weight": 100}],
    }
    assert run("-w", shop, "role", "set", "data", "principles.easy", "one table").code == 0
    assert run("-w", shop, "role", "set", "data", "name.zh", "数据岗").code == 0
    assert run("-w", shop, "role", "set", "data", "type", "strategy").code == 0
    role = roles(shop, "roles/data.toml")["data"]
    assert (role["principles"], role["name"]["zh"], role["type"]) == ({"easy": "one table"}, "数据岗", "strategy")
    assert run("-w", shop, "person", "set", "bo", "--name", "Bo", "--roles", "data,shop").code == 0
    people = run("-w", shop, "person", "list").json
    assert [(one["person"], one["roles"]) for one in people] == [("ann", ["shop"]), ("bo", ["data", "shop"])]
    refused = run("-w", shop, "role", "remove", "data")
    assert (refused.code, "unknown role 'data'" in refused.err) == (2, True), "somebody holds it"
    assert run("-w", shop, "person", "set", "bo", "--roles", "shop").code == 0
    assert run("-w", shop, "role", "remove", "data").code == 0
    assert [one["role"] for one in run("-w", shop, "role", "list").json] == ["shop"]
    assert run("-w", shop, "role", "undo").code == 0
    assert [one["role"] for one in run("-w", shop, "role", "list").json] == ["data", "shop"]


def test_a_line_gets_a_method_and_leaves_again(run: Run, shop: Path) -> None:
    assert run("-w", shop, "role", "line", "shop", "never").code == 0
    assert roles(shop)["shop"]["lines"][2] == {"metric": "never", "weight": 0}
    made = run("-w", shop, "role", "line", "shop", "aov", "--method", "steps", "--steps", "0.8=0.5, 1=1")
    assert made.code == 0
    assert roles(shop)["shop"]["lines"][0] == {
        "metric": "aov",
        "weight": 60,
        "method": "steps",
        "steps": [[0.8, 0.5], [1, 1]],
    }
    assert run("-w", shop, "role", "line", "shop", "aov", "--option", "cap=1.5").code == 2, "steps have no cap"
    assert run("-w", shop, "role", "line", "shop", "never", "--remove").code == 0
    assert [line["metric"] for line in roles(shop)["shop"]["lines"]] == ["aov", "orders"]


def test_a_line_is_put_at_its_place_with_its_weight_in_one_step(run: Run, shop: Path) -> None:
    made = run("-w", shop, "role", "line", "shop", "orders", "--at", "1")
    assert [one["path"] for one in made.json] == [["roles", "shop", "lines"]]
    assert [line["metric"] for line in roles(shop)["shop"]["lines"]] == ["orders", "aov"]
    assert run("-w", shop, "role", "line", "shop", "never", "--at", "2").code == 0, "a new line, at its place"
    assert [line["metric"] for line in roles(shop)["shop"]["lines"]] == ["orders", "never", "aov"]
    run("-w", shop, "define", "undo")
    run("-w", shop, "define", "undo")
    assert [line["metric"] for line in roles(shop)["shop"]["lines"]] == ["aov", "orders"]
    assert run("-w", shop, "role", "line", "shop", "aov", "--at", "0").code == 2


def test_a_bonus_base_is_set_and_told_only_where_somebody_says_it(run: Run, shop: Path) -> None:
    listed = run("-w", shop, "person", "list", "--format", "table").out
    assert "Bonus base" not in listed
    assert run("-w", shop, "role", "set", "shop", "bonus_base", "8000").code == 0
    assert run("-w", shop, "person", "set", "ann", "--bonus-base", "900.5").code == 0
    assert "900.50" in run("-w", shop, "person", "list", "--format", "table").out
    assert run("-w", shop, "role", "list").json[0]["bonus_base"] == 8000
    card = run("-w", shop, "score", "shop", "--period", "2026-10").json[0]
    assert (card["bonus"]["base"], card["bonus"]["money"]) == (8000, None)
    assert card["bonus"]["why"] == "the score is not complete", "no target is set"
    assert run("-w", shop, "person", "set", "ann", "--bonus-base", "-").code == 0
    assert run("-w", shop, "person", "list").json[0]["bonus_base"] is None


def test_any_key_by_its_path(run: Run, shop: Path) -> None:
    assert run("-w", shop, "define", "set", "north_star", "aov").code == 0
    assert run("-w", shop, "define", "get", "north_star").json == "aov"
    assert run("-w", shop, "define", "set", "bonus.mode", "adjust").code == 0
    assert run("-w", shop, "define", "set", "modules.off", '["revenue"]').code == 0
    assert run("-w", shop, "define", "set", "stages.active.aim", '{ en = "buy", zh = "买" }').code == 0
    assert run("-w", shop, "define", "get", "stages").json == {"active": {"aim": {"en": "buy", "zh": "买"}}}
    assert run("-w", shop, "define", "set", "settings.attainment_cap", "1.5").code == 0
    assert run("-w", shop, "define", "clear", "modules.off").code == 0
    head = tomllib.loads((shop / "workspace.toml").read_text(encoding="utf-8"))
    assert (head["north_star"], head["bonus"], "modules" in head) == ("aov", {"mode": "adjust"}, False)
    history = run("-w", shop, "define", "history").json
    assert [".".join(one["path"]) for one in history][::-1] == [
        "north_star",
        "bonus.mode",
        "modules.off",
        "stages.active.aim",
        "settings.attainment_cap",
        "modules.off",
    ]
    assert {one["who"] for one in history} == {"tester"}


@pytest.mark.parametrize(
    ("command", "message"),
    [
        (("role", "weights", "shpo", "aov=100"), "there is no role 'shpo'; did you mean shop?"),
        (("role", "weights", "shop", "aovv=100"), "there is no metric 'aovv'; did you mean 'aov'?"),
        (("role", "weights", "shop", "aov"), "aov: write it as NAME=NUMBER"),
        (("role", "weights", "shop", "aov=many"), "'many' is no number"),
        (("role", "set", "shop", "nmae", "Shop"), "unknown key 'nmae'"),
        (("role", "set", "shop", "aim", "revenu"), "did you mean 'revenue'?"),
        (("role", "add", "shop", "aov=100"), "there is a role 'shop' already"),
        (("role", "add", "data"), "name its metrics with their weights"),
        (("role", "add", "data", "--preset", "roles_0000"), "there is no preset 'roles_0000'"),
        (("role", "line", "shop", "aov", "--weight", "nan"), "'weight' must be a number, not nan"),
        (("person", "set", "bo"), "'bo' is new: say the posts held with --roles"),
        (("person", "remove", "an"), "there is no person 'an'; did you mean ann?"),
        (("define", "set", "north_satr", "aov"), "did you mean 'north_star'?"),
        (("define", "set", "tables.orders.path", "x.csv"), "tables.orders.path cannot be edited here: data hang on it"),
        (("define", "set", "name.en.x", "1"), "en holds no keys of its own; set it as a whole"),
        (("define", "set", "name", "a" * 10_000), "name has 10000 letters; at most 100 can be kept"),
        (("role", "set", "shop", "duty", "a" * 5000), "duty has 5000 letters; at most 4000 can be kept"),
        (("role", "set", "shop", "bonus_base", "-1"), "a bonus base cannot be negative"),
        (("role", "weights", "shop", "aov=60", "orders=40", "--from", "2026-13"), "'2026-13' is not a period"),
    ],
)
def test_what_is_wrong_is_told_in_a_sentence_and_nothing_is_written(
    run: Run, shop: Path, command, message: str
) -> None:
    before = {path: path.read_bytes() for path in shop.rglob("*.toml")}
    ran = run("-w", shop, *command)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err
    assert {path: path.read_bytes() for path in shop.rglob("*.toml")} == before


def test_nothing_to_change_is_said(run: Run, shop: Path) -> None:
    ran = run("-w", shop, "role", "weights", "shop", "aov=60", "orders=40")
    assert (ran.code, ran.json) == (0, [])


def test_a_draft_of_an_open_app_is_left_alone(run: Run, shop: Path, home: Path) -> None:
    from kpi_tui.book import Book

    app = Book.open(shop)
    app.definitions.set(("roles", "shop", "duty"), "drafted")
    assert run("-w", shop, "role", "set", "shop", "aim", "revenue").code == 0
    assert Book.open(shop).definitions.draft_found() == 1


def test_a_role_of_a_preset_is_made_of_what_the_data_allow(run: Run, tmp_path: Path) -> None:
    """Of orders alone the preset's operations keep lines that orders can give, and their weights sum to 100."""
    root = tmp_path / "orders"
    Shop(root).has("orders", orders(("o1", "u1", "2026-10-01 10:00:00", 5.0))).says(as_of="2026-10-31").book().close()
    ran = run("-w", root, "role", "add", "operations", "--preset", "roles_000")
    assert ran.code == 0, ran.err
    role = roles(root, "roles/operations.toml")["operations"]
    assert sum(line["weight"] for line in role["lines"]) == pytest.approx(100)
    assert not [one for one in run("-w", root, "check").json if one["severity"] == "error"]
    ran = run("-w", root, "role", "add", "operation", "--preset", "roles_000")
    assert (ran.code, "preset roles_000 has no role 'operation' for these data" in ran.err) == (2, True)
