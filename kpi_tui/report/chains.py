"""Answers of `chain` and `target roll`: links, weeks, findings, what comes next (interface.md)."""

from __future__ import annotations

from collections.abc import Sequence

from kpi_tui.definitions.answers.chain_card import ChainCard, Finding, LinkCard, Roll
from kpi_tui.report.chain_data import chain_data, platform_data
from kpi_tui.report.sheet import Cell, Column, Report, Sheet, Tone, figure, sheet, word
from kpi_tui.report.values import Namer, finite
from kpi_tui.text import format as fmt
from kpi_tui.text.findings import DETAILS, link_name, sentence
from kpi_tui.text.i18n import N_, _, language

GLYPHS = {"on_target": "●", "near": "◐", "weak": "○", "unknown": "·", "none": " "}
HAND = "✎"  # behind a number somebody typed
OVER = "¹"  # behind a target held at 100 %
AGREED = "="  # behind a target that is agreed, not only derived
_TONES: dict[str, Tone] = {"on_target": "good", "near": "near", "weak": "weak"}
_NOTES = {
    "few_weeks": N_("the baseline stays: fewer than three weeks are known"),
    "zero_week": N_("the baseline stays: a kept week is 0"),
    "floor": N_("the baseline stays: it never falls"),
    "interval": N_("the baseline stays: it is recalibrated later"),
}


def chain_report(card: ChainCard, metric: Namer, owner: Namer) -> Report:
    """The links, their weeks, then every finding in a sentence."""
    told = [_mark(finding) + sentence(finding, card, metric, owner) for finding in card.findings]
    sheets = (_links(card, owner, told), _weeks(card), *_platforms(card))
    return Report(chain_data(card, metric, owner), sheets)


def rolls_report(chain: str, rolls: Sequence[Roll], written: bool) -> Report:
    """A roll-over as a difference: agreed now, proposed."""
    columns = [
        Column("period", _("Period")),
        Column("link", _("Link")),
        Column("old", _("Agreed"), right=True),
        Column("new", _("Proposed"), right=True),
    ]
    rows = [
        [
            word(roll.period),
            word(roll.key),
            figure(roll.old, fmt.number(roll.old, roll.unit)),
            figure(roll.new, fmt.number(roll.new, roll.unit)),
        ]
        for roll in rolls
    ]
    notes = [] if rolls else [_("Nothing to roll over: no week is over yet.")]
    if any(roll.capped for roll in rolls):
        notes.append(_("A share above 100 % is what the rule gives; scores hold it at 100 %."))
    data = {
        "chain": chain,
        "written": written,
        "cells": [{"period": r.period, "link": r.key, "from": r.old, "to": r.new} for r in rolls],
    }
    return Report(data, (sheet(columns, rows, notes=notes),))


def _links(card: ChainCard, owner: Namer, told: Sequence[str]) -> Sheet:
    columns = [
        Column("state", ""),
        Column("link", _("Link")),
        Column("absolute", _("Count"), right=True),
        Column("ratio", _("Ratio"), right=True),
        Column("target", _("Target"), right=True),
        Column("attainment", _("Attained"), right=True),
        Column("points", _("Worth"), right=True),
        Column("score", _("Score"), right=True),
        Column("gain", _("Gain"), right=True, least=90),
        Column("owner", _("In charge"), least=100),
    ]
    rows = [_link_row(card, link, owner) for link in card.links]
    title = f"{card.chain.name.get(language())}  {card.period.id}"
    return sheet(columns, rows, title, [_total(card), *told, _next(card), *_why_none(card)])


def _link_row(card: ChainCard, link: LinkCard, owner: Namer) -> list[Cell]:
    tone: Tone = "weak" if link.link.id in (card.weak.named, card.weak.lowest) and link.status != "on_target" else ""
    unit = _unit(link)
    return [
        Cell(GLYPHS[link.status], link.status, _TONES.get(link.status, "dim")),
        Cell(link_name(card, link.link.id), link.link.id, tone),
        figure(finite(link.absolute), fmt.number(link.absolute, "count"), tone),
        figure(finite(link.ratio), fmt.number(link.ratio, "percent") if link.ratio is not None else "", tone),
        figure(finite(link.target), fmt.number(link.target, unit) if link.target is not None else "", tone),
        figure(finite(link.attainment), fmt.number(link.attainment, "percent") if link.points else "", tone),
        figure(link.points, fmt.decimals(link.points, 1) if link.points else "", tone),
        figure(finite(link.score), fmt.number(link.score, "score") if link.points else "", tone),
        figure(finite(link.gain), fmt.signed(round(link.gain), "count") if link.gain else "", tone),
        word(owner(link.link.owner) if link.link.owner else "", "dim"),
    ]


