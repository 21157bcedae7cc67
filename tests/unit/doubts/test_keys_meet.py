"""How far the keys of related tables meet: told by `check`, noted at the values that rest on both tables."""

from __future__ import annotations

import itertools
import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpi_tui.definitions.issue import Issue
from kpi_tui.definitions.period import Period
from tests.examples import examples
from tests.workspaces import Shop, orders, users

IDS = st.lists(st.sampled_from(["1", "01", "001", "a", "A", "b", "中", ""]), min_size=1, max_size=12)


def shop_of(root: Path, buyers: list[str], registered: list[str], **source: str) -> Shop:
    bought = [(f"o{n:02d}", who, "2026-03-01 10:00", 10.0) for n, who in enumerate(buyers)]
    shop = Shop(root / "ws").has("orders", orders(*bought), **source)
    return shop.has("users", users(*((who, "2026-02-01 10:00") for who in registered)), **source)


def apart(shop: Shop) -> list[Issue]:
    return [issue for issue in shop.book().data.check() if issue.code == "keys"]


@settings(max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(buyers=IDS, registered=IDS)
def test_the_overlap_of_keys_is_that_of_sets(
    buyers: list[str], registered: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    shop = shop_of(tmp_path_factory.mktemp("keys"), buyers, registered).says(settings={"keys_meet": 2})
    (found,) = shop.book().data.keys_apart() if any(buyers) and any(registered) else (None,)
    if found is None:
        return
    named, known = set(buyers) - {""}, set(registered) - {""}
    assert (found.table, found.column, found.other, found.target) == ("orders", "user_id", "users", "user_id")
    assert (found.ids, found.ids_found) == (len(named), len(named & known))
    assert (found.rows, found.rows_found) == (sum(map(bool, buyers)), sum(who in known for who in buyers))
    assert set(found.examples) == set(sorted(named - known)[:3])
    assert set(found.beside) == set(sorted(known - named)[:3])


def test_keys_that_do_not_meet_are_a_warning_with_numbers_and_examples_from_either_side(tmp_path: Path) -> None:
    buyers = [f"00{n}" for n in (123, 124, 125, 126)] + ["7", "7"]
    (issue,) = apart(shop_of(tmp_path, buyers, ["123", "124", "125", "126", "7"]))
    assert issue.message == (
        "orders.user_id → users.user_id: 1 of 5 ids (20.0 %) are found, in 2 of 6 rows; "
        "e.g. '00123', '00124', '00125' beside '123', '124', '125'"
    )
    assert (issue.severity, issue.file) == ("warning", "tables.toml")


def test_the_lines_a_warning_asks_for_make_the_keys_meet(tmp_path: Path) -> None:
    shop = shop_of(tmp_path, ["00123", "00124"], ["123", "124"])
    (issue,) = apart(shop)
    lines = issue.hint.removeprefix("write the ids alike: ").split(" and ")
    written = [tomllib.loads(line.replace("] ", "]\n"))["tables"] for line in lines]
    columns = {table: source["columns"] for one in written for table, source in one.items()}
    assert columns == {
        "orders": {"user_id": "ltrim(user_id, '0')"},
        "users": {"user_id": "ltrim(user_id, '0')"},
    }
    for table in ("orders", "users"):
        shop._tables[table]["columns"] = columns[table]
    assert apart(shop) == []


def test_keys_that_meet_for_the_most_part_are_not_warned_about_and_the_setting_says_how_much(tmp_path: Path) -> None:
    nine = [f"u{n}" for n in range(9)]
    shop = shop_of(tmp_path, [*nine, "gone"], nine)
    assert apart(shop) == []
    assert len(apart(shop.says(settings={"keys_meet": 0.95}))) == 1


def test_values_on_both_tables_carry_a_note_and_others_do_not(tmp_path: Path) -> None:
    own = (
        '[measures.buyers_known]\ntable = "orders"\nagg = "count_distinct"\ncolumn = "user_id"\n'
        'where = "user_id in (select user_id from users)"\ntime = "created_at"\n'
        '[metrics.known]\nname = "Known"\ndefinition = "d"\ncategory = "revenue"\nkind = "absolute"\n'
        'formula = "buyers_known"\nunit = "count"\nbetter = "higher"\ngrain = "month"\n'
    )
    shop = shop_of(tmp_path, ["00123", "7"], ["123", "7"], complete_until="2026-03-31").defines("metrics/own.toml", own)
    march = Period.parse("2026-03")
    known, paid = shop.book().numbers.values(["known", "paid_amount"], march)
    note = "orders.user_id → users.user_id: 1 of 2 ids (50.0 %) are found"
    assert (known.value, note in known.notes) == (1, True)
    assert not [said for said in paid.notes if "→" in said]
    (kept,) = shop.book().numbers.values(["known"], march)  # from the cache
    assert note in kept.notes


def test_a_cut_through_a_related_table_carries_the_note_of_the_way_there(tmp_path: Path) -> None:
    """Orders know no acquisition_type: it is that of the buyer, and of the two buyers only '7' is a known user."""
    shop = shop_of(tmp_path, ["00123", "7"], ["123", "7"], complete_until="2026-03-31")
    march = Period.parse("2026-03")
    note = "orders.user_id → users.user_id: 1 of 2 ids (50.0 %) are found"
    numbers = shop.book().numbers
    assert [value.notes for value in numbers.values(["paid_amount"], march)] == [()]
    (some,) = numbers.values(["paid_amount"], march, where="acquisition_type = 'organic'")
    assert (some.value, some.notes) == (10, (note,))
    cut = numbers.values(["paid_amount"], march, by="acquisition_type")
    assert {value.segment: value.notes for value in cut if value.segment} == {"organic": (note,), "(none)": (note,)}
    assert [value.notes for value in numbers.values(["paid_amount"], march, by="domain")] == [(), ()]


def test_many_ids_are_compared_share_by_share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kpi_tui.engine.doubts import related_keys

    named = [f"{a}{b}" for a, b in itertools.product("abc", range(10))]
    known = [f"{a}{b}" for a, b in itertools.product("bcd", range(10))]
    monkeypatch.setattr(related_keys, "_AT_ONCE", 7)
    (issue,) = apart(shop_of(tmp_path, named, known))
    assert "20 of 30 ids (66.7 %)" in issue.message and "e.g. 'a0', 'a1', 'a2' beside 'd0', 'd1', 'd2'" in issue.message


def test_a_relation_whose_column_is_not_mapped_is_not_asked_about(tmp_path: Path) -> None:
    shop = shop_of(tmp_path, ["x"], ["y"])
    rows = [{"event_id": "e1", "ts": "2026-03-01 10:00", "visitor_id": "v", "event": "page_view", "platform": "web"}]
    assert [issue.message[:14] for issue in apart(shop.has("events", rows))] == ["orders.user_id"]


def lines_of(root: Path, named: list[str], **source: str) -> Shop:
    """Twelve orders of March, and a line of one unit for each that is named."""
    bought = orders(*((f"o{n:02d}", "u", "2026-03-01 10:00", 10.0) for n in range(12)))
    shop = Shop(root / "ws").has("orders", bought, complete_until="2026-03-31", **source)
    lines = [{"order_id": one, "sku_id": "tea", "qty": 1, "unit_price": 10, "unit_cost": 6} for one in named]
    return shop.has("order_items", lines).says(as_of="2026-03-31")


def test_lines_of_an_order_that_is_not_there_are_told_although_nearly_all_ids_meet(tmp_path: Path) -> None:
    """12 of 13 orders are known, above the threshold; two lines of `x` are of no day, so that 12 units are sold."""
    shop = lines_of(tmp_path, [*(f"o{n:02d}" for n in range(12)), "x", "x"])
    said = "order_items: the order_id of 2 of 14 rows is not in orders (x): they are of no day and in no number"
    for metric in ("items_sold", "product_units_sold"):
        value = shop.value(metric, "2026-03")
        assert (value.value, value.notes) == (12, (said,))
    assert shop.value("paid_orders", "2026-03").notes == ()
    (issue,) = [one for one in shop.book().data.check() if one.code == "undated"]
    assert (issue.message, issue.severity) == (said, "warning")


def test_lines_of_a_rejected_order_are_told_too(tmp_path: Path) -> None:
    shop = lines_of(tmp_path, [f"o{n:02d}" for n in range(12)])
    cells = (shop.root / "orders.csv").read_text(encoding="utf-8").replace("o03,u,2026-03-01", "o03,u,2026-03-99")
    (shop.root / "orders.csv").write_text(cells, encoding="utf-8")
    value = shop.value("items_sold", "2026-03")
    assert (value.value, value.left_out) == (11, {"orders": 1})
    assert [note for note in value.notes if "order_items: the order_id of 1 of 12 rows is not in orders (o03)" in note]


def test_lines_of_orders_that_a_filter_leaves_out_are_meant_to_be_out(tmp_path: Path) -> None:
    shop = lines_of(tmp_path, [f"o{n:02d}" for n in range(12)], where="order_id <> 'o03'")
    assert (shop.value("items_sold", "2026-03").value, shop.value("items_sold", "2026-03").notes) == (11, ())
    assert not [one for one in shop.book().data.check() if one.code in ("undated", "keys")]
