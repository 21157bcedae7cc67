"""The end of a command whose process a native reader ends: a sentence on stderr and the code of unreadable data."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from kpi_tui.book.last_words import last_words
from kpi_tui.definitions.exit_code import ExitCode
from kpi_tui.text.clean import clean
from kpi_tui.text.i18n import told


@contextmanager
def end_told() -> Iterator[None]:
    """Inside the block it is said on the stderr of now, past all streams."""
    stderr = -1
    with suppress(OSError):  # there may be none
        stderr = os.dup(2)

    def speak(sentence: str) -> None:
        with suppress(OSError):
            os.write(stderr, f"kpi-tui: {clean(told(sentence))}\n".encode())
        os._exit(ExitCode.DATA)

    try:
        with last_words(speak):
            yield
    finally:
        if stderr >= 0:
            os.close(stderr)