def _weeks(card: ChainCard) -> Sheet:
    """Actual over target, week by week."""
    rows: list[list[Cell]] = []
    for link in card.links:
        for cell in link.weeks:
            unit = _unit(link)
            marks = (HAND if cell.by_hand else "") + (fmt.PARTIAL if cell.partial else "")
            after = (OVER if cell.capped else "") + (AGREED if cell.agreed else "")
            rows.append(
                [
                    word(cell.period),
                    Cell(link_name(card, link.link.id), link.link.id),
                    figure(
                        finite(cell.target), fmt.number(cell.target, unit) + after if cell.target is not None else ""
                    ),
                    figure(finite(cell.actual), fmt.number(cell.actual, unit) + marks),
                    figure(
                        finite(cell.score), fmt.number(cell.score, "score") if cell.score is not None else "", "dim"
                    ),
                ]
            )
    columns = [
        Column("week", _("Week")),
        Column("link", _("Link")),
        Column("target", _("Target"), right=True),
        Column("actual", _("Actual"), right=True),
        Column("score", _("Score"), right=True),
    ]
    shown = [row for row in rows if row[3].value is not None or row[2].value is not None]
    return sheet(columns, shown, notes=_legend(card))


def _legend(card: ChainCard) -> list[str]:
    cells = [cell for link in card.links for cell in link.weeks]
    return [
        _("{mark} typed by hand", mark=HAND) if any(cell.by_hand for cell in cells) else "",
        _("{mark} the week is not over", mark=fmt.PARTIAL) if any(cell.partial for cell in cells) else "",
        _("{mark} held at 100 %", mark=OVER) if any(cell.capped for cell in cells) else "",
        _("{mark} agreed; the others are derived", mark=AGREED) if any(cell.agreed for cell in cells) else "",
    ]


def _platforms(card: ChainCard) -> list[Sheet]:
    if not card.platforms:
        return []
    columns = [
        Column("platform", _("Platform")),
        Column("week", _("Week")),
        Column("visitors", _("Visitors"), right=True),
        Column("visits", _("Visits"), right=True),
        Column("market_size", _("Market"), right=True),
        Column("saturation", _("Won"), right=True),
        Column("holding", _("Holding measures"), least=120),
        Column("breakthrough", _("Break-through"), least=120),
        Column("decision", _("Decision"), least=120),
    ]
    texts = {str(row["platform"]): row for row in platform_data(card)}
    rows = [
        [
            word(row.platform),
            word(row.week),
            figure(finite(row.visitors), fmt.number(row.visitors, "count")),
            figure(finite(row.visits), fmt.number(row.visits, "count")),
            figure(finite(row.market_size), fmt.number(row.market_size, "count")),
            figure(finite(row.saturation), fmt.number(row.saturation, "percent")),
            *(word(texts[row.platform][name]) for name in ("holding", "breakthrough", "decision")),
        ]
        for row in card.platforms
    ]
    return [sheet(columns, rows)]


def _unit(link: LinkCard) -> str:
    """A ratio, but a count for the growth link and for G and H, which compare counts."""
    return "percent" if link.link.denominator and link.link.rule.value not in ("history", "preceding") else "count"


def _total(card: ChainCard) -> str:
    if not card.reachable:
        return ""
    total, possible = fmt.number(card.total, "score"), fmt.decimals(card.possible, 1)
    text = _(
        "Total {total}; {possible} of {all} points available",
        total=total,
        possible=possible,
        all=fmt.decimals(card.reachable, 1),
    )
    return text + _("; growth {growth} a week", growth=fmt.number(card.growth, "percent"))


def _next(card: ChainCard) -> str:
    if card.next is None or card.next.first_target is None:
        return ""
    weeks = ", ".join(fmt.number(target, "count") for _week, target in card.next.weeks)
    text = _(
        "Next month: growth {growth}, weekly targets {weeks}",
        growth=fmt.number(card.next.growth, "percent"),
        weeks=weeks,
    )
    return f"{text} ({_(_NOTES[card.next.note])})" if card.next.note else text


def _why_none(card: ChainCard) -> list[str]:
    return [
        f"{GLYPHS['unknown']} {link_name(card, link.link.id)}: {_reason(link)}"
        for link in card.links
        if link.status == "unknown" and link.points
    ]


def _reason(link: LinkCard) -> str:
    """Why a link has no score: in words of its own where there are some."""
    return _(link.detail) if link.detail in DETAILS else fmt.reason(link.reason, link.detail)


def _mark(finding: Finding) -> str:
    return {"warning": "○ ", "good": "● "}.get(finding.severity, "· ")
