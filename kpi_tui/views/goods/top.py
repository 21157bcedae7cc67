"""The hot list and the profit list, and what hot products pull along (R156)."""

from __future__ import annotations

from kpi_tui.definitions.answers.basket import TopList
from kpi_tui.text.phrase import phrase
from kpi_tui.views.cells import NumberCell, text
from kpi_tui.views.goods.rules import rule_data, rules_sheet
from kpi_tui.views.record import record
from kpi_tui.views.view import Column, View, listed


def top(found: TopList, currency: str) -> View:
    """The list, then the pairs by which hot products pull profitable ones."""
    units = found.kind == "units"
    value = phrase("Units sold") if units else phrase("Profit ({currency})", currency=currency)
    best = listed(
        found.rows,
        [
            (Column("place", "#", right=True), lambda row: NumberCell(row.place)),
            (Column("product", phrase("Product")), lambda row: text(row.product)),
            (Column("value", value, right=True), lambda row: NumberCell(row.value, "count" if units else "currency")),
            (Column("share", phrase("Share"), right=True), lambda row: NumberCell(row.share, "percent")),
        ],
        lambda row: row.product,
        name="top",
    )
    title = phrase("Hot products that pull profitable ones (lift above 1)")
    pulls = rules_sheet(found.pulls, title, [found.detail])
    data = {
        **record(found, "kind", "period"),
        "rows": [record(row, "place", "product", "value", "share") for row in found.rows],
        "pulls": [rule_data(rule) for rule in found.pulls],
        "detail": found.detail,
    }
    return View(sheets=(best, pulls), data=data)
