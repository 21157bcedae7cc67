"""A command that computes is watched: too much memory or time ends it with a sentence, not with the machine.

A thread looks ten times a second at what the process holds; polars lets it run while it computes. A save is whole or
absent whenever the process ends, so that ending at once leaves nothing half done.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kpi_tui.definitions.message import say

if TYPE_CHECKING:
    from kpi_tui.book.person.personal_settings import PersonalSettings

MB = 1 << 20
SHARE = 0.75
"""Of the memory of the machine, where nobody says how much a question may use."""
_LOOK_SECONDS = 0.1
_STATM = Path("/proc/self/statm")
_CGROUP = Path("/sys/fs/cgroup/memory.max")


@dataclass(frozen=True, slots=True)
class Limits:
    """Megabytes and seconds; 0 seconds: no limit."""

    memory: float
    seconds: float


def limits(max_memory: float, max_seconds: float) -> Limits:
    """Those of the settings; 0 megabytes: a share of what the machine, or the container, has."""
    return Limits(max_memory or SHARE * machine_memory(), max_seconds)


def limits_of(settings: PersonalSettings) -> Limits:
    """Those a person has set, in a workspace too."""
    return limits(float(settings.value("max_memory") or 0), float(settings.value("max_seconds") or 0))


def exceeded(what: str, allowed: Limits) -> str:
    """What a question did that needed more than that; `what`: "memory" or "time"."""
    if what == "memory":
        return say("this needs more than {most:,.0f} MB of memory (setting max_memory)", most=allowed.memory)
    return say("this takes longer than {most:,.0f} s (setting max_seconds)", most=allowed.seconds)


def machine_memory() -> float:
    """Megabytes of the machine, or of the container around the process where that is less."""
    whole = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / MB
    with suppress(OSError, ValueError):
        whole = min(whole, int(_CGROUP.read_text()) / MB)
    return whole


def resident_memory() -> float:
    """Megabytes that the process holds now; where that is not told, the most it ever held."""
    try:
        return int(_STATM.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / MB
    except (OSError, IndexError, ValueError):
        import resource

        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak / MB if sys.platform == "darwin" else peak / 1024


@contextmanager
def watched(allowed: Limits, ended: Callable[[str], None], look: float = _LOOK_SECONDS) -> Iterator[None]:
    """What is done inside may use so much. `ended` is called once, on the watching thread, with "memory" or "time"."""
    over, began = threading.Event(), time.monotonic()

    def watch() -> None:
        what = ""
        while not what and not over.wait(look):
            if resident_memory() > allowed.memory:
                what = "memory"
            elif allowed.seconds and time.monotonic() - began > allowed.seconds:
                what = "time"
        if what:
            ended(what)

    threading.Thread(target=watch, name="resource watch", daemon=True).start()
    try:
        yield
    finally:
        over.set()
