"""Acts of editing that can be taken back and done again (R038)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, TypeVar

S = TypeVar("S")


class Steps(Generic[S]):
    """What was done, the newest last, and what was taken back since."""

    def __init__(self) -> None:
        self._done: list[S] = []
        self._undone: list[S] = []

    def __iter__(self) -> Iterator[S]:
        """The steps that stand, in their order."""
        return iter(self._done)

    def add(self, step: S) -> None:
        """One more; what was taken back before cannot be done again."""
        self._done.append(step)
        self._undone.clear()

    def undo(self) -> S | None:
        """Take back the last one; None: nothing stands."""
        return self._moved(self._done, self._undone)

    def redo(self) -> S | None:
        """Do again what was taken back last; None: nothing was."""
        return self._moved(self._undone, self._done)

    def rewrite(self, steps: list[S]) -> None:
        """These stand now; what was taken back can still be done again."""
        self._done = steps

    def clear(self) -> None:
        """Nothing stands, and nothing can be done again."""
        self._done.clear()
        self._undone.clear()

    @staticmethod
    def _moved(take: list[S], give: list[S]) -> S | None:
        if not take:
            return None
        give.append(take.pop())
        return give[-1]
