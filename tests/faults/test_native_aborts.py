"""A file whose native reader ends the process, as fuzzing found it: a sentence and the code of unreadable data."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.fuzz import SPACE, TABLES

CORPUS = Path(__file__).parent / "corpus"
"""Files that once went wrong, by what they do."""


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "asks_for_too_much_memory.parquet: it is damaged so that its reader gave up; export it again\n"),
        ("zh", "asks_for_too_much_memory.parquet：文件已损坏，读取程序因此中止；请重新导出\n"),
    ],
)
def test_a_reader_that_aborts_is_told(language: str, said: str, tmp_path: Path) -> None:
    """polars wants 2^61 bytes for it; without the sentence the process dies by signal 6 in silence."""
    (tmp_path / "workspace.toml").write_text(SPACE, encoding="utf-8")
    file = CORPUS / "asks_for_too_much_memory.parquet"
    (tmp_path / "tables.toml").write_text(TABLES.format(path=file), encoding="utf-8")
    command = [sys.executable, "-m", "kpi_tui", "--lang", language, "-w", str(tmp_path), "--data", str(CORPUS), "check"]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert (ran.returncode, ran.stdout) == (4, "")
    assert ran.stderr.startswith("kpi-tui: ") and ran.stderr.endswith(said)
    assert ran.stderr.count("\n") == 1
