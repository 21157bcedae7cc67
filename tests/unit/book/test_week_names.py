"""Forms that begin with a week, where weeks begin on another day than Monday."""

from __future__ import annotations

from pathlib import Path

from kpi_tui.definitions.issue import Issue
from tests.workspaces import Shop, orders

ROLE = '[roles.sales]\nname = "Sales"\nfrom = "{since}"\nlines = [{{ metric = "paid_amount", weight = 100 }}]\n'


def hints(root: Path, since: str, **calendar: str) -> list[Issue]:
    shop = Shop(root).has("orders", orders(("o1", "ann", "2026-10-01 10:00:00", 50)))
    shop = shop.says(calendar=calendar) if calendar else shop
    book = shop.defines("roles/sales.toml", ROLE.format(since=since)).book(draft=False)
    return [issue for issue in book.data.check() if issue.code == "week-from"]


def test_a_form_since_a_week_says_its_first_day_where_weeks_begin_on_sunday(tmp_path: Path) -> None:
    """2026-W45 from Sunday is 8 to 14 November (MMWR weeks of the CDC); of ISO 8601 it is 2 to 8 November."""
    (told,) = hints(tmp_path / "a", "2026-W45", week_start="sunday")
    assert "sales: from = '2026-W45' begins on 2026-11-08" in told.message
    assert (told.file, told.key) == ("roles/sales.toml", "roles.sales.from")


def test_a_form_of_the_bonus_since_a_week_is_told_in_the_same_words(tmp_path: Path) -> None:
    """2026-W45 from Sunday begins on 8 November, as above; the north star likewise."""
    shop = Shop(tmp_path / "a").has("orders", orders(("o1", "ann", "2026-10-01 10:00:00", 50)))
    bonus = {"mode": "deduct", "versions": [{"from": "2026-W45", "mode": "adjust"}]}
    star = {"metric": "gmv", "versions": [{"from": "2026-W45", "metric": "paid_amount"}]}
    book = shop.says(calendar={"week_start": "sunday"}, bonus=bonus, north_star=star).book(draft=False)
    found = [issue for issue in book.data.check() if issue.code == "week-from"]
    assert [issue.key for issue in found] == ["bonus.from", "north_star.from"]
    assert all("from = '2026-W45' begins on 2026-11-08" in issue.message for issue in found)


def test_weeks_of_iso_and_other_periods_mean_one_thing(tmp_path: Path) -> None:
    assert not hints(tmp_path / "a", "2026-W45")
    assert not hints(tmp_path / "b", "2026-11", week_start="sunday")
