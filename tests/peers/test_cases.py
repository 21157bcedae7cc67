"""Small workspaces made from public bug reports that lie beside the project: those that hold today go on holding."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[3] / "shared"
LATER = (
    "xlsx_",  # hostile files: their issue is open
    *("sql_chained_between", "sql_joins_without_on", "sql_cross_join", "sql_rpad_bomb"),
    *("csv_three_thousand_commas", "toml_curly_quotes"),
)
CASES = sorted(path.parent.name for path in SHARED.glob("cases/*/case.toml")) if SHARED.is_dir() else []


@pytest.mark.skipif(not CASES, reason="../shared is absent: its cases are not part of the project")
@pytest.mark.parametrize("case", [case for case in CASES if not case.startswith(LATER)] or ["none"])
def test_a_case_holds(case: str) -> None:
    """Its commands, its figures, its sentences; the program is this checkout."""
    kpi = Path(sys.executable).with_name("kpi-tui")
    ran = subprocess.run(
        [sys.executable, str(SHARED / "tools" / "cases"), "--kpi", str(kpi), case],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])},
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
