"""Damaged files, TOML and SQL of every kind: a short fuzz; in the long run thirty minutes of each."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from kpi_tui.book import Book, KpiError
from tests.faults.fuzz import SPACE, TABLES, asked, fuzz, sound

CASES = {"csv": 10, "xlsx": 10, "parquet": 20, "toml": 10, "sql": 60}
CORPUS = Path(__file__).parent / "corpus"
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


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """A shop with columns whose names begin statements of SQL."""
    folder = tmp_path_factory.mktemp("shop")
    (folder / "workspace.toml").write_text(SPACE)
    own = "".join(f'{name} = "user_id"\n' for name in ("comment", "call", "kill", "copy"))
    (folder / "tables.toml").write_text(TABLES.format(path="orders.csv") + own)
    (folder / "orders.csv").write_bytes(sound("csv"))
    return Book.open(folder, draft=False)


@pytest.mark.parametrize("line", (CORPUS / "conditions.jsonl").read_text(encoding="utf-8").splitlines())
def test_a_condition_that_once_escaped_is_read_or_refused(book: Book, line: str) -> None:
    try:
        assert asked(book, json.loads(line)) == []
    except KpiError as error:
        assert str(error)
