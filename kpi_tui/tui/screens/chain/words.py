"""The sentences around a chain: score, weak link, findings, next month, and what stands in a cell."""

from __future__ import annotations

from collections.abc import Callable

from kpi_tui.definitions.answers.chain_card import ChainCard, Finding, LinkCard, WeekCell
from kpi_tui.definitions.answers.value import Reason
from kpi_tui.definitions.library.chain import TargetRule
from kpi_tui.definitions.target import Target
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text import format as fmt
from kpi_tui.text.findings import DETAILS, link_name, sentence
from kpi_tui.text.format import decimals, number
from kpi_tui.text.i18n import N_, _, language, n_
from kpi_tui.text.phrase import translate
from kpi_tui.tui.screens.chain.rows import ABOVE, AGREED, CHANGED, HAND, OVER, TARGET, scored
from kpi_tui.views.edits import set_by
from kpi_tui.views.names import factor_name, link_unit, metric_name, owner_name

MARKS = {"warning": "○", "good": "●"}
RULES = {
    TargetRule.GROWTH: N_("last week's target, grown by the baseline"),
    TargetRule.CONVERSION: N_("this week's count and what growth adds, over the target count of the link before"),
    TargetRule.HOLD: N_("the rate of the week before"),
    TargetRule.HISTORY: N_("scaled from the same period of the year before"),
    TargetRule.PRECEDING: N_("scaled from the period before"),
}
NOTES = {
    "few_weeks": N_("the baseline stays: fewer than three weeks are known"),
    "zero_week": N_("the baseline stays: a kept week is 0"),
    "floor": N_("the baseline stays: it never falls"),
    "interval": N_("the baseline stays: it is recalibrated later"),
}


def score_words(card: ChainCard) -> str:
    """`Points 8.63 / 10.5`; what a chain without points is, in a word."""
    if not card.reachable:
        return _("Analysis only: no points")
    limit = decimals(card.possible, 1) if card.possible else decimals(card.reachable, 1)
    return _("Points {total} / {limit}", total=number(card.total, "score"), limit=limit)


def unsaved_words(count: int) -> str:
    """`✎ 3 unsaved`; nothing when all is saved."""
    return f"{CHANGED} " + n_("{count} unsaved", "{count} unsaved", count) if count else ""


def advice(card: ChainCard, space: Workspace) -> tuple[str, bool]:
    """What to do first, and whether it is about a weak link."""
    if all(link.absolute is None and all(cell.actual is None for cell in link.weeks) for link in card.links):
        return _no_numbers(card), False
    return "\n".join(finding_words(finding, card, space) for finding in leading(card)), bool(card.weak.named)


def leading(card: ChainCard) -> tuple[Finding, ...]:
    """The weak link, behind what ranks above it: a payback that was missed (R084)."""
    weak = next((n for n, found in enumerate(card.findings) if found.code.startswith("weak_")), None)
    if weak is None:
        return card.findings[:1]
    urgent = [found for found in card.findings[:weak] if found.severity == "warning"]
    return (*urgent, card.findings[weak])


def _no_numbers(card: ChainCard) -> str:
    why = next((cell for link in card.links for cell in link.weeks if cell.reason), None)
    if why is not None and why.reason is Reason.NO_TABLE:
        return "◌ " + _("The tables behind these links are not in tables.toml; a types their weeks by hand.")
    return "◌ " + _("No data for {period}: [ goes to the month before, a types weeks by hand.", period=card.period.id)


def finding_words(finding: Finding, card: ChainCard, space: Workspace) -> str:
    """A finding with its mark, its rule and the person in charge."""
    said = sentence(
        finding, card, lambda id_: translate(metric_name(space, id_)), lambda id_: translate(owner_name(space, id_))
    )
    return f"{MARKS.get(finding.severity, '·')} {said}"


def told(card: ChainCard, space: Workspace) -> list[str]:
    """Every other finding, why links have no score, what comes next month."""
    first = leading(card)
    lines = [finding_words(finding, card, space) for finding in card.findings if finding not in first]
    lines += [
        f"◌ {link_name(card, link.link.id)}: {why_none(link)}"
        for link in card.links
        if link.status == "unknown" and link.points
    ]
    return [*lines, *next_words(card)]


def why_none(link: LinkCard) -> str:
    """Why a link has no score: in words of its own where there are some."""
    return _(link.detail) if link.detail in DETAILS else fmt.reason(link.reason, link.detail)


def next_words(card: ChainCard) -> list[str]:
    """`Next month: growth 3.0 %, weekly targets 821, 846 …`."""
    if card.next is None or card.next.first_target is None:
        return []
    weeks = ", ".join(number(target, "count") for _week, target in card.next.weeks)
    text = _(
        "Next month: growth {growth}, weekly targets {weeks}",
        growth=number(card.next.growth, "percent"),
        weeks=weeks,
    )
    return [f"· {text}" + (f" ({_(NOTES[card.next.note])})" if card.next.note else "")]


