"""One line of progress on stderr, only for a person who has waited half a second."""

from __future__ import annotations

import time
from typing import TextIO

from kpi_tui.text.clean import clean
from kpi_tui.text.fit import fit
from kpi_tui.text.i18n import told

PATIENCE = 0.5  # seconds before the first word
TICK = 0.1  # seconds between two words


class Ticker:
    """A book's progress callback that writes to a terminal."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._terminal = out.isatty()
        self._next = time.monotonic() + PATIENCE
        self._drawn = False

    def __call__(self, what: str, done: int, total: int) -> None:
        """Draw `what` and how much of it is done."""
        now = time.monotonic()
        if not self._terminal or now < self._next:
            return
        self._next = now + TICK
        count = f" {done}/{total}" if total else ""
        self._out.write("\r" + fit(clean(f"{told(what)}{count} …"), 78).rstrip() + "\x1b[K")
        self._out.flush()
        self._drawn = True

    def clear(self) -> None:
        """Leave the line as it was before."""
        if self._drawn:
            self._out.write("\r\x1b[K")
            self._out.flush()
            self._drawn = False
