"""What the tests of a run have computed of one workspace, whichever worker did it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from kpi_tui.engine.kept import cache

OF_ONE_PROCESS = cache.Cache
PREPARED = cache.RowsInMemory()
"""The tables of whatever this worker has opened, so that a command on the demo does not prepare them again."""


class RunCache(OF_ONE_PROCESS):
    """The result cache as a growing file of lines, which every worker reads on before it computes a value itself.

    The product's is read once, at the start, and the last who writes it wins: three workers that start together would
    compute everything three times.
    """

    def __init__(self, path: Path | None, *, writes: bool = True) -> None:
        assert path is not None
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lines = os.open(path.with_suffix(".lines"), os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        self._read_until = 0
        super().__init__(path, writes=writes)
        self.rows_in_memory = PREPARED

    def __del__(self) -> None:
        os.close(self._lines)

    def get(self, key: str) -> Any:
        """The stored value, or None."""
        if key not in self._entries:
            self._entries |= self._read()
        return self._entries.get(key)

    def put(self, key: str, value: Any) -> None:
        """Remember a JSON value; one write, which no other comes between."""
        super().put(key, value)
        os.write(self._lines, json.dumps([key, value]).encode() + b"\n")

    def flush(self) -> None:
        """It is on disk."""

    def _read(self) -> dict[str, Any]:
        size = os.fstat(self._lines).st_size - self._read_until
        whole = os.pread(self._lines, size, self._read_until).rpartition(b"\n")[0] if size else b""
        self._read_until += len(whole) + 1 if whole else 0
        return dict(json.loads(line) for line in whole.splitlines())


@contextmanager
def computed_once(folder: Path) -> Iterator[None]:
    """Whatever is opened in the block keeps what it computes in this folder, for all workers of the run.

    One file for all workspaces: an entry names everything that it rests on.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cache, "Cache", RunCache)
        patch.setattr(cache, "cache_file", lambda root, environ: folder / "results.json")
        yield