def legend(link: LinkCard) -> str:
    """The marks that stand in the week table."""
    cells = link.weeks
    said = (
        (any(cell.agreed for cell in cells), _("{mark} agreed; the others are derived", mark=AGREED)),
        (any(cell.by_hand for cell in cells), _("{mark} typed by hand", mark=HAND)),
        (any(cell.capped for cell in cells), _("{mark} held at 100 %", mark=OVER)),
        (any(cell.partial for cell in cells), _("{mark} the week is not over", mark=fmt.PARTIAL)),
    )
    return " · ".join(text for there, text in said if there)


def cell_words(row: str, cell: WeekCell, link: LinkCard, agreed: Target | None, space: Workspace) -> str:
    """What stands in a cell of the week table and what typing there does."""
    if row == TARGET:
        if agreed is not None:
            return translate(set_by(agreed))
        if cell.target is not None:
            return _("derived: {rule}", rule=_(RULES[link.link.rule]))
        reason = _(cell.detail) if cell.detail in DETAILS else fmt.reason(cell.reason, cell.detail)
        return f"{reason} · " + _("type a number")
    count = cell.numerator if row == ABOVE else cell.denominator
    name = link.link.numerator or link.link.absolute if row == ABOVE else link.link.denominator
    if count.by_hand:
        return _("typed by hand: {name}", name=translate(factor_name(space, name)))
    if count.value is not None and not count.partial:
        return _("from the tables, a typed number would not count: {name}", name=translate(factor_name(space, name)))
    return _("the tables lack it, type it: {name}", name=translate(factor_name(space, name)))


def link_fields(card: ChainCard, link: LinkCard, space: Workspace) -> list[tuple[str, str]]:
    """Everything about a link: what it is made of, its numbers week by week, its target rule, who is in charge."""
    own, unit = link.link, link_unit(link.link)
    name: Callable[[str], str] = lambda id_: translate(factor_name(space, id_))  # noqa: E731
    made = (
        f"{name(own.numerator)} ÷ {name(own.denominator)}" if own.denominator else name(own.numerator or own.absolute)
    )
    usual = number(link.baseline, "percent" if own.denominator else "count") if link.baseline is not None else ""
    band = f"{number(own.band[0], 'percent')} … {number(own.band[1], 'percent')}" if own.band else ""
    flow = _(
        "{inflow} a week of {capacity}", inflow=number(link.inflow, "count"), capacity=number(link.capacity, "count")
    )
    said = [finding_words(f, card, space) for f in card.findings if f.link == own.id]
    none = why_none(link) if link.status == "unknown" and link.points else ""
    return [
        (_("About"), own.about.get(language())),
        (_("In charge"), translate(owner_name(space, own.owner)) if own.owner else ""),
        (_("Formula"), made + (f"  = {translate(metric_name(space, own.ratio))}" if own.ratio else "")),
        (_("Actual"), number(link.actual, unit) if scored(card) else number(link.ratio, "percent")),
        (_("Target"), f"{number(link.target, unit)} ({_(RULES[own.rule])})" if own.rule in RULES else ""),
        (_("Attained"), number(link.attainment, "percent") if link.points else ""),
        (_("Score"), _score(link)),
        (_("Why none"), none),
        (_("Usual"), usual),
        (_("Band"), band),
        (_("Flow"), flow if link.capacity is not None else ""),
        *((_("Week") if not n else "", week_words(cell, unit)) for n, cell in enumerate(link.weeks)),
        *((_("Finding") if not n else "", text) for n, text in enumerate(said)),
    ]


def _score(link: LinkCard) -> str:
    if not link.points or link.score is None:
        return ""
    return f"{number(link.attainment, 'percent')} × {decimals(link.points, 1)} = {number(link.score, 'score')}"


def week_words(cell: WeekCell, unit: str) -> str:
    """`2026-W41  18 ÷ 1,947 = 0.9 %, target 1.7 %, score 1.10`."""
    over = f" ÷ {number(cell.denominator.value, 'count')}" if unit == "percent" else ""
    made = f"{number(cell.numerator.value, 'count')}{over}"
    actual = f" = {number(cell.actual, unit)}" if over else ""
    hand = f" {HAND}" if cell.by_hand else ""
    parts = [f"{cell.period}  {made}{actual}{hand}"]
    if cell.target is not None:
        parts.append(_("target {target}", target=number(cell.target, unit)))
    if cell.score is not None:
        parts.append(_("score {score}", score=number(cell.score, "score")))
    if cell.actual is None:
        parts.append(fmt.reason(cell.reason, cell.detail))
    return ", ".join(parts)
