"""Definitions that lie where nobody reads them are told; other files of a workspace are nobody's business (R006)."""

from __future__ import annotations

from pathlib import Path

from kpi_tui.definitions.issue import Severity
from tests.workspaces import Shop, orders

MEASURE = '[measures.own_count]\ntable = "orders"\nagg = "count"\n'


def told(shop: Shop, file: str, text: str) -> list[tuple[str, str]]:
    book = shop.defines(file, text).book(draft=False)
    issues = [issue for issue in book.issues if issue.code == "unread-file"]
    assert all(issue.severity is Severity.WARNING and issue.file == file for issue in issues)
    return [(issue.message, issue.hint) for issue in issues]


def shop_in(folder: Path) -> Shop:
    return Shop(folder / "ws").has("orders", orders(("a", "ann", "2026-10-01 09:00:00", 1.0)))


def test_metrics_beside_their_folder_are_told_with_the_folder(tmp_path: Path) -> None:
    (one,) = told(shop_in(tmp_path), "metrics.toml", MEASURE)
    assert one == ("metrics.toml is not read: what it defines is not there", "move it to metrics/")


def test_every_home_of_a_file_of_several_sections_is_named(tmp_path: Path) -> None:
    (one,) = told(shop_in(tmp_path), "mine.toml", MEASURE + '[facts.x]\nsql = "select 1"\n')
    assert one[1] == "move it to facts.toml, metrics/"


def test_metrics_in_their_folder_and_files_of_others_are_not_told(tmp_path: Path) -> None:
    assert told(shop_in(tmp_path), "metrics/own.toml", MEASURE) == []
    assert told(shop_in(tmp_path / "two"), "pyproject.toml", '[project]\nname = "x"\n') == []


OWN = (
    '[measures.live]\ntable = "orders"\nagg = "count"\nwhere = "scene = \'live\'"\n'
    '[metrics.live_orders]\nname = "Live"\ncategory = "revenue"\nsubcategory = "value"\naarrr = "revenue"\n'
    'dimension = "aarrr"\nkind = "absolute"\nformula = "live"\nunit = "count"\n'
    'better = "higher"\ngrain = "month"\ngrains = ["month"]\nrollup = "recompute"\ndefinition = "d"\n'
)


def test_an_own_metric_on_a_column_that_no_file_supplies_is_told(tmp_path: Path) -> None:
    """`scene` is a column of the schema, of which no file of `orders` says anything: the metric can have no number."""
    rows = orders(("a", "ann", "2026-10-01 09:00:00", 1.0))
    sound = Shop(tmp_path / "two").has("orders", [row | {"scene": "live"} for row in rows])
    for shop, told_of in ((shop_in(tmp_path), ["metrics.live_orders"]), (sound, [])):
        issues = shop.defines("metrics/own.toml", OWN).book(draft=False).data.check()
        found = [issue for issue in issues if issue.key == "metrics.live_orders"]
        assert [(issue.key, issue.severity) for issue in found] == [(key, Severity.WARNING) for key in told_of]
        assert all("metric live_orders has no number: needs the column orders.scene" in one.message for one in found)
