"""What is laid over a chain: one link in full, the whole diagnosis, and a roll-over as a difference."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.visual import VisualType
from textual.widgets import Static

from kpi_tui.definitions.answers.chain_card import ChainCard, LinkCard, Rank, Roll
from kpi_tui.definitions.answers.value import Explanation
from kpi_tui.definitions.library.chain import Chain
from kpi_tui.definitions.target import TargetKey
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.clean import clean
from kpi_tui.text.findings import link_name
from kpi_tui.text.format import number, signed
from kpi_tui.text.i18n import _, language
from kpi_tui.tui.overlays.explain import explain_parts
from kpi_tui.tui.overlays.overlay import TextOverlay
from kpi_tui.tui.overlays.table import TableOverlay
from kpi_tui.tui.screens.chain.words import finding_words, link_fields, next_words, told
from kpi_tui.tui.widgets.cells import Cell, Row
from kpi_tui.tui.widgets.columns import Column
from kpi_tui.tui.widgets.field_list import Field, FieldList
from kpi_tui.tui.widgets.view_content import Part
from kpi_tui.views.names import CHAIN, link_unit, target_name, target_unit
from kpi_tui.views.view import sheet


class _Fields(FieldList):
    """Fields with a text below them, in one piece, so that both scroll and wrap together."""

    def __init__(self, fields: Sequence[Field], below: Sequence[Part]) -> None:
        super().__init__("", fields)
        self._below = below

    def update(self, content: VisualType = "", *, layout: bool = True) -> None:
        """The fields as laid out, then the text."""
        whole = Content.assemble(content, "\n", *self._below) if isinstance(content, Content) else content
        super().update(whole, layout=layout)


class LinkScreen(TextOverlay):
    """One link: what it is made of, its weeks, its target's rule, what was found, where the metric comes from."""

    def __init__(self, card: ChainCard, link: LinkCard, space: Workspace, found: Explanation | None) -> None:
        super().__init__()
        self._card, self._link, self._space, self._found = card, link, space, found

    def compose(self) -> ComposeResult:
        """Title, fields, the metric's explanation, keys."""
        title = f"{link_name(self._card, self._link.link.id)}  {self._card.period.id}"
        yield Static(Content(clean(title)), id="title")
        with VerticalScroll():
            parts = explain_parts(self._found, self._space) if self._found is not None else []
            yield _Fields(link_fields(self._card, self._link, self._space), parts)
        yield Static(Content(_("↑↓ scroll   Esc back")), id="foot")


class DiagnosisScreen(TextOverlay):
    """Every finding, both orders of the links, what comes next month, the platforms."""

    def __init__(self, card: ChainCard, space: Workspace) -> None:
        super().__init__()
        self._card, self._space = card, space

    def compose(self) -> ComposeResult:
        """Title, fields, keys."""
        title = f"{self._card.chain.name.both(language())}  {self._card.period.id}"
        yield Static(Content(clean(title)), id="title")
        with VerticalScroll():
            yield FieldList("", diagnosis_fields(self._card, self._space))
        yield Static(Content(_("↑↓ scroll   Esc back")), id="foot")


def diagnosis_fields(card: ChainCard, space: Workspace) -> list[tuple[str, str]]:
    """Findings first; then by what mending brings, by attainment, next month, platforms."""
    findings = [finding_words(finding, card, space) for finding in card.findings]
    rest = [line for line in told(card, space) if line not in findings and line not in next_words(card)]
    weak = card.weak
    lowest = [link_name(card, id_) for id_ in weak.by_attainment]
    groups = (
        (_("Findings"), [*findings, *rest]),
        (_("By gain"), [_rank(card, rank) for rank in weak.by_gain]),
        (_("By attainment"), [" → ".join(lowest)] if lowest else []),
        (_("Next"), next_words(card)),
        (_("Platforms"), [_platform(row) for row in card.platforms]),
    )
    return [(label if not n else "", text) for label, texts in groups for n, text in enumerate(texts)]


def _rank(card: ChainCard, rank: Rank) -> str:
    """`C Inquiries: 1.4 % / 1.7 %, +100 · no more than its usual swing`: what chance explains is not named."""
    link = card.chain.link(rank.link)
    unit = link_unit(link) if link else "count"
    gain = signed(round(rank.gain), "count") if rank.gain is not None else "—"
    text = f"{link_name(card, rank.link)}: {number(rank.actual, unit)} / {number(rank.reference, unit)}, {gain}"
    usual = _("no more than its usual swing")
    return f"{text} · {usual}" if rank.gain and rank.gain > 0 and not rank.clear else text


def _platform(row: object) -> str:
    cells = [getattr(row, name) for name in ("platform", "week", "visitors", "market_size", "saturation")]
    who, week, visitors, market, won = cells
    return f"{who} {week}: {number(visitors, 'count')} / {number(market, 'count')}, {number(won, 'percent')}"


def roll_overlay(chain: Chain, rolls: Sequence[Roll], space: Workspace) -> TableOverlay:
    """Agreed now → proposed; Enter takes all of it over."""
    columns = [
        Column("period", _("Period"), most=12),
        Column("link", _("Link"), flex=1, least=12),
        Column("old", _("Agreed"), most=14, right=True),
        Column("arrow", width=1),
        Column("new", _("Proposed"), most=14, right=True),
        Column("note", "", most=24, drop=1),
    ]
    rows = [_roll_row(number_, roll, chain, space) for number_, roll in enumerate(rolls)]
    title = _("Roll over {chain}: the rules propose {count} targets", chain=chain.name.get(language()), count=len(rows))
    foot = _("Enter take all over   Esc back   (then w writes, u takes back)")
    return TableOverlay(sheet(columns, rows, title), foot)


def _roll_row(place: int, roll: Roll, chain: Chain, space: Workspace) -> Row:
    key = TargetKey(f"{CHAIN}{chain.id}", roll.key)
    unit = target_unit(space, key)
    note = _("scores hold it at 100 %") if roll.capped else _("as agreed") if roll.old == roll.new else ""
    return Row(
        f"{place}",
        (
            Cell(roll.period, "muted"),
            Cell(target_name(space, key)),
            Cell(number(roll.old, unit)),
            Cell("→"),
            Cell(number(roll.new, unit), "" if roll.old == roll.new else "changed"),
            Cell(note, "muted"),
        ),
    )
