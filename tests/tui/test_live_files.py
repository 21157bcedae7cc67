"""Files that change while the app is open (R037): TOML is read at once, data on F5, an edit is never disturbed."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from kpi_tui.book import Book
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.target import TargetKey
from kpi_tui.tui.terminal.config_file import Options
from tests.tui.chain_shop import at_home
from tests.tui.driving import opened, press, settled, text
from tests.workspaces import Shop

KEY = TargetKey("ops", "paid_amount")
OCTOBER = Period.parse("2026-10")
ROLE = '[roles.ops]\nname = "{name}"\n[[roles.ops.lines]]\nmetric = "paid_amount"\nweight = 100\nmethod = "{method}"\n'
BY_ITSELF = Options(animation=False, reload_data=True)


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two orders of October, 300 in all, against a target of 400: 75 of 100 points."""
    at_home(tmp_path, monkeypatch)
    root = tmp_path / "shop"
    made = Shop(root).says(as_of="2026-10-31").has("orders", _orders(100, 200))
    made.book().close()
    write_role(root)
    book = Book.open(root, who="ann")
    book.targets.set(KEY, OCTOBER, 400.0, "agreed")
    book.targets.save("agreed")
    book.close()
    return root


def _orders(*amounts: float) -> list[dict[str, object]]:
    return [
        {"order_id": f"o{n}", "user_id": f"u{n}", "created_at": "2026-10-05", "paid_at": "2026-10-05", "paid_amount": a}
        for n, a in enumerate(amounts)
    ]


def write_role(root: Path, name: str = "Ops", method: str = "ratio") -> None:
    (root / "roles").mkdir(exist_ok=True)
    (root / "roles" / "ops.toml").write_text(ROLE.format(name=name, method=method), encoding="utf-8")


def write_orders(root: Path, *amounts: float) -> None:
    rows = [
        f"{row['order_id']},{row['user_id']},2026-10-05,2026-10-05,{row['paid_amount']}" for row in _orders(*amounts)
    ]
    (root / "orders.csv").write_text("\n".join(["order_id,user_id,created_at,paid_at,paid_amount", *rows, ""]))


async def look(pilot: Pilot[int]) -> None:
    """What the timer does every two seconds."""
    pilot.app.live.look()  # type: ignore[attr-defined]
    await settled(pilot)


async def test_a_method_written_by_an_editor_counts_at_once(shop: Path) -> None:
    async with opened(Book.open(shop, who="ann")) as pilot:  # type: ignore[arg-type]
        assert "Score 75.00◔ / 100" in text(pilot)
        write_role(shop, method="pass_fail")
        await look(pilot)
        assert "Score 0.00◔ / 100" in text(pilot)  # not met
        assert "roles/ops.toml was read again." in text(pilot)


async def test_a_broken_file_leaves_what_was_and_says_where(shop: Path) -> None:
    async with opened(Book.open(shop, who="ann"), (120, 30)) as pilot:  # type: ignore[arg-type]
        (shop / "roles" / "ops.toml").write_text(ROLE.format(name="Ops", method="some"), encoding="utf-8")
        await look(pilot)
        assert "Score 75.00◔ / 100" in text(pilot)
        assert "roles/ops.toml, line 6" in text(pilot)
        assert "The former definitions stay: " in text(pilot)
        pilot.app.say("")
        await look(pilot)
        assert "line 6" not in text(pilot)  # said once
        write_role(shop, method="pass_fail")
        await look(pilot)
        assert "Score 0.00◔ / 100" in text(pilot)


async def test_a_broken_workspace_toml_is_named_with_its_line(shop: Path) -> None:
    """Its second line is no TOML: the file and the line are told, not only the folder."""
    async with opened(Book.open(shop, who="ann"), (120, 30)) as pilot:  # type: ignore[arg-type]
        (shop / "workspace.toml").write_text('currency = "CNY"\nname = \n', encoding="utf-8")
        await look(pilot)
        assert "workspace.toml, line 2" in text(pilot)
        assert "Score 75.00◔ / 100" in text(pilot)


