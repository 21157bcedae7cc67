"""A standard output that is full: one sentence, no private log of an unexpected error."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("arguments", [["--help"], ["metrics", "-w", "examples/cdnow"]], ids=["help", "metrics"])
def test_a_full_standard_output_is_a_sentence(arguments: list[str], tmp_path: Path) -> None:
    environ = {**os.environ, "XDG_STATE_HOME": str(tmp_path / "state")}
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "kpi_tui", *arguments], stdout=full, stderr=subprocess.PIPE, text=True, env=environ
        )
    assert done.stderr == "kpi-tui: it cannot be written: No space left on device\n"
    assert done.returncode == 1
    assert not list(tmp_path.rglob("error-*"))
