"""What stands beside definitions: which metrics are live, and how often a target would have been met."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from kpi_tui.definitions.answers.design.state import TargetsMet
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.target import TargetKey
from tests.workspaces import Shop, orders

PAID = (100, 200, 300, 400, 500, 600)  # from May to October 2026


def test_a_target_is_tried_in_the_twelve_periods_before_and_only_where_they_are_known(tmp_path: Path) -> None:
    """250 in October: of May to September, July, August and September reach it; before May nothing is known."""
    shop = Shop(tmp_path / "sales")
    rows = [(f"o{n}", "u1", f"2026-{n + 5:02}-01 10:00:00", amount) for n, amount in enumerate(PAID)]
    shop.has("orders", orders(*rows), complete_until="2026-10-31").says(as_of="2026-10-31")
    shop.defines(
        "roles/ops.toml",
        '[roles.ops]\nname = "Ops"\n[[roles.ops.lines]]\nmetric = "paid_amount"\nweight = 60\n'
        '[[roles.ops.lines]]\nmetric = "new_members"\nweight = 40\n',
    )
    with closing(shop.book()) as book:
        period = Period.parse("2026-10")
        book.targets.set(TargetKey("ops", "paid_amount"), period, 250)
        facts = book.design.facts(book.workspace, period)
        assert facts.is_live("paid_amount") is True
        assert facts.is_live("new_members") is False and "user" in facts.lacks["new_members"]
        assert [value.value for value in facts.values["paid_amount"]][-6:] == list(PAID)
        assert "new_members" not in facts.values
        met = book.design.state(book.workspace, facts).met
        assert met == {TargetKey("ops", "paid_amount"): TargetsMet(3, 5)}
        book.targets.discard()
