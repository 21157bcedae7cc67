"""The JSON of a chain."""

from __future__ import annotations

from kpi_tui.definitions.answers.chain_card import ChainCard, Finding, LinkCard
from kpi_tui.definitions.library.chain import Platform
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.views.causes.pace_range import pace_record
from kpi_tui.views.chain.findings import sentence
from kpi_tui.views.record import Record, record

_LINK = (
    *("id=link.id", "name=link.name", "points", "score", "attainment", "actual", "target", "absolute", "ratio"),
    *("baseline", "gain", "inflow", "capacity", "unit", "counted", "summed", "partial"),
)
_WEEK = (
    *("week=period", "target", "actual", "uncapped", "goal", "numerator=numerator.value"),
    *(
        "denominator=denominator.value",
        "score",
        "by_hand",
        "agreed",
        "target_of",
        "partial",
        "reason",
        "left_out",
        "notes",
    ),
)
_PAYBACK = ("project", "roi", "target", "due", "verdict", "projected", "paced")
_RANK = ("link", "gain", "share", "gain_score", "attainment", "actual", "reference")


def chain_data(card: ChainCard, space: Workspace) -> Record:
    """One object; sentences are told in the language in force, names stand in both."""
    weak = card.weak
    return {
        **record(card, "chain=chain.id", "name=chain.name", "period", "growth"),
        "links": [_link(link) for link in card.links],
        **record(card, "total", "possible", "reachable"),
        "weakest": weak.named or None,
        "cause": weak.cause or None,
        "lowest": weak.lowest or None,
        "by_gain": [
            {**record(rank, *_RANK), "basis": rank.basis or None, "clear": rank.clear, "cause": rank.cause or None}
            for rank in weak.by_gain
        ],
        "by_attainment": list(weak.by_attainment),
        "result": record(weak, "of=result_of", "value=result"),
        "balance": record(card.balance, "absolute", "ratio", "verdict"),
        "diagnosis": [_finding(finding, card, space) for finding in card.findings],
        "payback": [record(verdict, *_PAYBACK) for verdict in card.verdicts],
        "platforms": platform_data(card),
        "next": _next(card),
    }


def _link(card: LinkCard) -> Record:
    weeks = [record(cell, *_WEEK) for cell in card.weeks]
    return {
        **record(card, *_LINK),
        "weeks": weeks,
        "pace": {**record(card.pace, "period", "target"), **(pace_record(card.pace) or {})} if card.pace else None,
        **record(card, "owner=link.owner", "status", "rule=link.rule", "reason", "detail"),
    }


def _finding(finding: Finding, card: ChainCard, space: Workspace) -> Record:
    return {
        "code": finding.code,
        "text": sentence(finding, card, space),
        "rule": finding.rule,
        "link": finding.link or None,
        "owner": finding.owner or None,
        "severity": finding.severity,
        "numbers": finding.plain,
    }


def platform_data(card: ChainCard) -> list[Record]:
    """A row per platform and week, with what its people said of it."""
    numbers = ("platform", "week", "visitors", "visits", "market_size", "saturation")
    said = {platform.id: platform for platform in card.chain.platforms}
    return [
        {**record(row, *numbers), **_decided(said.get(row.platform)), "notes": list(row.notes)}
        for row in card.platforms
    ]


def _decided(platform: Platform | None) -> Record:
    """Told in the language in force, like the sentences."""
    said = platform or Platform("")
    kinds = {
        "traffic_rules": said.traffic_rules,
        "data_exchange": said.data_exchange,
        "bd_contacts": said.bd_contacts,
    }
    return {"holding": said.holding, "breakthrough": said.breakthroughs, **kinds, "decision": said.decision}


def _next(card: ChainCard) -> Record | None:
    if card.next is None:
        return None
    return {
        **record(card.next, "growth", "exact", "first_target"),
        "weeks": [{"week": week, "target": target} for week, target in card.next.weeks],
        "kept": list(card.next.kept),
        "note": card.next.note or None,
    }
