"""Which scorecard opens first, by the personal setting `open_on`; scores counted by hand."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from kpi_tui.book import Book
from kpi_tui.book.person.personal_settings import PersonalSettings
from kpi_tui.definitions.target import TargetKey
from kpi_tui.tui.computing.computer import InPlace
from kpi_tui.tui.first_view import start
from tests.workspaces import Shop, orders

ROLES = """
[roles.first]
name = "First"
[[roles.first.lines]]
metric = "paid_amount"
weight = 100
[roles.second]
name = "Second"
[[roles.second.lines]]
metric = "active_trading_users"
weight = 100
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """80 of 100 for the first role, one user of two (50) for the second; Ann holds both."""
    rows = orders(("o1", "ann", "2026-10-05 12:00:00", 80))
    shop = Shop(tmp_path / "shop").has("orders", rows, complete_until=date(2026, 10, 31))
    people = '[people.ann]\nname = "Ann"\nroles = ["first", "second"]\n'
    book = shop.defines("roles/all.toml", ROLES).defines("people.toml", people).book()
    cells = {TargetKey("first", "paid_amount"): 100.0, TargetKey("second", "active_trading_users"): 2.0}
    book.targets.set_all({"2026-10": cells})
    book.targets.save("agreed")
    book.close()
    return tmp_path / "shop"


@pytest.mark.parametrize(
    ("open_on", "kept", "role"),
    [
        ("last", "", "ann"),  # nobody looked yet: who sits there
        ("last", "first", "first"),
        ("own", "first", "ann"),
        ("worst", "first", "second"),
    ],
)
def test_the_scorecard_shown_first(
    root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, open_on: str, kept: str, role: str
) -> None:
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.setenv("KPI_TUI_USER", "ann")
    settings = PersonalSettings(os.environ, root)
    settings.set("open_on", open_on)
    if kept:
        settings.keep({"role": kept})
    assert start(lambda: Book.open(root, draft=False), InPlace(), lambda *_: None).role == role


def test_who_is_nobody_and_has_looked_at_nothing_sees_the_worst_role(
    root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """80 and 50 of 100: the second, though the first stands before it. It is kept from then on by what one looks at."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("KPI_TUI_USER", "somebody")
    assert start(lambda: Book.open(root, draft=False), InPlace(), lambda *_: None).role == "second"


def test_days_up_to_a_day_are_in_view_again(root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    PersonalSettings(os.environ, root).keep({"grain": "ytd"})
    assert start(lambda: Book.open(root, draft=False), InPlace(), lambda *_: None).period.id == "ytd-2026-10-31"
