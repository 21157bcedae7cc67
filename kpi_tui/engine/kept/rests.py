"""What values rest on, in one short text each, kept from start to start: to work it out all SQL must be read."""

from __future__ import annotations

from collections.abc import Callable

from kpi_tui.engine.kept.cache import Cache


class RestsKept:
    """Texts by name, kept under a stamp that changes whenever one of them may."""

    def __init__(self, cache: Cache, stamp: Callable[[], str]) -> None:
        """`stamp`: "" as long as nothing shall be kept."""
        self._cache = cache
        self._stamp = stamp
        self._under = ""
        self._known: dict[str, str] = {}

    def of(self, name: str, work_out: Callable[[], str]) -> str:
        """The text of a name, worked out where it is not kept."""
        if (known := self._known.get(name)) is not None:
            return known
        if not self._under and not (under := self._stamp()):
            return work_out()
        self._under = self._under or under
        key = f"rests:{self._under}:{name}"
        found = self._cache.get(key)
        if found is None:
            found = work_out()
            self._cache.put(key, found)
        return self._known.setdefault(name, str(found))
