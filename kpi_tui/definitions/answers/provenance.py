"""Where the numbers of a page come from, so that a bonus can be recomputed from the same files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kpi_tui.definitions.answers.chain_card import ChainCard
    from kpi_tui.definitions.answers.drivers import Drivers
    from kpi_tui.definitions.answers.page import PageAnswer
    from kpi_tui.definitions.answers.score import RolledUp, Scorecard, ScoreHistory
    from kpi_tui.definitions.answers.segments import SegmentDrivers
    from kpi_tui.definitions.answers.value import Value
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


@dataclass(frozen=True, slots=True)
class WeakLine:
    """A metric that is the weak line of some posts, and which parts moved it; else `why` nothing takes it apart."""

    metric: str
    owners: tuple[str, ...]
    moved: SegmentDrivers | Drivers | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Pack:
    """Everything about a period for others to read: scores, what stands behind them, and where it comes from."""

    period: Period
    cards: tuple[Scorecard, ...]
    chain: ChainCard | None  # where the workspace has one
    star: tuple[Value, ...]  # the north star, oldest first
    drivers: Drivers | None  # what moved it; None for a metric that is read off a chain
    histories: tuple[ScoreHistory, ...]  # of each card, over the last periods
    weak: tuple[WeakLine, ...]
    sources: Provenance
    pages: tuple[PageAnswer, ...] = ()
    wholes: tuple[RolledUp, ...] = ()  # roles by the values they are scored for, teams by their members
