"""The weeks of a chain: all of them in a list, and those of one link as a table that can be typed into."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from kpi_tui.definitions.answers.chain_card import ChainCard, LinkCard, WeekCell
from kpi_tui.definitions.library.chain import TargetRule
from kpi_tui.definitions.target import Target, TargetKey
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.i18n import N_
from kpi_tui.text.marks_behind_numbers import PARTIAL
from kpi_tui.text.phrase import Word, joined, phrase
from kpi_tui.views.cells import Cell, NumberCell, TextCell, finite, text
from kpi_tui.views.chain.unknown_scores import why_unknown
from kpi_tui.views.doubts import data_up_to, left_out, noted
from kpi_tui.views.edits.edited_cell import COUNTS
from kpi_tui.views.edits.history import set_by
from kpi_tui.views.names import CHAIN, factor_name, link_name, link_unit
from kpi_tui.views.reasons import known
from kpi_tui.views.view import Column, Row, Sheet, sheet

HAND = "✎"
"""Behind a number: typed by hand; in front of it: not saved yet."""
OVER, AGREED, OF_MONTH = "¹", "=", "²"
"""Behind a target: held at 100 %; agreed, not only derived; the rate of a whole month (R052)."""
LABEL, REST = "label", "rest"
TARGET, ACTUAL, ABOVE, BELOW, SCORE = "target", "actual", "numerator", "denominator", "score"
_WEEK, _FEW = 13, 3
"""Cells of the widest number of a week; fewer weeks than this stand near their labels."""
RULES = {
    TargetRule.GROWTH: N_("last week's target, grown by the baseline"),
    TargetRule.CONVERSION: N_("this week's count and what growth adds, over the target count of the link before"),
    TargetRule.HOLD: N_("the rate of the week before"),
    TargetRule.HISTORY: N_("scaled from the same period of the year before"),
    TargetRule.PRECEDING: N_("scaled from the period before"),
}
Pending = Mapping[tuple[str, TargetKey], tuple[float | None, float | None]]


@dataclass(frozen=True, slots=True)
class UnsavedWeeks:
    """What is typed but not saved: targets, and numbers kept by hand."""

    targets: Pending = field(default_factory=dict)
    counts: Pending = field(default_factory=dict)


def target_key(card: ChainCard, link: str) -> TargetKey:
    """The cell of a link's target."""
    return TargetKey(f"{CHAIN}{card.chain.id}", link)


def weeks_sheet(card: ChainCard, space: Workspace | None = None) -> Sheet:
    """Actual over target, week by week, for every link."""
    columns = [
        Column("week", phrase("Week")),
        Column("link", phrase("Link")),
        Column("target", phrase("Target"), right=True),
        Column("actual", phrase("Actual"), right=True),
        Column("score", phrase("Score"), right=True),
    ]
    lines = [
        (link, cell)
        for link in card.links
        for cell in link.weeks
        if finite(cell.actual) is not None or finite(cell.target) is not None or cell.awaits
    ]
    rows = [
        [text(cell.period.id), TextCell(link_name(card.chain, link.link.id), exact=link.link.id), *_numbers(link, cell)]
        for link, cell in lines
    ]
    said = [*legend([cell for _, cell in lines], space), *first_targets(card.links)]
    return replace(sheet(columns, rows, notes=said, key="weeks"), tab=phrase("Chain by week"))


def _numbers(link: LinkCard, cell: WeekCell) -> tuple[Cell, Cell, Cell]:
    unit = link_unit(link.link)
    target = NumberCell(
        finite(cell.target), unit, blank=not cell.awaits, after=_after(cell) if cell.target is not None else ""
    )
    actual = NumberCell(
        finite(cell.actual), unit, partial=cell.partial, doubtful=bool(cell.left_out or cell.notes), after=_hand(cell)
    )
    return target, actual, NumberCell(finite(cell.score), "score", "muted", blank=True)


def _hand(cell: WeekCell) -> str:
    return HAND if cell.by_hand else ""


def _after(cell: WeekCell) -> str:
    return (OVER if cell.capped else "") + (OF_MONTH if cell.target_of else "") + (AGREED if cell.agreed else "")


def of_month(link: LinkCard) -> bool:
    """Whether the target of its row is, or is the mean of others and, the rate of a whole month (R052)."""
    return any(cell.target_of for cell in link.weeks if cell.period.id in link.counted)


def first_targets(links: Iterable[LinkCard]) -> list[Word]:
    """Targets that are the rate of the whole month before: people count once in it, so it is no weekly rate (R052)."""
    found: dict[str, list[str]] = {}
    for link in links:
        for cell in link.weeks:
            if cell.target_of and link.points:
                found.setdefault(cell.target_of, []).append(link.link.id)
    return [
        phrase(
            "{mark} the first target of {links} is the rate of the whole month {month}, in which people count once: "
            "agree one of a week",
            mark=OF_MONTH,
            links=joined(*ids, between=", "),
            month=month,
        )
        for month, ids in found.items()
    ]


