"""The rows of files that did not arrive, one by one: each with its file, its line, its reason and its cells."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpi_tui.definitions.answers.rows.counted_rows import RowsWish
from kpi_tui.definitions.answers.rows.refused_rows import RefusedRows
from kpi_tui.definitions.issue import UsageError
from tests.workspaces import Shop

HEAD = "order_id,user_id,created_at,paid_at,order_amount,list_amount,paid_amount,paid_from_balance,domain"
GOOD = "2026-01-03 10:00:00,2026-01-03 10:00:00,30,30,30,0,public"


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """Two files: of eight rows one is filtered, six have something wrong (more of a kind than examples are kept)."""
    made = Shop(tmp_path / "shop")
    bad = [f"b{n},ann,2026-01-03 10:00:00,2026-01-03 10:00:00,30,30,x{n},0,public" for n in range(7)]
    (made.root / "one.csv").write_text("\n".join([HEAD, f"o1,ann,{GOOD}", *bad]) + "\n")
    (made.root / "two.csv").write_text("\n".join([HEAD, f"o2,tester,{GOOD}", "o3,short"]) + "\n")
    return made.maps("orders", {"path": ["one.csv", "two.csv"], "where": "user_id <> 'tester'"})


def lines(found: RefusedRows) -> list[tuple[object, ...]]:
    """File, line and reason of each row."""
    return [(row[1], row[2], str(row[0]).partition(":")[0]) for row in found.rows]


def test_every_row_is_there_with_file_line_reason_and_cells(shop: Shop) -> None:
    found = shop.book().rows.refused("orders")
    bad = [("one.csv", line, "paid_amount") for line in range(3, 10)]
    assert lines(found) == [
        *bad,
        ("two.csv", 2, "left out by the mapping"),
        ("two.csv", 3, "too few cells (the header has 9)"),
    ]
    assert (found.total, found.unread) == (9, 0)
    assert sum(count for _reason, count in found.reasons) == 9
    named = dict(zip([column.name for column in found.columns], found.rows[0], strict=True))
    assert (named["order_id"], named["paid_amount"]) == ("b0", "x0")
    assert found.rows[-1][-1] == "o3,short"  # the line as it stands


def test_refused_rows_are_kept_sorted_and_paged(shop: Shop) -> None:
    rows = shop.book().rows
    assert lines(rows.refused("orders", wish=RowsWish(only="paid_amount = 'x3'"))) == [("one.csv", 6, "paid_amount")]
    assert lines(rows.refused("orders", wish=RowsWish(only="TESTER")))[0][:2] == ("two.csv", 2)
    last = rows.refused("orders", wish=RowsWish("file_row", descending=True, first=1, most=2))
    assert [row[1] for row in lines(last)] == [8, 7]
    for wrong in (RowsWish("paid_amout"), RowsWish(only="nobody = 1"), RowsWish(only="paid_amount >")):
        with pytest.raises(UsageError):
            rows.refused("orders", wish=wrong)
    with pytest.raises(UsageError, match="maps no table"):
        rows.refused("refunds")
