"""The app on a FakeBook, for tests through a real pseudo-terminal: `python -m tests.terminal.shell DRAFT [MODE]`."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from kpi_tui.definitions.issue import WorkspaceError
from kpi_tui.tui.computing import worker
from kpi_tui.tui.run import run

WAITING = "import os, sys; os.read(int(sys.argv[2]), 1)"
"""A FakeBook needs no rows: who would compute imports nothing, and waits for the end of the app as ever."""


def main(draft: str, mode: str = "") -> int:
    """Open a FakeBook that writes its draft to `draft` when closed; MODE makes something go wrong."""

    def open_book():
        from tests.tui.fake_book import FakeBook

        if mode == "broken":
            raise WorkspaceError("workspace.toml: no \x1b[31m name")
        book = FakeBook(draft=Path(draft))
        if mode == "stderr":
            book.scores.scorecard = _noisy(book.scores.scorecard)
        if mode == "crash":
            book.scores.rescore = _crash
        if mode == "stuck":
            book.close = lambda: time.sleep(60)
        return book

    worker._PROGRAM = WAITING
    return run(open_book, "en")


def _noisy(scorecard):
    def noisy(*args, **more):
        os.write(2, b"thread '<unnamed>' panicked at index.rs\n")
        return scorecard(*args, **more)

    return noisy


def _crash(_card):
    secret = "local-value"
    raise ZeroDivisionError(len(secret))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
