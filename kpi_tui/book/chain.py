"""Chains for the Book: cards, roll-over, and the numbers that are typed by hand (spec chapter 3).

Targets of links lie with the other targets, under `chain:<id>`: in a week's file per link, in a month's file the
growth baseline and changed points. Numbers typed by hand lie in `actuals/`, under `counts`, per measure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kpi_tui.definitions.answers.chain_card import ChainCard, Roll
from kpi_tui.definitions.issue import TableError, UsageError
from kpi_tui.definitions.library.chain import GROWTH, Agreed, Chain, Count, Counts, Link, Material, TargetRule
from kpi_tui.definitions.library.chain_periods import needs
from kpi_tui.definitions.message import say
from kpi_tui.definitions.period import Grain, Period
from kpi_tui.definitions.target import Change, Target, TargetKey
from kpi_tui.definitions.workspace import Workspace

if TYPE_CHECKING:
    from kpi_tui.definitions.progress import Progress
    from kpi_tui.engine.numbers import Numbers
    from kpi_tui.workspace.edits.desk import Desk

COUNTS = "counts"
"""Whose cells the hand-entered numbers are: they belong to the shop, not to one chain."""


def chain_key(chain: str, key: str) -> TargetKey:
    """The target cell of a link, of `growth`, or of `points.<link>`."""
    return TargetKey(f"chain:{chain}", key)


class ChainBook:
    """The part of the Book that knows chains."""

    workspace: Workspace
    _numbers: Numbers
    _desk: Desk
    _actuals: Desk

    def chain_of(self, chain: str = "") -> Chain:
        """A chain by id; without one `site`, else the first. UsageError names the known ones."""
        chains = self.workspace.chains
        if not chain and chains:
            return chains.get("site") or next(iter(chains.values()))
        if chain in chains:
            return chains[chain]
        raise UsageError(
            say("there is no chain {chain!r}; known: {names}", chain=chain, names=", ".join(chains) or say("none"))
        )

    def chain(self, chain: str, period: Period, *, progress: Progress | None = None) -> ChainCard:
        """A chain in a month, pending edits included; another period is read as the month it ends in."""
        from kpi_tui.analysis.chain.diagnosis import diagnose
        from kpi_tui.book.chain_context import Context, gather
        from kpi_tui.scoring.chain_score import score_month

        definition, month, today = self.chain_of(chain), month_of(period), self._today()
        context: Context = gather(self.workspace, self._numbers, definition, month, today, progress)
        material = self._material(definition, month, context.counts)
        card = score_month(material, month, today)
        past = tuple(score_month(material, month.previous(back), today) for back in (2, 1))
        return diagnose(material, card, past, context.facts, today)

    # --- targets ----------------------------------------------------------------------------
    def roll(self, chain: str, period: Period) -> list[Roll]:
        """What the rules propose next, beside what is agreed now; nothing is written.

        A week: the next week's targets. A month: its next open week; when all its weeks are over, the growth
        baseline, the first week and the visitor targets of the next month (R043–R062).
        """
        from kpi_tui.scoring.roll import proposal

        definition, month = self.chain_of(chain), month_of(period)
        material = self._roll_material(definition, month)
        return proposal(material, month, period if period.grain is Grain.WEEK else None, self._today())

    def take_roll(self, chain: str, rolls: Iterable[Roll], why: str = "") -> int:
        """Pending edits that agree to a proposal; how many cells changed. `save` writes, `undo` takes back."""
        cells: dict[str, dict[TargetKey, float | None]] = {}
        for roll in rolls:
            cells.setdefault(roll.period, {})[chain_key(self.chain_of(chain).id, roll.key)] = roll.new
        return self._desk.edit_all(cells, why or f"rolled over: {chain}")

    def set_link_target(self, chain: str, link: str, period: Period, value: float | None, why: str = "") -> None:
        """Agree the target of a link in a week (a count for the growth link, else a rate)."""
        definition = self.chain_of(chain)
        self._desk.edit(period.id, {chain_key(definition.id, link_of(definition, link).id): value}, why)

    def set_points(self, chain: str, link: str, month: Period, points: float | None, why: str = "") -> None:
        """Change the points of a link from the chain's own for one month (R070)."""
        definition = self.chain_of(chain)
        if points is not None and points < 0:
            raise UsageError(say("points cannot be negative"))
        self._desk.edit(month.id, {chain_key(definition.id, f"points.{link_of(definition, link).id}"): points}, why)

    def reset_growth(self, chain: str, month: Period, growth: float | None, why: str) -> None:
        """Set the growth baseline of a month by hand; it needs a note (R061). None: back to the chain's own."""
        if not why.strip():
            raise UsageError(say("a reset of the growth baseline needs a note (why)"))
        if growth is not None and not 0 <= growth < 10:
            raise UsageError(say("a growth baseline is a share a week, such as 3%"))
        self._desk.edit(month.id, {chain_key(self.chain_of(chain).id, GROWTH): growth}, why)

    # --- numbers typed by hand --------------------------------------------------------------
    def enter(
        self, chain: str, link: str, period: Period, value: float | None, base: float | None = None, why: str = ""
    ) -> None:
        """Type the count of a link in a week (in its own period for G and H), and what it is divided by.

        The numbers belong to their measures: the inquiries of C are also what D divides by. They count where the
        tables have no number. UsageError for a link without counts, or a number below 0.
        """
        cells = dict(cells_of(link_of(self.chain_of(chain), link), value, base))
        self._actuals.edit(period.id, cells, why)

    def enter_all(self, rows: Mapping[str, Mapping[TargetKey, float | None]], why: str = "") -> int:
        """Many typed numbers as one step: period id -> cells (of `read_sheet`); how many changed."""
        return self._actuals.edit_all(rows, why)

    def read_sheet(self, chain: str, path: Path) -> dict[str, dict[TargetKey, float | None]]:
        """A CSV sheet with the columns week, link, numerator, denominator; UsageError names every bad row."""
        from kpi_tui.workspace.edits.actual_sheet import read_rows

        definition = self.chain_of(chain)
        found: dict[str, dict[TargetKey, float | None]] = {}
        for row in read_rows(path, definition):
            cells = cells_of(link_of(definition, row.link), row.numerator, row.denominator)
            found.setdefault(row.period, {}).update(cells)
        return found

    def typed(self, period: Period) -> Mapping[str, Target]:
        """Measure -> the number typed for a period, unsaved ones included."""
        return {key.metric: target for key, target in self._actuals.targets(period.id).items()}

    def pending_actuals(self) -> Mapping[tuple[str, TargetKey], tuple[float | None, float | None]]:
        """Typed numbers that are not saved yet."""
        return self._actuals.pending()

    def save_actuals(self, why: str = "") -> list[Change]:
        """Write the typed numbers, as safely as targets."""
        return self._actuals.save(why, ())

    def discard_actuals(self) -> None:
        """Forget typed numbers that are not saved."""
        self._actuals.discard()

    def undo_actuals(self) -> list[Change] | str | None:
        """Take back my last typed step or saved batch."""
        return self._actuals.undo(lambda _: False)

    def redo_actuals(self) -> list[Change] | str | None:
        """Do it again."""
        return self._actuals.redo(lambda _: False)

    def actual_history(self) -> list[Change]:
        """Who typed what, newest last."""
        return self._actuals.history()

    # --- inside -----------------------------------------------------------------------------
    def _material(self, chain: Chain, month: Period, counts: Counts) -> Material:
        periods = {period for periods in needs(chain, month).values() for period in periods}
        return Material(chain, self._typed_in(counts), self._agreed(chain, periods), self.workspace.settings)

    def _roll_material(self, chain: Chain, month: Period) -> Material:
        from kpi_tui.book.chain_context import counts_of

        return self._material(chain, month, counts_of(self.workspace, self._numbers, needs(chain, month), None))

    def _agreed(self, chain: Chain, periods: Iterable[Period]) -> Agreed:
        wanted = {*periods, *(period.next() for period in periods)}
        owner = chain_key(chain.id, "").role
        return {
            (period.id, key.metric): target.value
            for period in wanted
            for key, target in self._desk.targets(period.id).items()
            if key.role == owner
        }

    def _typed_in(self, counts: Counts) -> Counts:
        """The numbers of the tables; where they have none or not the whole period, what was typed."""
        merged = dict(counts)
        for period in {period for _, period in counts}:
            for key, target in self._actuals.targets(period).items():
                known = counts.get((key.metric, period))
                if known is not None and (known.value is None or known.partial):
                    merged[key.metric, period] = Count(target.value, by_hand=True)
        return merged

    def _today(self) -> date | None:
        try:
            return self._numbers.as_of()
        except TableError:
            return None


