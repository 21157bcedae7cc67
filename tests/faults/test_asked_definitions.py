"""Definitions under attack, asked by commands: two attacks; in the long run all of them."""

from __future__ import annotations

import pytest

from tests.faults.asked_definitions import attacks, wrong

BUSY = 60.0
"""Seconds of a question on a machine with other work; alone it is 10."""
ATTACKS = {name: attack for attack in attacks() for name in attack[:1]}
FIRST = ("text 0", "join of groups")


@pytest.mark.sampled(len(ATTACKS), keep=(0, 1))
@pytest.mark.parametrize("name", [*FIRST, *(name for name in ATTACKS if name not in FIRST)])
def test_every_command_answers_a_definition_under_attack_or_says_why_not(name: str) -> None:
    assert list(wrong(ATTACKS[name], BUSY)) == []
