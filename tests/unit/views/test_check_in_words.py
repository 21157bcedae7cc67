"""`check` tells what ids are called, the id in brackets; what is no id of a workspace stays as it is."""

from __future__ import annotations

from pathlib import Path

from kpi_tui.definitions.message import say
from kpi_tui.text.i18n import speaking
from kpi_tui.text.phrase import translate
from kpi_tui.views.data.ids_in_words import in_words
from tests.workspaces import Shop, orders


def test_metrics_tables_roles_and_stages_are_called_by_their_names(tmp_path: Path) -> None:
    shop = Shop(tmp_path / "ws").has("orders", orders(("o1", "u", "2026-10-01 10:00", 5.0)))
    role = '[roles.shop]\nname = "The shop"\n[[roles.shop.lines]]\nmetric = "aov"\nweight = 100\n'
    space = shop.defines("roles/own.toml", role).book().workspace
    about = say(
        "{metric} is off-focus: it serves {aarrr}, the role aims at {aim}", metric="aov", aarrr="revenue", aim="x"
    )
    said = in_words(say("role {role}: {message}", role="shop", message=about), space)
    assert translate(said) == (
        "role The shop (shop): Average order value (aov) is off-focus: it serves Revenue, the role aims at x"
    )
    of_source = in_words(say("{table} has no column {columns}", table="orders.sources.west", columns="aov"), space)
    assert translate(of_source) == "Orders (orders.sources.west) has no column aov"
    with speaking("zh"):
        assert translate(said).startswith("岗位 The shop (shop)：客单价(每单) (aov) 偏离侧重：它服务于 收入")


def test_without_a_workspace_and_of_plain_texts_nothing_changes(tmp_path: Path) -> None:
    assert in_words("orders: odd", None) == "orders: odd"
    assert in_words("orders: odd", Shop(tmp_path / "ws").book().workspace) == "orders: odd"


def test_what_ended_early_has_the_line_where_it_is_said_to_be_complete(tmp_path: Path) -> None:
    """Rows on the first ten days of March, the as-of day is the 31st."""
    rows = orders(*((f"o{day}", "u", f"2026-03-{day:02} 10:00", 5.0) for day in range(1, 11)))
    found = Shop(tmp_path / "ws").has("orders", rows).says(as_of="2026-03-31").book().data.check()
    (issue,) = (one for one in found if one.code == "stale")
    assert (issue.file, issue.line) == ("tables.toml", 1)


def test_a_line_that_is_to_be_written_stays_as_it_is_written(tmp_path: Path) -> None:
    space = Shop(tmp_path / "ws").book().workspace
    hint = say("each counts twice; write distinct = true in [tables.{table}]", table="orders")
    assert translate(in_words(hint, space)) == "each counts twice; write distinct = true in [tables.orders]"
