"""Sprays of keys, pastes, mouse and resizes: a short one; in the long run a hundred of 2,000."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.terminal.spray import spray, torn_drafts


@pytest.mark.sampled(100)
@pytest.mark.parametrize("seed", range(3, 103))
def test_a_spray_of_keys_leaves_a_living_app_or_a_clean_quit(
    seed: int, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    assert spray(seed, 2_000 if pytestconfig.getoption("long") else 150, tmp_path) == ""
    assert torn_drafts(tmp_path) == []