async def test_new_data_are_announced_and_read_on_f5(shop: Path) -> None:
    async with opened(Book.open(shop, who="ann")) as pilot:  # type: ignore[arg-type]
        write_orders(shop, 100, 200, 60)
        await look(pilot)
        assert "orders.csv changed; F5 reads it." in text(pilot)
        assert "Score 75.00◔ / 100" in text(pilot)
        await press(pilot, "f5")
        assert "Score 90.00◔ / 100" in text(pilot)  # 360 of 400


async def test_new_data_are_read_by_themselves_where_the_person_wants_it(shop: Path) -> None:
    async with opened(Book.open(shop, who="ann"), options=BY_ITSELF) as pilot:  # type: ignore[arg-type]
        write_orders(shop, 100, 200, 20)
        await look(pilot)
        assert "Score 80.00◔ / 100" in text(pilot)


async def test_a_cell_that_is_typed_into_is_not_disturbed_and_an_unsaved_edit_stays(shop: Path) -> None:
    async with opened(Book.open(shop, who="ann")) as pilot:  # type: ignore[arg-type]
        await press(pilot, "4", "e", *"50")
        write_role(shop, name="Shopkeepers")
        await look(pilot)
        assert "Shopkeepers" not in text(pilot)
        await press(pilot, "0", "enter")  # 500, unsaved
        await look(pilot)
        assert "Shopkeepers" in text(pilot)
        assert pilot.app.book.targets.pending() == {("2026-10", KEY): (400.0, 500.0)}  # type: ignore[attr-defined]
        assert "✎ 500" in text(pilot)


async def test_what_somebody_else_saved_is_shown(shop: Path) -> None:
    async with opened(Book.open(shop, who="ann")) as pilot:  # type: ignore[arg-type]
        other = Book.open(shop, who="bob")
        other.targets.set(KEY, OCTOBER, 600.0, "more")
        other.targets.save("more")
        other.close()
        await look(pilot)
        assert "Score 50.00◔ / 100" in text(pilot)  # 300 of 600


async def test_the_role_in_view_gives_way_when_it_is_gone(shop: Path) -> None:
    async with opened(Book.open(shop, who="ann")) as pilot:  # type: ignore[arg-type]
        (shop / "roles" / "ops.toml").write_text(ROLE.replace("ops", "sales").format(name="Sales", method="ratio"))
        await look(pilot)
        assert "Sales" in text(pilot)


async def test_another_calendar_counts_at_once_and_what_is_in_view_stays_in_view(shop: Path) -> None:
    """2026-Q4 is FY2027-Q3 where years begin in April: the same days, called otherwise."""
    async with opened(Book.open(shop, who="ann"), (120, 30)) as pilot:  # type: ignore[arg-type]
        await press(pilot, "g", "q")
        assert "‹ 2026-Q4 ›" in text(pilot)
        head = shop / "workspace.toml"
        head.write_text(head.read_text() + '[calendar]\nfiscal_year = "april"\n', encoding="utf-8")
        await look(pilot)
        assert "‹ FY2027-Q3 › 2026-10-01 … 2026-12-31 ◔" in text(pilot)
        await press(pilot, "right_square_bracket")
        assert "‹ FY2027-Q4 ›" in text(pilot)


async def test_unsaved_targets_hold_a_change_of_the_calendar_back(shop: Path) -> None:
    book = Book.open(shop, who="ann")
    async with opened(book, (120, 30)) as pilot:  # type: ignore[arg-type]
        book.targets.set(KEY, OCTOBER, 300.0)
        head = shop / "workspace.toml"
        head.write_text(head.read_text() + '[calendar]\nweek_start = "sunday"\n', encoding="utf-8")
        await look(pilot)
        assert "save or discard what is unsaved here before" in text(pilot)
        assert book.targets.of(OCTOBER)[KEY].value == 300.0
