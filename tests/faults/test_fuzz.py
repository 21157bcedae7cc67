"""A short fuzz of every kind of file, of TOML and SQL; `python -m tests.faults.fuzz KIND SECONDS` goes on for long."""

from __future__ import annotations

import pytest

from tests.faults.fuzz import fuzz

CASES = {"csv": 15, "xlsx": 15, "parquet": 25, "toml": 15, "sql": 60}


@pytest.mark.parametrize("kind", CASES)
def test_a_damaged_original_is_read_or_refused_with_a_sentence(kind: str) -> None:
    found = fuzz(kind, lambda done: done < CASES[kind], seed=1)
    assert found.wrong == []
    assert found.counts["read"] + found.counts["refused"] == CASES[kind]
