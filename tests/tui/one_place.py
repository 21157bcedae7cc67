"""Workspaces of many tests at one place, one after the other: what one has computed, the next finds in the cache.

A value is kept by the files, their times and where they stand; a copy for each test would be computed anew each time.
Whatever a test changes of its copy makes it compute, as it does for a person.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest


def copied(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The template's copy of this very test; drafts stay with the test, the cache with the place."""
    for name in ("STATE", "CONFIG", "DATA"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    around = tmp_path.parent / "one_place"
    monkeypatch.setenv("XDG_CACHE_HOME", str(around / "cache"))
    place = around / "shop"
    shutil.rmtree(place, ignore_errors=True)
    return Path(shutil.copytree(template, place))
