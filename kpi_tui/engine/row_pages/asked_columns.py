"""What is said of a column that rows do not have."""

from __future__ import annotations

from collections.abc import Sequence

from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.message import listed, say
from kpi_tui.definitions.names import nearest


def no_column(name: str, names: Sequence[str]) -> UsageError:
    """Which column was meant, or which there are."""
    if near := nearest(name, names):
        return UsageError(say("the rows have no column {column!r}; did you mean {near}?", column=name, near=near))
    return UsageError(say("the rows have no column {column!r}; they have {known}", column=name, known=listed(names)))


def not_asked(only: str, why: object) -> UsageError:
    """A filter that these rows cannot be asked."""
    return UsageError(say("{filter!r} cannot be asked of these rows: {why}", filter=only, why=why))
