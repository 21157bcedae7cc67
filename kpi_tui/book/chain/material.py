"""What a chain is scored from: counts of the tables and typed ones, agreed targets, settings (R039–R072)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from kpi_tui.book.chain.cells import chain_key
from kpi_tui.definitions.answers.chain_inputs import Agreed, ChainInputs, Count, Counts
from kpi_tui.definitions.issue import TableError, UsageError
from kpi_tui.definitions.library.chain import Chain
from kpi_tui.definitions.library.chain_periods import periods_needed
from kpi_tui.definitions.message import listed, say
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.progress import Progress
from kpi_tui.definitions.workspace import Workspace

if TYPE_CHECKING:
    from kpi_tui.engine.numbers import Numbers
    from kpi_tui.workspace.edits.period_edits import PeriodEdits


class ChainMaterial:
    """Collects it for a month, pending edits included."""

    def __init__(self, workspace: Workspace, engine: Numbers, targets: PeriodEdits, actuals: PeriodEdits) -> None:
        self._workspace = workspace
        self._engine = engine
        self._targets = targets
        self._actuals = actuals

    def find(self, chain: str = "") -> Chain:
        """A chain by id; without one `site`, else the first. UsageError names the known ones."""
        chains = self._workspace.chains
        if not chain and chains:
            return chains.get("site") or next(iter(chains.values()))
        if chain in chains:
            return chains[chain]
        raise UsageError(
            say("there is no chain {chain!r}; known: {names}", chain=chain, names=listed(chains) or say("none"))
        )

    def today(self) -> date | None:
        """The last day that has data; None where there are no data."""
        try:
            return self._engine.as_of()
        except TableError:
            return None

    def read(self, chain: Chain, month: Period, progress: Progress | None = None) -> ChainInputs:
        """The material of a month, its counts read from the tables."""
        from kpi_tui.book.chain.context import counts_of

        return self.with_counts(
            chain, month, counts_of(self._workspace, self._engine, periods_needed(chain, month, self.today()), progress)
        )

    def with_counts(self, chain: Chain, month: Period, counts: Counts) -> ChainInputs:
        """The material of a month whose counts are read already."""
        periods = {period for periods in periods_needed(chain, month).values() for period in periods}
        return ChainInputs(chain, self._typed_in(counts), self._agreed(chain, periods), self._workspace.settings)

    def _agreed(self, chain: Chain, periods: Iterable[Period]) -> Agreed:
        wanted = {*periods, *(period.next() for period in periods)}
        owner = chain_key(chain.id, "").role
        return {
            (period.id, key.metric): target.value
            for period in wanted
            for key, target in self._targets.of(period).items()
            if key.role == owner
        }

    def _typed_in(self, counts: Counts) -> Counts:
        """The numbers of the tables; where they have none or not the whole period, what was typed."""
        merged = dict(counts)
        for period in {period for _, period in counts}:
            for key, target in self._actuals.of(period).items():
                known = counts.get((key.metric, period))
                if known is not None and (known.value is None or known.partial):
                    merged[key.metric, period] = Count(target.value, by_hand=True)
        return merged
