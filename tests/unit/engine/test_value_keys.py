"""What values rest on is kept from start to start, and never stale."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from kpi_tui.book import Book
from kpi_tui.definitions.period import Period
from kpi_tui.engine import value_keys
from kpi_tui.engine.kept.cache import Cache
from kpi_tui.engine.kept.rests import RestsKept
from tests.workspaces import Shop, orders

JANUARY = Period.parse("2026-01")


@pytest.fixture
def filled(shop: Shop) -> Shop:
    """Three orders of January 2026."""
    paid = (("o1", 100), ("o2", 50), ("o3", 30))
    return shop.has("orders", orders(*((id_, "ann", "2026-01-05 10:00:00", amount) for id_, amount in paid)))


def kept(shop: Shop, metric: str = "paid_amount") -> float | None:
    """The number of a start of its own, which keeps what it found out."""
    book = shop.book()
    (value,) = book.numbers.values([metric], JANUARY)
    book._engine.flush()
    return value.value


def test_a_text_is_worked_out_once_for_all_starts_under_one_stamp(tmp_path: Path) -> None:
    file, asked = tmp_path / "cache.json", list[str]()

    def start(stamp: str) -> str:
        cache = Cache(file)
        found = RestsKept(cache, lambda: stamp).of("aov", lambda: asked.append(stamp) or f"of {stamp}")
        cache.flush()
        return found

    assert [start("a"), start("a"), start("b"), start("a")] == ["of a", "of a", "of b", "of a"]
    assert asked == ["a", "b"]


def test_without_a_stamp_nothing_is_kept() -> None:
    asked, stamps = list[int](), iter(["", "", "now"])
    rests = RestsKept(Cache(None), lambda: next(stamps))
    for number in range(4):
        rests.of("aov", lambda number=number: asked.append(number) or str(number))
    assert asked == [0, 1, 2]


OWN = 'table = "orders"\nagg = "sum"\ncolumn = "paid_amount"\ntime = "paid_at"\nwhere = "paid_amount > %d"\n'


def test_a_definition_that_changes_is_asked_anew(filled: Shop) -> None:
    """January: 100 + 50 + 30; of those above 40, 150; of those above 60, 100."""
    numbers = [kept(filled), kept(filled)]
    for least in (40, 60):
        filled.defines("metrics/own.toml", "[measures.paid_amount_sum]\n" + OWN % least)
        numbers.append(kept(filled))
    assert numbers == [180, 180, 150, 100]


def test_what_was_written_within_a_tick_of_the_clock_is_kept_of_no_value(filled: Shop) -> None:
    """The second text has the inode, the length and, on a file system with a coarse clock, the time of the first."""
    file = filled.defines("metrics/own.toml", "[measures.paid_amount_sum]\n" + OWN % 40).root / "metrics" / "own.toml"
    filled.book()
    now = time.time_ns()
    numbers = []
    for least in (40, 60):
        file.write_text("[measures.paid_amount_sum]\n" + OWN % least, encoding="utf-8")
        for one in filled.root.glob("**/*.toml"):
            os.utime(one, ns=(now, now))
        book = Book.open(filled.root)
        (value,) = book.numbers.values(["paid_amount"], JANUARY)
        book._engine.flush()
        numbers.append(value.value)
    assert numbers == [150, 100]


def test_a_library_that_is_installed_changes_what_is_known(filled: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fact that needs one has no number without it."""
    book = filled.book()
    book.as_of()
    data = book._engine.data
    stamps = set()
    for there in (True, False):
        monkeypatch.setattr(value_keys, "is_installed", lambda _procedure, there=there: there)
        stamps.add(value_keys.stamp("definitions", data))
    assert len(stamps) == 2
    assert value_keys.stamp("", data) == ""