def legend(cells: list[WeekCell] | tuple[WeekCell, ...], space: Workspace | None = None) -> list[Word]:
    """The marks that stand among these weeks; tables by their names in `space`."""
    ends = data_up_to(cell.until for cell in cells)
    said = (
        (any(cell.agreed for cell in cells), phrase("{mark} agreed; the others are derived", mark=AGREED)),
        (any(cell.by_hand for cell in cells), phrase("{mark} typed by hand", mark=HAND)),
        (any(cell.capped for cell in cells), phrase("{mark} held at 100 %", mark=OVER)),
        (
            any(cell.partial for cell in cells),
            joined(phrase("{mark} the week is not over", mark=PARTIAL), ends, between=""),
        ),
    )
    notes = noted((note for cell in cells for note in cell.notes), space)
    awaited = dict.fromkeys((cell.period.id, cell.awaits) for cell in cells if cell.awaits)
    waiting = [phrase("targets of {week} follow once {before} is over", week=week, before=end) for week, end in awaited]
    missing = left_out((cell.left_out for cell in cells), space)
    return [*(text for there, text in said if there), *waiting, *missing, *notes]


# --- the weeks of one link ---------------------------------------------------------------------------
def link_weeks(card: ChainCard, link: LinkCard, space: Workspace, unsaved: UnsavedWeeks) -> Sheet:
    """What is read in a row, a column per week (or the longer period of G and H)."""
    weeks = [Column(cell.period.id, _head(cell), least=10, most=_WEEK, right=True) for cell in link.weeks]
    name = link_name(card.chain, link.link.id)
    if len(weeks) < _FEW:  # a single number stays near its label
        rows = tuple(Row(row.key, (*row.cells, TextCell())) for row in _rows(card, link, space, unsaved))
        return Sheet((Column(LABEL, name, most=120), *weeks, Column(REST, flex=1)), rows, key="link_weeks")
    columns = (Column(LABEL, name, least=14, flex=1), *weeks)
    return Sheet(columns, tuple(_rows(card, link, space, unsaved)), key="link_weeks")


def _head(cell: WeekCell) -> str:
    return f"{cell.period}{PARTIAL}" if cell.partial else cell.period.id


def changeable(link: LinkCard) -> tuple[str, ...]:
    """The rows a person may type in."""
    rows = {
        TARGET: link.link.rule is not TargetRule.NONE,
        ABOVE: bool(link.link.numerator or link.link.absolute),
        BELOW: bool(link.link.denominator),
    }
    return tuple(row for row, may in rows.items() if may)


def _rows(card: ChainCard, link: LinkCard, space: Workspace, unsaved: UnsavedWeeks) -> Iterator[Row]:
    """Target, actual, the numbers the actual is made of, score."""
    unit, weeks = link_unit(link.link), link.weeks
    if link.link.rule is not TargetRule.NONE:
        yield _row(TARGET, phrase("Target"), [_target(card, link, cell, unit, unsaved) for cell in weeks])
    if unit == "percent":
        yield _row(ACTUAL, phrase("Actual"), [_actual(cell, unit) for cell in weeks])
    for row, name in ((ABOVE, link.link.numerator or link.link.absolute), (BELOW, link.link.denominator)):
        if name:
            label = joined("÷" if row == BELOW else "", factor_name(space, name), between=" ")
            yield _row(row, label, [_count(cell, row, name, unsaved) for cell in weeks])
    if link.points:
        yield _row(SCORE, phrase("Score"), [NumberCell(cell.score, "score", "muted", digits=2) for cell in weeks])


def _row(key: str, label: Word, cells: list[Cell]) -> Row:
    return Row(key, (TextCell(label, "muted"), *cells))


def _target(card: ChainCard, link: LinkCard, cell: WeekCell, unit: str, unsaved: UnsavedWeeks) -> Cell:
    edited = unsaved.targets.get((cell.period.id, target_key(card, link.link.id)))
    if edited is not None:
        shown = edited[1] if edited[1] is not None else cell.target
        return NumberCell(shown, unit, "changed", before=f"{HAND} ")
    return NumberCell(cell.target, unit, "strong" if cell.agreed else "", after=_after(cell))


def _actual(cell: WeekCell, unit: str) -> Cell:
    return NumberCell(
        cell.actual, unit, partial=cell.partial, doubtful=bool(cell.left_out or cell.notes), after=_hand(cell)
    )


def _count(cell: WeekCell, row: str, name: str, unsaved: UnsavedWeeks) -> Cell:
    count = cell.numerator if row == ABOVE else cell.denominator
    edited = unsaved.counts.get((cell.period.id, TargetKey(COUNTS, name)))
    if edited is not None:
        return NumberCell(edited[1], "count", "changed", before=f"{HAND} ")
    if count.value is None:
        return NumberCell(None, tone="muted", reason=count.reason)
    return NumberCell(count.value, "count", "strong" if count.by_hand else "", after=HAND if count.by_hand else "")


def cell_sentence(row: str, cell: WeekCell, link: LinkCard, agreed: Target | None, space: Workspace) -> Word:
    """What stands in a cell of the week table and what typing there does."""
    if row == TARGET:
        if agreed is not None:
            return set_by(agreed, space)
        if cell.awaits:
            waiting = phrase("the target follows once {period} is over", period=cell.awaits)
            return joined(waiting, phrase("type a number"), between=" · ")
        if cell.target_of:
            return phrase("the rate of the whole month {month}: agree one of a week", month=cell.target_of)
        if cell.target is not None:
            return phrase("derived: {rule}", rule=known(RULES[link.link.rule]))
        return joined(why_unknown(cell, link.link, space), phrase("type a number"), between=" · ")
    count = cell.numerator if row == ABOVE else cell.denominator
    named = link.link.numerator or link.link.absolute if row == ABOVE else link.link.denominator
    name = factor_name(space, named)
    if count.by_hand:
        return phrase("typed by hand: {name}", name=name)
    if count.value is not None and not count.partial:
        return phrase("from the tables, a typed number would not count: {name}", name=name)
    return phrase("the tables lack it, type it: {name}", name=name)
