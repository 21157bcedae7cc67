"""How long work is told about and stopped, or left to another process."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""progress(what, done, total): called from the computing thread; raise Cancelled in it to stop."""


class Cancelled(Exception):
    """Raised by a progress callback to stop long work."""


class RowsNeeded(Exception):
    """An answer needs rows of the data, and this process reads none: another one must be asked."""
