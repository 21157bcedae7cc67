"""Every known export (config/recipes/*.toml): a small made-up file, and the figures worked out by hand.

A folder of `exports/` holds the file and `right.toml`: `about` (how the figures follow from the rows), `recipe`,
`period`, `values` (metric -> figure), `rows` (table -> rows read that count), `asks` (patterns of what `check` asks).
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from kpi_tui import book
from kpi_tui.book import Book
from kpi_tui.definitions.issue import Severity
from kpi_tui.definitions.library.recipe import Recipe, placeholders
from kpi_tui.workspace.find import shipped_config
from kpi_tui.workspace.parse.recipes import read_recipes

Places = dict[str, str]
EXPORTS = Path(__file__).with_name("exports")
NAMES = sorted(path.name for path in EXPORTS.iterdir() if path.is_dir())
SKIPPED = [name for name in NAMES if "skipped" in (EXPORTS / name / "right.toml").read_text(encoding="utf-8")]


@pytest.fixture(scope="module")
def recipes() -> dict[str, Recipe]:
    """The shipped recipes."""
    issues: list[Any] = []
    found = read_recipes(shipped_config() / "recipes", issues)
    assert not issues, issues
    return found


def right(name: str) -> dict[str, Any]:
    """What the export of a folder must give."""
    return tomllib.loads((EXPORTS / name / "right.toml").read_text(encoding="utf-8"))


def recipes_of(expected: dict[str, Any]) -> set[str]:
    """The recipe, or those of several files."""
    recipe = expected["recipe"]
    return {recipe} if isinstance(recipe, str) else set(recipe)


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Places:
    """One cache for all: what `check` finds about the SQL of the library it finds once."""
    home = str(tmp_path_factory.mktemp("home"))
    return {"HOME": home, "XDG_CACHE_HOME": home}


@pytest.mark.parametrize("name", sorted({*NAMES} - {*SKIPPED}))
def test_an_export_gives_its_figures_and_asks_what_is_doubtful(name: str, tmp_path: Path, places: Places) -> None:
    expected = right(name)
    files = sorted(path for path in (EXPORTS / name).iterdir() if path.name != "right.toml")
    proposal = book.propose(files, timezone=expected.get("timezone", "Asia/Shanghai"))
    assert {table.recipe for table in proposal.tables} == recipes_of(expected)
    book.create_workspace(tmp_path / "ws", name, proposal, timezone=expected.get("timezone", "Asia/Shanghai"))
    opened = Book.open(tmp_path / "ws", draft=False, environ=places)
    issues = opened.data.check()
    assert not [issue.message for issue in issues if issue.severity is Severity.ERROR]
    rows = {table: opened.data.profiles()[table].rows_kept for table in expected["rows"]}
    assert rows == expected["rows"]
    values = opened.numbers.values(list(expected["values"]), opened.period(expected["period"]))
    assert {value.metric: value.value for value in values} == pytest.approx(expected["values"])
    for pattern, told_at in expected.get("told_at", {}).items():
        told = {value.metric for value in values if any(re.search(pattern, str(note)) for note in value.notes)}
        assert told == {*told_at}, pattern
    said = [f"{issue.message} {issue.hint}" for issue in issues]
    for pattern in expected.get("asks", []):
        assert any(re.search(pattern, text) for text in said), (pattern, said)
    assert opened.workspace.currency == expected.get("currency", "CNY")


@pytest.mark.parametrize("name", SKIPPED)
def test_an_export_that_no_table_holds_is_said_to_be_one(name: str) -> None:
    files = [path for path in (EXPORTS / name).iterdir() if path.name != "right.toml"]
    proposal = book.propose(files, timezone="Asia/Shanghai")
    assert not proposal.tables
    assert [re.search(right(name)["skipped"], why) is not None for _, why in proposal.skipped] == [True] * len(files)


def test_every_recipe_has_an_export_that_tries_it(recipes: dict[str, Recipe]) -> None:
    assert set().union(*(recipes_of(right(name)) for name in NAMES)) == recipes.keys()


def test_every_recipe_fills_columns_that_the_tables_have(
    recipes: dict[str, Recipe], schema_columns: dict[str, set[str]]
) -> None:
    unknown = [
        f"{recipe.id}: {table.id}.{column}"
        for recipe in recipes.values()
        for table in recipe.tables.values()
        for column in table.columns
        if column not in schema_columns.get(table.id, set())
    ]
    assert not unknown


def test_every_name_of_a_recipe_is_used(recipes: dict[str, Recipe]) -> None:
    """By a template, to recognise the file, or to tell whose amounts the lines say (`price`, `pieces`)."""
    unused = []
    for recipe in recipes.values():
        sqls = [*(sql for table in recipe.tables.values() for sql in table.sqls()), recipe.currency]
        asked = [one for sql in sqls for one in placeholders(sql)]
        lines = {"price", "pieces"} if any(one.kind == "order" for one in asked) else set()
        used = {one.name for one in asked} | {*recipe.needs, *lines} | (set(recipe.words) if recipe.no_table else set())
        unused += [f"{recipe.id}: {name}" for name in recipe.names if name not in used]
    assert not unused


def test_told_texts_suit_one_and_many(recipes: dict[str, Recipe]) -> None:
    """`{count} {count:order was|orders were}`, never `{count} orders were`; and no field that nothing fills."""
    field = re.compile(r"\{(count|made|sum)(:[^|{}]*\|[^|{}]*)?\}")
    texts = [
        (recipe.id, text)
        for recipe in recipes.values()
        for told in recipe.told
        for text in (told.text.en, told.text.zh)
    ]
    assert not [one for one in texts if re.search("[{}]", field.sub("", one[1]))]
    assert not [one for one in texts if re.search(r"\{(count|made)\} [a-z]+s\b", one[1])]


@pytest.fixture(scope="module")
def schema_columns() -> dict[str, set[str]]:
    """The columns of every canonical table."""
    said = tomllib.loads((shipped_config() / "schema.toml").read_text(encoding="utf-8"))
    return {table: set(schema["columns"]) for table, schema in said["schema"].items()}


def test_what_is_asked_counts_an_order_of_two_exports_once(tmp_path: Path) -> None:
    """Order 2 was never paid and stands in both exports: one order is left out, not two, and one row is repeated."""
    head = "订单编号,买家会员名,买家应付货款,买家应付邮费,买家实际支付金额,订单状态,订单创建时间,订单付款时间\n"
    paid = "{n},tb0{n},10,0,10,交易成功,2026-10-0{n} 10:00:00,2026-10-0{n} 10:05:00\n"
    closed = "2,tb02,20,0,0,交易关闭,2026-10-02 10:00:00,\n"
    (tmp_path / "a.csv").write_text(head + paid.format(n=1) + closed, encoding="utf-8")
    (tmp_path / "b.csv").write_text(head + closed + paid.format(n=3), encoding="utf-8")
    proposal = book.propose([tmp_path / "a.csv", tmp_path / "b.csv"])
    (orders,) = (table for table in proposal.tables if table.table == "orders")
    assert any("1 order is 交易关闭" in text.en for text in orders.confirm), orders.confirm
    book.create_workspace(tmp_path / "ws", "x", proposal)
    profile = Book.open(tmp_path / "ws", draft=False).data.profiles()["orders"]
    assert (profile.rows_read, profile.rows_kept, profile.filtered, profile.repeated) == (4, 2, 1, 1)
