"""The hot list and the profit list, and what hot products pull along (spec R156)."""

from __future__ import annotations

from kpi_tui.definitions.answers.basket import TopList
from kpi_tui.text.phrase import phrase
from kpi_tui.views.cells import Cell, NumberCell, text
from kpi_tui.views.goods.rules import rule_data, rules_sheet
from kpi_tui.views.view import Column, View, sheet


def top(found: TopList, currency: str) -> View:
    """The list, then the pairs by which hot products pull profitable ones."""
    units = found.kind == "units"
    columns = [
        Column("place", "#", right=True),
        Column("product", phrase("Product")),
        Column(
            "value", phrase("Units sold") if units else phrase("Profit ({currency})", currency=currency), right=True
        ),
        Column("share", phrase("Share"), right=True),
    ]
    rows: list[list[Cell]] = [
        [
            NumberCell(row.place),
            text(row.product),
            NumberCell(row.value, "count" if units else "currency"),
            NumberCell(row.share, "percent"),
        ]
        for row in found.rows
    ]
    title = phrase("Hot products that pull profitable ones (lift above 1)")
    pulls = rules_sheet(found.pulls, title, [found.detail] if found.detail else [])
    return View(sheets=(sheet(columns, rows, key="top"), pulls), data=_data(found))


def _data(found: TopList) -> dict[str, object]:
    return {
        "kind": found.kind,
        "period": found.period.id,
        "rows": [{"place": r.place, "product": r.product, "value": r.value, "share": r.share} for r in found.rows],
        "pulls": [rule_data(rule) for rule in found.pulls],
        "detail": found.detail,
    }
