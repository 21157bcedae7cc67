"""Every key of a definition can be found, read and typed (R009): those that its reader knows, no list beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kpi_tui.book import Book
from kpi_tui.definitions.answers.definition_key import DefinitionKey, KeyKind
from kpi_tui.definitions.issue import UsageError
from tests.workspaces import Shop

ROLE = """
[roles.ops]
name = { en = "Ops", zh = "运营" }
type = "strategy"
[[roles.ops.lines]]
metric = "new_users"
weight = 60
[[roles.ops.lines]]
metric = "paid_amount"
weight = 40
method = "linear"
options = { floor = 0.5 }
[[roles.ops.versions]]
from = "2026-11"
type = "execution"
"""


@pytest.fixture
def book(tmp_path: Path) -> Book:
    root = tmp_path / "shop"
    Shop(root).says(as_of="2026-10-31", bonus={"mode": "adjust"}, settings={"top_n": 7}).book().close()
    (root / "roles").mkdir()
    (root / "roles" / "ops.toml").write_text(ROLE, encoding="utf-8")
    (root / "people.toml").write_text('[people.lin]\nname = "Lin"\nroles = ["ops"]\n', encoding="utf-8")
    return Book.open(root, who="ann", draft=False)


def keys(book: Book, *path: str, since: str = "") -> dict[str, DefinitionKey]:
    period = book.period(since) if since else None
    return {key.name: key for key in book.definition_keys.of(path, period)}


def test_a_role_has_the_keys_its_reader_knows(book: Book) -> None:
    found = keys(book, "roles", "ops")
    assert {"name", "duty", "type", "aim", "principles", "lines"} <= found.keys()
    assert found["type"].choices == ("execution", "strategy") and found["type"].value == "strategy"
    assert found["duty"].value is None
    assert found["lines"].kind is KeyKind.TABLES
    assert "versions" not in found
    assert keys(book, "roles", "ops", since="2026-11")["type"].value == "execution"


def test_lines_are_named_by_their_metric_and_have_keys_of_their_own(book: Book) -> None:
    assert list(keys(book, "roles", "ops", "lines")) == ["new_users", "paid_amount"]
    line = keys(book, "roles", "ops", "lines", "paid_amount")
    assert (line["weight"].value, line["weight"].kind) == (40, KeyKind.NUMBER)
    assert "linear" in line["method"].choices
    assert line["instead"].kind is KeyKind.NAMES


def test_a_table_that_nobody_has_written_yet_shows_what_it_could_hold(book: Book) -> None:
    assert list(keys(book, "roles", "ops", "principles")) == ["easy", "life_cycle", "post", "read", "understood"]


def test_the_head_its_settings_and_the_bonus(book: Book) -> None:
    head = keys(book)
    assert {"name", "language", "timezone", "currency", "as_of", "north_star", "settings", "bonus"} <= head.keys()
    assert head["as_of"].value == "2026-10-31"
    settings = keys(book, "settings")
    assert settings["top_n"].value == 7
    assert (settings["churn_days"].value, settings["churn_days"].default) == (None, 90)
    assert keys(book, "bonus")["mode"].choices == ("deduct", "adjust")


def test_people_stages_and_the_links_of_a_shipped_chain(book: Book) -> None:
    assert keys(book, "people", "lin")["roles"].value == ["ops"]
    assert {"key_point", "interaction", "aim"} <= keys(book, "stages", "active").keys()
    link = keys(book, "chains", "site", "links", "G")
    assert {"name", "rule", "points", "period", "owner", "on"} <= link.keys()


def test_a_shipped_chain_is_taken_over_whole_before_it_is_edited(book: Book) -> None:
    points = keys(book, "chains", "site", "links", "G")["points"]
    book.definitions.set(points.path, 9)
    assert keys(book, "chains", "site", "links", "G")["points"].value == 9
    assert keys(book, "chains", "site", "links", "B")["name"].value is not None


@pytest.mark.parametrize(
    ("path", "text", "value"),
    [
        ("roles.ops.duty", "Looks after buyers", "Looks after buyers"),
        ("roles.ops.duty", '{ en = "x", zh = "y" }', {"en": "x", "zh": "y"}),
        ("roles.ops.lines.new_users.weight", "55", 55),
        ("roles.ops.lines.paid_amount.steps", "[[0.8, 0.5], [1.0, 1.0]]", [[0.8, 0.5], [1.0, 1.0]]),
        ("people.lin.roles", "ops， sales", ["ops", "sales"]),
        ("as_of", "2026-11-30", "2026-11-30"),
        ("chains.site.links.G.on", "no", False),
    ],
)
def test_what_is_typed_becomes_what_toml_holds(book: Book, path: str, text: str, value: Any) -> None:
    key = book.definition_keys.find(tuple(path.split(".")))
    assert book.definition_keys.typed(key, text) == value


def test_a_text_typed_in_one_language_leaves_the_other(book: Book) -> None:
    key = book.definition_keys.find(("roles", "ops", "name"))
    assert book.definition_keys.typed(key, "Operations", "en") == {"en": "Operations", "zh": "运营"}


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        ("roles.ops.lines.new_users.weight", "many", "'many' is no number"),
        ("roles.ops.type", "boss", "execution, strategy"),
        ("roles.ops.lines.new_users.weight", "2026-10-31", "is no number"),
        ("roles.ops.lines.new_users.weight", "true", "is no number"),
        ("roles.ops.lines.paid_amount.steps", "[2026-10-31]", "is no list"),
        ("roles.ops.lines.paid_amount.steps", "[" * 9000, "is no list"),
    ],
)
def test_what_cannot_stand_there_is_refused(book: Book, path: str, text: str, said: str) -> None:
    key = book.definition_keys.find(tuple(path.split(".")))
    with pytest.raises(UsageError, match=said):
        book.definition_keys.typed(key, text)


@pytest.mark.parametrize(
    "path", ["roles.nobody.name", "roles.ops.dutty", "roles.ops.lines.nothing.weight", "planets.x"]
)
def test_a_wrong_path_is_a_sentence(book: Book, path: str) -> None:
    with pytest.raises(UsageError):
        book.definition_keys.find(tuple(path.split(".")))
