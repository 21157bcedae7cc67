"""A chain as rows: its links with bars, ratio, points and gain, and the weeks of one of them (spec R039–R072)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kpi_tui.definitions.answers.chain_card import ChainCard, LinkCard, WeekCell
from kpi_tui.definitions.answers.value import Reason
from kpi_tui.definitions.library.chain import TargetRule
from kpi_tui.definitions.target import TargetKey
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text import marks
from kpi_tui.text.clean import width
from kpi_tui.text.findings import link_name
from kpi_tui.text.format import DASH, PARTIAL, number, rule, short_reason, signed
from kpi_tui.text.i18n import _, language
from kpi_tui.text.phrase import Word, joined
from kpi_tui.tui.widgets.cells import GUTTER, Cell, Row
from kpi_tui.tui.widgets.columns import Column
from kpi_tui.tui.widgets.week_sheet import LABEL, REST
from kpi_tui.views.names import CHAIN, factor_name, link_unit

COUNTS = "counts"  # whose cells the typed numbers are
GLYPHS = {"on_target": "●", "near": "◐", "weak": "○", "unknown": "◌", "none": " "}
CHANGED = HAND = "✎"  # in front: not saved yet; behind: typed by hand
OVER, AGREED = "¹", "="
BAR = 9
WEEK = 13  # cells of the widest number of a week
FEW = 3
NAME, ROOMY = 22, 76  # cells a link's name asks for where there is room
TARGET, ACTUAL, ABOVE, BELOW, SCORE = "target", "actual", "numerator", "denominator", "score"
_ABSENT = (Reason.NO_TABLE, Reason.NO_DATA)
Pending = Mapping[tuple[str, TargetKey], tuple[float | None, float | None]]


@dataclass(frozen=True, slots=True)
class ChainView:
    """What the screen draws: the card, and what is typed but not saved."""

    card: ChainCard
    space: Workspace
    pending: Pending = field(default_factory=dict)  # targets
    typed: Pending = field(default_factory=dict)  # numbers typed by hand

    def target_key(self, link: str) -> TargetKey:
        """The cell of a link's target."""
        return TargetKey(f"{CHAIN}{self.card.chain.id}", link)


def scored(card: ChainCard) -> bool:
    """False for a chain that is only looked at: a funnel without targets and points."""
    return any(link.link.rule is not TargetRule.NONE for link in card.links)


def columns(card: ChainCard, room: int) -> list[Column]:
    """Link, bar, count, target, ratio, attainment, points, gain; those of a target only where there are any."""
    own = [
        Column("target", _("Target"), least=6, most=11, right=True, drop=2),
        Column("attained", _("Att."), least=5, most=9, right=True, drop=5),
        Column("points", _("Pts"), least=5, most=11, right=True),
    ]
    names = max((width(link_name(card, link.link.id)) for link in card.links), default=0)
    return [
        Column("glyph", width=1),
        Column("link", _("Link"), least=min(max(names, 10), NAME if room >= ROOMY else 12), flex=1),
        Column("bar", width=BAR, drop=4),
        Column("count", _("Count"), least=6, most=11, right=True, drop=3),
        Column("ratio", _("Ratio"), least=6, most=9, right=True),
        *(own if scored(card) else [Column("usual", _("Usual"), least=6, most=11, right=True, drop=2)]),
        Column("gain", _("Gain"), least=6, most=11, right=True, drop=1),
    ]


def link_rows(card: ChainCard) -> Iterator[Row]:
    """One row per link; the weak one is the only coloured row."""
    most = max((link.absolute or 0.0 for link in card.links), default=0.0)
    for link in card.links:
        weak = link.link.id == card.weak.named
        style = "weak" if weak else ""
        share = link.attainment if scored(card) else None
        flow = rule((link.absolute or 0.0) / most, BAR) if most and link.absolute is not None else ""
        bar = (marks.marked(share, BAR) if link.points else "") if scored(card) else flow
        lead = [
            Cell(GLYPHS["weak"] if weak else GLYPHS.get(link.status, " "), style),
            Cell(link_name(card, link.link.id), style),
            Cell(bar, style),
            _number(link.absolute, "count", link, style),
            Cell("" if not link.link.denominator else number(link.ratio, "percent"), style),
        ]
        yield Row(link.link.id, (*lead, *_goals(card, link, style), _gain(link, style)))


