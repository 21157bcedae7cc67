"""Metrics that are read off a chain: link scores, their total, the recalibrated baseline (R058–R067).

Targets of links are agreed, not computed, so these numbers belong to the Book and not to the engine. They are
read per month; a longer period is the mean of its months, or the last one, as the metric's roll-up says.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from math import fsum
from typing import TYPE_CHECKING

from kpi_tui.definitions.answers.value import Explanation, Reason, Value, missing_together
from kpi_tui.definitions.library.chain import TargetRule
from kpi_tui.definitions.library.metric import GROWTH_SUFFIX, OF_LINK, Metric, Rollup
from kpi_tui.definitions.message import say
from kpi_tui.definitions.period import Grain, Period

if TYPE_CHECKING:
    from kpi_tui.book.chain.material import ChainMaterial
    from kpi_tui.book.library import Library
    from kpi_tui.definitions.answers.chain_card import ChainCard, LinkCard, WeekCell
    from kpi_tui.definitions.answers.chain_inputs import Count
    from kpi_tui.definitions.progress import Progress
    from kpi_tui.engine.numbers import Numbers
    from kpi_tui.engine.query.cut import Cut


class ChainMetrics:
    """Answers one question about chain metrics; for it a chain is scored once per month."""

    def __init__(
        self, library: Library, engine: Numbers, material: ChainMaterial, progress: Progress | None = None
    ) -> None:
        self._library = library
        self._engine = engine
        self._material = material
        self._progress = progress
        self._cards: dict[tuple[str, Period], ChainCard] = {}

    def among(self, metrics: Sequence[str], periods: Sequence[Period], cut: Cut) -> list[Value]:
        """Values in the order asked: those read off a chain among those the engine counts."""
        counted = [metric for metric in metrics if not self._library.metric(metric).chain]
        found: dict[str, list[Value]] = {metric: [] for metric in metrics}
        for value in self._engine.values(counted, periods, cut, self._progress) if counted else ():
            found[value.metric].append(value)
        chosen = bool(cut.where or cut.campaign)
        for metric in found:
            if metric not in counted:
                found[metric] = [self.value(metric, period, cut=chosen) for period in periods]
        return [value for metric in metrics for value in found[metric]]

    def value(self, name: str, period: Period, *, cut: bool = False) -> Value:
        """A chain metric at a month or longer. `cut`: rows were chosen, which a chain knows nothing of."""
        metric = self._library.metric(name)
        blank = Value(name, period, None, Reason.NOT_APPLICABLE, unit=metric.unit)
        if name.endswith(GROWTH_SUFFIX):
            from kpi_tui.engine.rollup import growth

            now, before = (self.value(metric.id, when, cut=cut) for when in (period, period.previous()))
            return growth(metric, now, before)
        if cut:
            return replace(blank, detail=say("a chain is not restricted by a condition on rows"))
        months = _months(period)
        if not months:
            return replace(
                blank, detail=say("{metric} is counted per month; ask for a month or longer", metric=metric.id)
            )
        today = self._material.today()
        begun = [month for month in months if today is None or month.start <= today] or months[:1]
        if metric.rollup is Rollup.LAST or len(months) == 1:
            last = self._at(metric, begun[-1], today)
            running = last.value is not None and (last.partial or len(begun) < len(months))
            return replace(last, period=period, partial=running, until=str(today) if running else "")
        values = [self._at(metric, month, today) for month in begun]
        known = [value.value for value in values if value.value is not None]
        if not known:
            return replace(values[-1], period=period)
        partial = len(begun) < len(months) or any(value.partial for value in values)
        mean = fsum(known) / len(known)
        until = str(today) if partial else ""
        blank = replace(blank, reason=None, measures={"periods": len(known)})
        from kpi_tui.engine.rollup import lacking_parts

        said = [*(note for value in values for note in value.notes), lacking_parts(values, Reason.NOT_APPLICABLE)]
        notes = tuple(missing_together(filter(None, said), period.days))
        left_out = {table: count for value in values for table, count in value.left_out.items()}
        return replace(blank, value=mean, partial=partial, until=until, notes=notes, left_out=left_out)

    def explain(self, name: str, period: Period) -> Explanation:
        """The value with the weeks of its link, or the links of its total, behind it."""
        metric, value = self._library.metric(name), self.value(name, period)
        parts: list[Value] = []
        if months := _months(period):
            card = self._card(metric.chain, months[-1])
            parts = [part for link in card.links if _is_part(metric, link) for part in _weeks(metric, link)]
        return Explanation(value, metric.how, (), {}, sub_periods=tuple(parts))

    def _at(self, metric: Metric, month: Period, today: date | None) -> Value:
        card = self._card(metric.chain, month)
        partial = today is not None and month.last_day > today
        blank = _with_doubts(Value(metric.id, month, None, unit=metric.unit), metric, card)
        if metric.reads in OF_LINK:
            link = next((one for one in card.links if one.link is self._link(metric)), None)
            if link is None:
                return replace(
                    blank, reason=Reason.NOT_APPLICABLE, detail=say("link {link} is switched off", link=metric.link)
                )
            number: float | None = getattr(link, metric.reads)
            reason, detail = link.reason or Reason.PENDING, link.detail
            measures = {"actual": link.actual, "target": link.target, "points": link.points}
        else:
            number = _of_month(metric, card)
            reason, detail = Reason.PENDING, say("no week of the month is over, or no target is agreed")
            measures = _behind(metric, card)
        if number is None:
            return replace(blank, reason=reason, detail=detail, measures=measures, notes=())
        return replace(blank, value=number, partial=partial, measures=measures, until=str(today) if partial else "")

    def _link(self, metric: Metric) -> object:
        return self._material.find(metric.chain).link(metric.link)

    def _card(self, chain: str, month: Period) -> ChainCard:
        """The scored month, without the diagnosis that a screen adds."""
        from kpi_tui.scoring.chain_score import score_month

        if (chain, month) not in self._cards:
            material = self._material.read(self._material.find(chain), month, self._progress)
            self._cards[chain, month] = score_month(material, month, self._material.today())
        return self._cards[chain, month]


def _with_doubts(value: Value, metric: Metric, card: ChainCard) -> Value:
    """The value, with what is doubtful about the weeks of the links that it is made of."""
    links = [link for link in card.links if _is_part(metric, link)]
    cells: list[WeekCell | Count] = [week for link in links for week in link.weeks]
    cells += [link.of_span for link in links]
    said = [*(note for one in cells for note in one.notes), *(note for link in links for note in _not_counted(link))]
    notes = missing_together(said, card.period.days)
    left_out = {table: count for one in cells for table, count in one.left_out.items()}
    return replace(value, notes=tuple(notes), left_out=left_out)


def _not_counted(link: LinkCard) -> Iterable[str]:
    """The weeks that are over and out of a link's score, for they lack a target or a number."""
    for week in link.weeks if link.score is not None else ():
        if week.period.id not in link.counted and week.reason and not week.partial:
            yield say("{period} is left out: {why}", period=week.period.said, why=week.detail)


