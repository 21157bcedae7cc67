"""What stands below the lines of a scorecard on its screen: every mark has its sentence there (R040)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from kpi_tui.definitions.edit import Change
from kpi_tui.definitions.period import Period
from kpi_tui.tui.screens.scorecard.foot import foot
from kpi_tui.views.scores.scorecard import scorecard
from tests.workspaces import Shop, orders

LINES = '[roles.all]\nname = "All"\n[[roles.all.lines]]\nmetric = "new_users"\nweight = 100\n'


def below(root: Path, *, room: int, low: bool) -> list[str]:
    """An order of the third has no amount that is a number: it is left out of what everybody knows."""
    rows = orders(("o1", "ann", "2026-03-01 10:00", 100.0), ("o2", "bob", "2026-03-02 10:00", 50.0))
    rows.append({**rows[0], "order_id": "o3", "paid_amount": "much"})
    shop = Shop(root / "ws").has("orders", rows, complete_until="2026-03-31").says(as_of="2026-03-31")
    book = shop.defines("roles/all.toml", LINES).book()
    card = book.scores.scorecard("all", Period.parse("2026-03"))
    return foot(card, scorecard(card, book.workspace), book.workspace, room, low=low).split("\n")


def test_the_mark_of_what_everybody_knows_has_its_sentence_below_it(tmp_path: Path) -> None:
    found = below(tmp_path, room=200, low=False)
    assert any("Paid amount 150" in line and "⚠" in line for line in found), found
    assert any(line.startswith("⚠ 1 row left out: Orders 1") for line in found), found


def test_on_a_low_terminal_doubts_share_one_line_so_that_the_lines_keep_theirs(tmp_path: Path) -> None:
    found = [line for line in below(tmp_path, room=30, low=True) if line.startswith(("⚠", "◔"))]
    assert len(found) == 1 and len(found[0]) <= 30 and found[0].endswith("…")


def test_that_the_period_is_not_over_stands_in_the_headline_and_not_again_below(tmp_path: Path) -> None:
    """One line of 100 points whose month has two of its 31 days: its own mark and that of what everybody knows."""
    rows = orders(("o1", "ann", "2026-03-01 10:00", 100.0), ("o2", "bob", "2026-03-02 10:00", 50.0))
    role = LINES.replace("new_users", "paid_amount")
    shop = Shop(tmp_path / "ws").has("orders", rows).says(as_of="2026-03-02").defines("roles/all.toml", role)
    book = shop.book()
    card = book.scores.scorecard("all", Period.parse("2026-03"))
    view = scorecard(card, book.workspace)
    assert view.headline is not None and view.headline.partial
    said = foot(card, view, book.workspace, 200, low=False)
    assert "Paid amount 150.00 ◔" in said and "not over" not in said


def late(number: int, metric: str, why: str) -> Change:
    """A weight that somebody moved after the period was over."""
    keys = ("roles", "all", "lines", metric, "weight")
    at = datetime(2026, 4, 9, 9, tzinfo=UTC)
    return Change(f"c{number}", at, "lin", "", "", "", 40, 60, why, batch=f"b{number}", late=True, keys=keys)


def test_r009_a_late_change_is_read_whole_at_80_columns_and_further_ones_are_counted_in_words(tmp_path: Path) -> None:
    shop = Shop(tmp_path / "ws").says(as_of="2026-03-31").defines("roles/all.toml", LINES)
    shop.has("orders", orders(("o1", "ann", "2026-03-01 10:00", 100.0)), complete_until="2026-03-31")
    book = shop.book()
    card = book.scores.scorecard("all", Period.parse("2026-03"))
    reason = "agreed in March, typed in April"

    def told(*changes: Change) -> list[str]:
        found = replace(card, late=changes)
        return foot(found, scorecard(found, book.workspace), book.workspace, 78, low=True).split("\n")

    one = told(late(1, "new_users", reason))
    assert " ".join(one[:2]).endswith(f"New users › weight (lin, 2026-04-09: {reason})")
    assert one[2].startswith("User visits") or "—" in one[2], "the next line is about something else"
    two = told(late(1, "new_users", reason), late(2, "new_users", reason))
    assert two[1].endswith(f"{reason}) and 1 more: H in Design"), two
    long = told(late(1, "new_users", reason), late(2, "new_users", "because " * 20))
    assert long[1].endswith("… and 1 more: H in Design") and len(long[1]) <= 78
