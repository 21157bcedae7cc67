"""A small workspace that stands on its own, to be spoilt one way at a time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sound_workspace import SOUND

from kpi_tui.workspace.load import Loaded, load

Load = Callable[..., Loaded]


@pytest.fixture
def load_with(tmp_path: Path) -> Load:
    """load_with({"file": "text" | bytes | (old, new)}): the sound workspace with some files changed, loaded."""

    def build(changes: dict[str, str | bytes | tuple[str, str]] | None = None) -> Loaded:
        for name in {**SOUND, **(changes or {})}:
            change = (changes or {}).get(name, SOUND.get(name, ""))
            if isinstance(change, tuple):
                old, new = change
                assert SOUND[name].count(old) == 1, f"{old!r} must stand once in {name}"
                change = SOUND[name].replace(old, new)
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(change if isinstance(change, bytes) else change.encode())
        return load(tmp_path)

    return build
