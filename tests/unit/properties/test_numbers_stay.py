"""Changes of the files that must not change a number."""

from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.properties.small_shops import (
    KINDS,
    METRICS,
    MISSING_HOUR,
    Numbers,
    Rows,
    event,
    moments,
    numbers,
    quick,
    shops,
)

PERIODS = ("2026-02", "2026-W07")
OUTSIDE = ("2025-12", "2026-02", "2026-04")
Folders = pytest.TempPathFactory


def same(before: Numbers, after: Numbers) -> None:
    """Equal reasons and flags; money may differ in its last digit (floats are added in another order)."""
    assert before.keys() == after.keys()
    wrong = {key: (before[key], after[key]) for key in before if before[key][1:] != after[key][1:]}
    assert wrong == {}
    assert {k: v[0] for k, v in after.items()} == pytest.approx({k: v[0] for k, v in before.items()}, rel=1e-12)


@quick
@given(rows=shops(), random=st.randoms(use_true_random=False), cut=st.integers(0, 12))
def test_neither_the_order_of_rows_nor_two_files_nor_who_was_first_of_one_moment_matters(
    rows: Rows, random: Random, cut: int, tmp_path_factory: Folders
) -> None:
    """Rows in any order in two files; and events of one moment that happened in another order.

    Their ids decide that order, so the ids are dealt anew; which page came first is then another matter.
    """
    folder = tmp_path_factory.mktemp("shop")
    here = numbers(rows.founded(folder / "a"), PERIODS)
    split = rows.founded(folder / "b")
    for table, lines in rows.tables.items():
        mixed = random.sample(lines, len(lines))
        for part, some in (("1", mixed[:cut]), ("2", mixed[cut:])):
            _write(folder / "b" / f"{table}-{part}.csv", list(lines[0]), some)
        split.has(table, lines, path=f"{table}-*.csv", complete_until="2026-03-31")
        (folder / "b" / f"{table}.csv").unlink()
    same(here, numbers(split, PERIODS))
    events = sorted(rows.tables["events"], key=lambda row: row["ts"])
    dealt = []
    for _, tied in groupby(events, key=lambda row: row["ts"]):
        some = list(tied)
        dealt += [row | {"event_id": other["event_id"]} for row, other in zip(some, reversed(some), strict=True)]
    same(here, numbers(rows.having("events", dealt).founded(folder / "c"), PERIODS))


@quick
@given(rows=shops(), weeks=st.integers(-60, 60))
def test_all_stamps_may_move_by_whole_weeks_with_the_period(rows: Rows, weeks: int, tmp_path_factory: Folders) -> None:
    by, day, week = timedelta(weeks=weeks), datetime(2026, 2, 10), datetime(2026, 2, 9)
    folder = tmp_path_factory.mktemp("shop")
    until = datetime(2026, 3, 31)

    def asked(back: timedelta) -> tuple[str, ...]:
        year, number, _ = (week + back).isocalendar()
        span = f"{(week + back).date()}/{(week + back + timedelta(days=26)).date()}"
        return f"{(day + back).date()}", f"{year}-W{number:02d}", span

    here = numbers(rows.founded(folder / "a"), asked(timedelta()))
    moved = rows.stamped(lambda at: str(at + by)).founded(folder / "b", until=f"{(until + by).date()}")
    there = numbers(moved, asked(by))
    same(here, dict(zip(here, there.values(), strict=True)))


@quick
@given(rows=shops(), zone=st.sampled_from(["UTC", "Asia/Shanghai", "America/New_York"]))
def test_local_days_are_the_same_in_every_zone(rows: Rows, zone: str, tmp_path_factory: Folders) -> None:
    """The same wall clock, written as UTC instants by a server and read back in the shop's own zone."""

    def instant(at: datetime) -> str:
        return at.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC).isoformat()

    def exists(at: str | None) -> bool:
        return at is None or not MISSING_HOUR <= datetime.fromisoformat(at) < MISSING_HOUR + timedelta(hours=1)

    rows = rows.having("orders", [row for row in rows.tables["orders"] if exists(row["paid_at"])])
    folder = tmp_path_factory.mktemp("shop")
    abroad = Rows(rows.stamped(instant).tables, {"timezone": zone}).founded(folder / "b")
    same(numbers(rows.founded(folder / "a"), PERIODS), numbers(abroad, PERIODS))


OUT_OF_SPAN = [(datetime(2025, 6, 1), 0, "page_view", "web"), (datetime(2027, 1, 1), 0, "page_view", "app")]
BROKEN = st.tuples(
    moments(),
    st.integers(0, 9), st.sampled_from(KINDS), st.sampled_from(["web", "app"]),
)  # fmt: skip


@quick
@given(rows=shops(), broken=st.lists(BROKEN, min_size=1, max_size=10).map(lambda some: [*some, *OUT_OF_SPAN]))
def test_invalid_events_change_only_the_tracking_rate_r007(
    rows: Rows, broken: list[tuple[datetime, int, str, str]], tmp_path_factory: Folders
) -> None:
    dirt = [event(900 + n, *one, valid=False) for n, one in enumerate(broken)]
    folder, metrics = tmp_path_factory.mktemp("shop"), [*METRICS, "tracking_validity_rate"]
    clean = numbers(rows.founded(folder / "a"), OUTSIDE, metrics)
    dirty = numbers(rows.having("events", [*rows.tables["events"], *dirt]).founded(folder / "b"), OUTSIDE, metrics)
    good = sum(row["ts"].startswith("2026-02") for row in rows.tables["events"])
    bad = sum(datetime(2026, 2, 1) <= at < datetime(2026, 3, 1) for at, *_ in broken)
    expected = good / (good + bad) if good + bad else None
    assert dirty["tracking_validity_rate", "2026-02"][0] == pytest.approx(expected)
    same(*({key: one[key] for key in one if key[0] != "tracking_validity_rate"} for one in (clean, dirty)))


def _write(path: Path, columns: list[str], rows: object) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)  # type: ignore[arg-type]
