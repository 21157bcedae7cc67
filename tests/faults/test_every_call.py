"""Commands struck at calls that change the disk: two blows; in the long run all of every command that writes."""

from __future__ import annotations

import shutil

import pytest

from tests.faults.every_call import CASES, strike

FEW = {"target": 8, "define": 5}
"""Case -> the blow that the default run begins with: a kill, and a full disk."""
SELDOM = 1000
"""The default run deals one blow of each case."""


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed: no call can be struck")
@pytest.mark.sampled(8, keep=(0, 1))
@pytest.mark.parametrize("case", [*FEW, *(name for name in CASES if name not in FEW)])
def test_a_command_struck_at_a_call_leaves_the_old_or_the_new(case: str, pytestconfig: pytest.Config) -> None:
    long = bool(pytestconfig.getoption("long"))
    dealt, wrong = strike(case, 1 if long else SELDOM, first=0 if long else FEW.get(case, 0))
    assert dealt > 0
    assert wrong == []
