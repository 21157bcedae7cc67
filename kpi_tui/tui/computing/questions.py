"""Questions that several screens ask the book, as plain frozen values: another process could answer them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from kpi_tui.definitions.answers.provenance import Pack, Provenance
from kpi_tui.definitions.answers.targets.target_proposal import COMPARED, RoleProposal
from kpi_tui.definitions.answers.value import Explanation
from kpi_tui.definitions.period import Period

if TYPE_CHECKING:
    from kpi_tui.book import Book, Progress

AnswerT_co = TypeVar("AnswerT_co", covariant=True)


class BookQuestion(Protocol[AnswerT_co]):
    """A frozen dataclass that knows how to ask the book, on the computing thread."""

    def ask(self, book: Book, progress: Progress, /) -> AnswerT_co:
        """Ask; may take long, and raises what the book raises."""


@dataclass(frozen=True, slots=True)
class ExplainQuestion:
    """Where a metric's number comes from."""

    metric: str
    period: Period
    where: str = ""

    def ask(self, book: Book, _progress: Progress, /) -> Explanation:
        """The explanation, of the rows that are `where`."""
        return book.numbers.explain(self.metric, self.period, where=self.where or None)


@dataclass(frozen=True, slots=True)
class RoleValuesQuestion:
    """The values of every role that is scored by those of a column."""

    period: Period

    def ask(self, book: Book, progress: Progress, /) -> dict[str, tuple[str, ...]]:
        """Role -> its values, those of the rows first."""
        cut = [role.id for role in book.workspace.at(self.period).roles.values() if role.per]
        return {role: book.scores.parts(role, self.period, progress) for role in cut}


@dataclass(frozen=True, slots=True)
class PackQuestion:
    """Everything about a period, for others."""

    period: Period

    def ask(self, book: Book, progress: Progress, /) -> Pack:
        """Scores, chain, north star and what stands behind them."""
        return book.packs.of(self.period, progress)


@dataclass(frozen=True, slots=True)
class SourcesQuestion:
    """Where the numbers of a page that leaves the program come from."""

    period: Period

    def ask(self, book: Book, _progress: Progress, /) -> Provenance:
        """Files, digests, what was left out."""
        return book.provenance.of(self.period)


@dataclass(frozen=True, slots=True)
class ProposalsQuestion:
    """Proposed targets of some roles, every basis with its backtest."""

    roles: tuple[str, ...]
    period: Period

    def ask(self, book: Book, progress: Progress, /) -> list[RoleProposal]:
        """Propose; nothing is set."""
        propose = book.target_proposals.of
        return [propose(role, self.period, COMPARED, progress=progress) for role in self.roles]
