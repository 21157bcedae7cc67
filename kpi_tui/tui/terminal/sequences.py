"""Two keys in a row as one command: `gd` the day, `gg` the first row."""

from __future__ import annotations

from collections.abc import Mapping
from time import monotonic

PATIENCE = 1.0
"""Seconds in which the second key must come."""


class KeySequences:
    """Keeps a first key until the second one comes; Escape, another key or time forget it."""

    def __init__(self, known: Mapping[tuple[str, str], str]) -> None:
        """`known`: two keys -> the id of what they do."""
        self._known = known
        self._first = ""
        self._at = 0.0

    @property
    def pending(self) -> str:
        """The key that waits for a second one; empty when none does."""
        return self._first if monotonic() - self._at < PATIENCE else ""

    def press(self, key: str) -> tuple[bool, str]:
        """Whether the key belongs to a sequence, and the id of the command that it completes."""
        first, self._first = self.pending, ""
        if first:
            command = self._known.get((first, key), "")
            return bool(command) or key == "escape", command
        if any(key == begin for begin, _second in self._known):
            self._first, self._at = key, monotonic()
            return True, ""
        return False, ""

    def forget(self) -> None:
        """No second key came."""
        if monotonic() - self._at >= PATIENCE * 0.9:  # a timer of an earlier first key leaves a later one alone
            self._first = ""
