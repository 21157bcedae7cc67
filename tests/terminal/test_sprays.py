"""A short spray of keys, pastes, mouse and resizes; `python -m tests.terminal.spray 100` is the long one."""

from __future__ import annotations

from pathlib import Path

from tests.terminal.spray import spray, torn_drafts


def test_a_spray_of_keys_leaves_a_living_app_or_a_clean_quit(tmp_path: Path) -> None:
    assert spray(3, 150, tmp_path) == ""
    assert torn_drafts(tmp_path) == []
