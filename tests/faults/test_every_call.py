"""A few blows of `python -m tests.faults.every_call`, which deals all of them."""

from __future__ import annotations

import shutil

import pytest

from tests.faults.every_call import strike


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed: no call can be struck")
@pytest.mark.parametrize(("case", "first"), [("target", 9), ("define", 5)])
def test_a_command_struck_at_a_call_leaves_the_old_or_the_new(case: str, first: int) -> None:
    dealt, wrong = strike(case, 40, first=first)
    assert dealt > 0
    assert wrong == []