def month_of(period: Period) -> Period:
    """The month a period is scored in: a week belongs where its Monday lies, anything longer where it ends."""
    day = period.start if period.grain in (Grain.WEEK, Grain.DAY) else period.last_day
    return Period.containing(day, Grain.MONTH)


def link_of(chain: Chain, link: str) -> Link:
    """A link of a chain; UsageError names the known ones."""
    found = chain.link(link)
    if found is None:
        raise UsageError(
            say(
                "the chain {chain} has no link {link!r}; known: {names}",
                chain=chain.id,
                link=link,
                names=", ".join(k.id for k in chain.links),
            )
        )
    return found


def cells_of(link: Link, value: float | None, base: float | None) -> Sequence[tuple[TargetKey, float | None]]:
    """The typed cells of a link: its count, and what it is divided by when that is given."""
    count = link.numerator or link.absolute
    if not count:
        raise UsageError(say("link {link} has no count to type", link=link.id))
    if base is not None and not link.denominator:
        raise UsageError(say("link {link} is a plain count: type one number", link=link.id))
    for number in (value, base):
        if number is not None and number < 0:
            raise UsageError(say("link {link}: a count cannot be {number:g}", link=link.id, number=number))
    cells = [(TargetKey(COUNTS, count), value)]
    return [*cells, (TargetKey(COUNTS, link.denominator), base)] if base is not None else cells


def scaled(link: Link) -> bool:
    """True for links that are read over a longer period of their own (G, H)."""
    return link.rule in (TargetRule.HISTORY, TargetRule.PRECEDING)
