"""What is done only when the same key is pressed again: read after the question, so that `⏎⏎` in one read is none."""

from __future__ import annotations

from textual._time import get_time  # the clock of `Key.time`


class Confirmation:
    """Remembers what was asked about, and when."""

    def __init__(self) -> None:
        self._about: object = None
        self._since = 0.0

    def given(self, about: object, read: float) -> bool:
        """Whether a key read then (`Key.time`) answers what was asked; else it is asked about from now on."""
        if self._about == about:
            return read > self._since
        self._about, self._since = about, get_time()
        return False

    def forget(self) -> None:
        """It is asked about again the next time."""
        self._about = None
