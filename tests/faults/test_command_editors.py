"""Editors at the command line who are killed now and then: three with four edits each; in the long run 16 with 200."""

from __future__ import annotations

import json
import subprocess
import sys

from tests.examples import is_long
from tests.terminal.terminal import ROOT

PATIENCE = 3600 if is_long() else 300  # seconds: tells a hang from a machine that is busy with other things


def test_commands_at_once_some_of_them_killed_lose_nothing_that_was_said_to_be_saved() -> None:
    size = ("16", "200", "1") if is_long() else ("3", "4", "1")
    program = [sys.executable, "-m", "tests.faults.command_editors", *size]
    done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False)
    found = json.loads(done.stdout)
    assert found["faults"] == []
    assert sum(found["counts"][kind] for kind in ("saved", "killed", "refused")) == int(size[0]) * int(size[1])
    assert found["counts"]["saved"] and found["counts"]["killed"]
