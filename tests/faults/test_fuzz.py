"""Damaged files, TOML and SQL of every kind: a short fuzz; in the long run thirty minutes of each."""

from __future__ import annotations

import time

import pytest

from tests.faults.fuzz import fuzz

CASES = {"csv": 10, "xlsx": 10, "parquet": 20, "toml": 10, "sql": 60}
LONG = 1800.0  # seconds of each kind


@pytest.mark.parametrize("kind", CASES)
def test_a_damaged_original_is_read_or_refused_with_a_sentence(kind: str, pytestconfig: pytest.Config) -> None:
    if pytestconfig.getoption("long"):
        until = time.monotonic() + LONG
        found = fuzz(kind, lambda _done: time.monotonic() < until, seed=time.time_ns() % 1_000_000)
    else:
        found = fuzz(kind, lambda done: done < CASES[kind], seed=1)
    assert found.wrong == []
    print(f"{kind}: {dict(found.counts)}")
    assert found.counts["read"] + found.counts["refused"] >= CASES[kind]