def _of_month(metric: Metric, card: ChainCard) -> float | None:
    if metric.reads == "total":
        return card.total
    if card.next is None:
        return None
    return card.next.growth if metric.reads == "growth" else card.next.first_target


def _behind(metric: Metric, card: ChainCard) -> dict[str, float | None]:
    """What a number of the whole chain is made of: the links' scores, or the weeks kept and the growth in force."""
    if metric.reads == "total":
        return {link.link.id: link.score for link in card.links if link.points}
    kept = card.next.kept if card.next else ()
    made: dict[str, float | None] = {f"kept_week_{place}": week for place, week in enumerate(kept, 1)}
    return made | {"growth_now": card.growth} | ({"growth_next": card.next.growth} if card.next else {})


def _months(period: Period) -> list[Period]:
    """The months of a period; none for a shorter one."""
    return list(period.split(Grain.MONTH)) if period.holds(Grain.MONTH) else []


def _is_part(metric: Metric, link: LinkCard) -> bool:
    if metric.link:
        return link.link.id == metric.link
    return bool(link.points) if metric.reads == "total" else link.link.rule is TargetRule.GROWTH


def _weeks(metric: Metric, link: LinkCard) -> Iterable[Value]:
    """Every week of a link: its score, what came and what was wanted."""
    for week in link.weeks:
        measures = {"actual": week.actual, "target": week.target}
        reason = None if week.score is not None else week.reason or Reason.PENDING
        yield Value(metric.id, week.period, week.score, reason, week.detail, partial=week.partial, measures=measures)
