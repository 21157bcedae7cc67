"""How the program ends: the code a shell or a script sees, of commands and of the app."""

from __future__ import annotations

from enum import IntEnum

from kpi_tui.definitions.issue import ConflictError, TableError, UsageError, WorkspaceError
from kpi_tui.definitions.progress import Cancelled


class ExitCode(IntEnum):
    """The codes; scripts depend on them."""

    OK = 0
    """Fine: what was asked for stands on stdout."""

    PROBLEM = 1
    """Bad news: `check` found errors, a number could not be computed, or what no other code names."""

    USAGE = 2
    """Wrong usage: an unknown name, option or period; or no terminal for the app."""

    WORKSPACE = 3
    """The workspace cannot be read."""

    DATA = 4
    """Data cannot be read; what could be answered all the same stands on stdout."""

    CONFLICT = 5
    """Somebody else's newer edit stands in the way; nothing was written."""

    CANCELLED = 130
    """Stopped with ctrl+c."""

    @classmethod
    def of(cls, error: BaseException) -> ExitCode:
        """The code of a failure."""
        return next((code for kind, code in _CODES if isinstance(error, kind)), cls.PROBLEM)


_CODES: tuple[tuple[type[BaseException], ExitCode], ...] = (
    (UsageError, ExitCode.USAGE),
    (WorkspaceError, ExitCode.WORKSPACE),
    (TableError, ExitCode.DATA),
    (ConflictError, ExitCode.CONFLICT),
    (Cancelled, ExitCode.CANCELLED),
    (KeyboardInterrupt, ExitCode.CANCELLED),
)
