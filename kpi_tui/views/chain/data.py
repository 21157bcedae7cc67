"""The JSON of a chain."""

from __future__ import annotations

from kpi_tui.definitions.answers.chain_card import ChainCard, Finding, LinkCard, Rank, WeekCell
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.views.cells import finite
from kpi_tui.views.chain.findings import sentence


def chain_data(card: ChainCard, space: Workspace) -> dict[str, object]:
    """One object; sentences are told in the language in force, names stand in both."""
    weak = card.weak
    return {
        "chain": card.chain.id,
        "name": {"en": card.chain.name.en, "zh": card.chain.name.zh},
        "period": card.period.id,
        "growth": card.growth,
        "links": [_link_data(link) for link in card.links],
        "total": finite(card.total),
        "possible": card.possible,
        "reachable": card.reachable,
        "weakest": weak.named or None,
        "cause": weak.cause or None,
        "lowest": weak.lowest or None,
        "by_gain": [_rank_data(rank) for rank in weak.by_gain],
        "by_attainment": list(weak.by_attainment),
        "result": {"of": weak.result_of, "value": finite(weak.result)},
        "balance": {"absolute": card.balance.absolute, "ratio": card.balance.ratio, "verdict": card.balance.verdict},
        "diagnosis": [_finding_data(finding, card, space) for finding in card.findings],
        "payback": [
            {"project": v.project, "roi": finite(v.roi), "target": v.target, "due": v.due, "verdict": v.verdict}
            for v in card.verdicts
        ],
        "platforms": platform_data(card),
        "next": _next_data(card),
    }


def _link_data(card: LinkCard) -> dict[str, object]:
    link = card.link
    return {
        "id": link.id,
        "name": {"en": link.name.en, "zh": link.name.zh},
        "points": card.points,
        "score": finite(card.score),
        "attainment": finite(card.attainment),
        "actual": finite(card.actual),
        "target": finite(card.target),
        "absolute": finite(card.absolute),
        "ratio": finite(card.ratio),
        "baseline": finite(card.baseline),
        "gain": finite(card.gain),
        "inflow": finite(card.inflow),
        "capacity": finite(card.capacity),
        "weeks": [_week_data(cell) for cell in card.weeks],
        "owner": link.owner,
        "status": card.status,
        "rule": link.rule.value,
        "reason": card.reason.value if card.reason else None,
        "detail": card.detail,
    }


def _week_data(cell: WeekCell) -> dict[str, object]:
    return {
        "week": cell.period,
        "target": finite(cell.target),
        "actual": finite(cell.actual),
        "uncapped": finite(cell.uncapped),
        "goal": finite(cell.goal),
        "numerator": finite(cell.numerator.value),
        "denominator": finite(cell.denominator.value),
        "score": finite(cell.score),
        "by_hand": cell.by_hand,
        "agreed": cell.agreed,
        "partial": cell.partial,
        "reason": cell.reason.value if cell.reason else None,
    }


def _rank_data(rank: Rank) -> dict[str, object]:
    return {
        "link": rank.link,
        "gain": finite(rank.gain),
        "share": finite(rank.share),
        "gain_score": finite(rank.gain_score),
        "attainment": finite(rank.attainment),
        "actual": finite(rank.actual),
        "reference": finite(rank.reference),
        "basis": rank.basis or None,
        "clear": rank.clear,
        "cause": rank.cause or None,
    }


def _finding_data(finding: Finding, card: ChainCard, space: Workspace) -> dict[str, object]:
    return {
        "code": finding.code,
        "text": sentence(finding, card, space),
        "rule": finding.rule,
        "link": finding.link or None,
        "owner": finding.owner or None,
        "severity": finding.severity,
        "numbers": finding.plain,
    }


def platform_data(card: ChainCard) -> list[dict[str, object]]:
    texts = {platform.id: platform for platform in card.chain.platforms}
    rows: list[dict[str, object]] = []
    for row in card.platforms:
        said = texts.get(row.platform)
        rows.append(
            {
                "platform": row.platform,
                "week": row.week,
                "visitors": finite(row.visitors),
                "visits": finite(row.visits),
                "market_size": finite(row.market_size),
                "saturation": finite(row.saturation),
                "holding": said.holding if said else "",
                "breakthrough": said.breakthrough if said else "",
                "decision": said.decision if said else "",
            }
        )
    return rows


def _next_data(card: ChainCard) -> dict[str, object] | None:
    if card.next is None:
        return None
    return {
        "growth": card.next.growth,
        "exact": finite(card.next.exact),
        "first_target": finite(card.next.first_target),
        "weeks": [{"week": week, "target": target} for week, target in card.next.weeks],
        "kept": list(card.next.kept),
        "note": card.next.note or None,
    }
