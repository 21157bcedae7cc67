"""Answers of `rules` and `top`: what is bought together, what sells and what earns (spec R156, R157)."""

from __future__ import annotations

from collections.abc import Sequence

from kpi_tui.definitions.answers.basket import Rule, TopList
from kpi_tui.definitions.period import Period
from kpi_tui.report.sheet import Column, Report, Sheet, figure, sheet, word
from kpi_tui.text import format as fmt
from kpi_tui.text.i18n import _, n_


def rule_data(rule: Rule) -> dict[str, object]:
    """One rule with its counts, so that every share can be recomputed exactly."""
    return {
        "given": list(rule.given),
        "then": rule.then,
        "support": rule.support,
        "confidence": rule.confidence,
        "lift": rule.lift,
        "together": rule.together,
        "given_count": rule.given_count,
        "then_count": rule.then_count,
        "baskets": rule.baskets,
    }


def rules_report(rules: Sequence[Rule], period: Period) -> Report:
    """Rules, highest lift first."""
    notes = [
        n_("{count} rule", "{count} rules", len(rules)),
        _("{count} baskets in {period}", count=rules[0].baskets, period=period.id) if rules else "",
    ]
    return Report([rule_data(rule) for rule in rules], (_sheet(rules, "", notes),))


def _sheet(rules: Sequence[Rule], title: str, notes: Sequence[str] = ()) -> Sheet:
    columns = [
        Column("given", _("Who buys")),
        Column("then", _("also buys")),
        Column("support", _("Support"), right=True),
        Column("confidence", _("Confidence"), right=True),
        Column("lift", _("Lift"), right=True),
        Column("together", _("Baskets"), right=True),
    ]
    rows = [
        [
            word(", ".join(rule.given)),
            word(rule.then),
            figure(rule.support, fmt.number(rule.support, "percent")),
            figure(rule.confidence, fmt.number(rule.confidence, "percent")),
            figure(rule.lift, fmt.decimals(rule.lift, 2)),
            figure(rule.together, fmt.decimals(rule.together, 0)),
        ]
        for rule in rules
    ]
    return sheet(columns, rows, title, notes)


def top_report(found: TopList, currency: str) -> Report:
    """The list, then the pairs by which hot products pull profitable ones."""
    unit = "count" if found.kind == "units" else "currency"
    title = _("Units sold") if found.kind == "units" else _("Profit ({currency})", currency=currency)
    columns = [
        Column("place", "#", right=True),
        Column("product", _("Product")),
        Column("value", title, right=True),
        Column("share", _("Share"), right=True),
    ]
    rows = [
        [
            figure(row.place, str(row.place)),
            word(row.product),
            figure(row.value, fmt.number(row.value, unit)),
            figure(row.share, fmt.number(row.share, "percent") if row.share is not None else fmt.DASH),
        ]
        for row in found.rows
    ]
    pulls = _sheet(found.pulls, _("Hot products that pull profitable ones (lift above 1)"), [found.detail])
    data = {
        "kind": found.kind,
        "period": found.period.id,
        "rows": [{"place": r.place, "product": r.product, "value": r.value, "share": r.share} for r in found.rows],
        "pulls": [rule_data(rule) for rule in found.pulls],
        "detail": found.detail,
    }
    return Report(data, (sheet(columns, rows), pulls))
