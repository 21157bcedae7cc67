"""Definitions under attack in the app: one attack; in the long run all of them."""

from __future__ import annotations

import pytest

from tests.faults.asked_definitions import attacks
from tests.terminal.asked_screens import wrong

BUSY = 60.0
"""Seconds of a question on a machine with other work; alone it is 10."""
ATTACKS = {name: attack for attack in attacks() for name in attack[:1]}


@pytest.mark.sampled(len(ATTACKS))
@pytest.mark.parametrize("name", ["text 0", *(name for name in ATTACKS if name != "text 0")])
def test_every_screen_answers_a_definition_under_attack_or_says_why_not(name: str) -> None:
    assert list(wrong(ATTACKS[name], BUSY)) == []