def _number(value: float | None, unit: str, link: LinkCard, style: str) -> Cell:
    if value is None:
        why = link.reason if link.reason in _ABSENT else None  # other reasons are about the target
        return Cell(f"{DASH} {short_reason(why)}".strip(), "muted")
    return Cell(number(value, unit), style)


def _goals(card: ChainCard, link: LinkCard, style: str) -> list[Cell]:
    unit = link_unit(link.link)
    if not scored(card):
        return [Cell(number(link.baseline, unit) if link.baseline is not None else "", "muted")]
    target = "" if link.link.rule is TargetRule.NONE else number(link.target, unit)
    attained = number(link.attainment, "percent") if link.points else ""
    return [Cell(target, style), Cell(attained, style), Cell(marks.of_points(link.score, link.points), style)]


def _gain(link: LinkCard, style: str) -> Cell:
    return Cell(signed(round(link.gain), "count") if link.gain and round(link.gain) else "", style)


# --- the weeks of one link ---------------------------------------------------------------------------
def week_columns(view: ChainView, link: LinkCard, room: int) -> list[Column]:
    """What is read, then a column per week (or the longer period of G and H)."""
    weeks = [Column(cell.period, _head(cell), least=10, most=WEEK, right=True) for cell in link.weeks]
    name = link_name(view.card, link.link.id)
    if len(weeks) < FEW:  # a single number stays near its label
        label = min(48, max(room - GUTTER - len(weeks) * (WEEK + 1) - 2, 12))
        return [Column(LABEL, name, most=label), *weeks, Column(REST, flex=1)]
    return [Column(LABEL, name, least=14, flex=1), *weeks]


def _head(cell: WeekCell) -> str:
    return f"{cell.period}{PARTIAL}" if cell.partial else cell.period


def changeable(link: LinkCard) -> tuple[str, ...]:
    """The rows a person may type in."""
    rows = {
        TARGET: link.link.rule is not TargetRule.NONE,
        ABOVE: bool(link.link.numerator or link.link.absolute),
        BELOW: bool(link.link.denominator),
    }
    return tuple(row for row, may in rows.items() if may)


def week_rows(view: ChainView, link: LinkCard) -> Iterator[Row]:
    """Target, actual, the numbers the actual is made of, score."""
    unit, lines = link_unit(link.link), link.weeks
    if link.link.rule is not TargetRule.NONE:
        yield _row(TARGET, _("Target"), [_target(view, link, cell, unit) for cell in lines])
    if unit == "percent":
        yield _row(ACTUAL, _("Actual"), [_actual(cell, unit) for cell in lines])
    for row, name in ((ABOVE, link.link.numerator or link.link.absolute), (BELOW, link.link.denominator)):
        if name:
            sign = "÷ " if row == BELOW else ""
            yield _row(
                row,
                joined(sign, factor_name(view.space, name), between=""),
                [_count(view, cell, row, name) for cell in lines],
            )
    if link.points:
        yield _row(SCORE, _("Score"), [Cell(number(cell.score, "score"), "muted") for cell in lines])


def _row(key: str, label: Word, cells: list[Cell]) -> Row:
    return Row(key, (Cell(label, "muted"), *cells))


def _target(view: ChainView, link: LinkCard, cell: WeekCell, unit: str) -> Cell:
    edited = view.pending.get((cell.period, view.target_key(link.link.id)))
    if edited is not None:
        return Cell(f"{CHANGED} {number(edited[1] if edited[1] is not None else cell.target, unit)}", "changed")
    after = (OVER if cell.capped else "") + (AGREED if cell.agreed else "")
    return Cell(number(cell.target, unit) + after, "strong" if cell.agreed else "")


def _actual(cell: WeekCell, unit: str) -> Cell:
    after = (HAND if cell.by_hand else "") + (PARTIAL if cell.partial else "")
    return Cell(number(cell.actual, unit) + after)


def _count(view: ChainView, cell: WeekCell, row: str, name: str) -> Cell:
    count = cell.numerator if row == ABOVE else cell.denominator
    edited = view.typed.get((cell.period, TargetKey(COUNTS, name)))
    if edited is not None:
        return Cell(f"{CHANGED} {number(edited[1], 'count')}", "changed")
    if count.value is None:
        return Cell(f"{DASH} {short_reason(count.reason)}".strip(), "muted")
    return Cell(number(count.value, "count") + (HAND if count.by_hand else ""), "strong" if count.by_hand else "")


def names_of(card: ChainCard) -> str:
    """The chain in both languages."""
    return card.chain.name.both(language())
