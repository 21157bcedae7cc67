"""Where the numbers of a page come from, so that a bonus can be recomputed from the same files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kpi_tui.definitions.period import Period
from kpi_tui.definitions.text import Text


@dataclass(frozen=True, slots=True)
class LeftOutRows:
    """Rows of a table that count nowhere: not readable as the mapping says, or excluded by the workspace itself."""

    table: str
    rows_read: int
    rejected: int
    filtered: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """Who set targets of the period, and when last (ISO time); empty where none is set."""

    by: tuple[str, ...] = ()
    at: str = ""


@dataclass(frozen=True, slots=True)
class Digests:
    """sha256 over the contents of the data files, the definitions and the targets; empty where there are no files."""

    data: str = ""
    definitions: str = ""
    targets: str = ""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Whose numbers, of when, made from what. `over` is None where no period is asked about."""

    workspace: Text
    period: Period | None
    as_of: date | None
    over: bool | None
    agreed: Agreement
    left_out: tuple[LeftOutRows, ...]
    digests: Digests
    unreadable: tuple[str, ...] = ()  # tables that could not be read
