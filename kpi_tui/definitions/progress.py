"""How long work is told about and stopped: a callback, and what it raises to stop."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""progress(what, done, total): called from the computing thread; raise Cancelled in it to stop."""


class Cancelled(Exception):
    """Raised by a progress callback to stop long work."""
