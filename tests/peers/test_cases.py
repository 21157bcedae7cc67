"""Small workspaces made from public bug reports that lie beside the project: those that hold today go on holding."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[2] / "shared"
LATER = (
    "xlsx_",  # hostile files: their issue is open
    *("sql_chained_between", "sql_joins_without_on", "sql_cross_join", "sql_rpad_bomb"),
    *("csv_three_thousand_commas", "toml_curly_quotes"),
)
CASES = sorted(path.parent.name for path in SHARED.glob("cases/*/case.toml")) if SHARED.is_dir() else []


@pytest.fixture(scope="module")
def fault_of() -> Iterator[Callable[[str], str]]:
    """What is wrong with a case: one judge for all, whose commands are forks of it; the program is this checkout."""
    judge = subprocess.Popen(
        [sys.executable, str(HERE / "forked_cases.py"), str(SHARED / "tools" / "cases")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(HERE.parents[1]), "PYTHONUTF8": "1"},
    )
    assert judge.stdin is not None
    assert judge.stdout is not None

    def ask(case: str) -> str:
        print(case, file=judge.stdin, flush=True)
        return str(json.loads(judge.stdout.readline()))

    yield ask
    judge.stdin.close()
    assert judge.wait(timeout=60) == 0


@pytest.mark.skipif(not CASES, reason="../shared is absent: its cases are not part of the project")
@pytest.mark.parametrize("case", [case for case in CASES if not case.startswith(LATER)] or ["none"])
def test_a_case_holds(case: str, fault_of: Callable[[str], str]) -> None:
    """Its commands, its figures, its sentences."""
    assert fault_of(case) == ""
