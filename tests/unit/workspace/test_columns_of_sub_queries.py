"""Columns of a sub-query are its own, or those of the queries around it; the outer query's are not the inner's."""

from __future__ import annotations

import pytest
from sqlglot import parse_one

from kpi_tui.workspace.check.relations import Columns, query_outputs

KNOWN: dict[str, Columns] = {
    "orders": frozenset({"order_id", "user_id", "day", "paid"}),
    "users": frozenset({"user_id", "side", "since"}),
    "teams": frozenset({"side", "lead"}),
}
USER = "user_id in (select user_id from users where "
SOUND = {
    "a column of its own": f"{USER}side = 'buyer')",
    "one more query inside": f"{USER}side in (select side from teams where lead = 'x'))",
    "exists, of both": "exists (select 1 from users u where u.user_id = orders.user_id and side = 'x' and since < day)",
    "a scalar": "paid > (select count(side) from users)",
    "a union": f"{USER}side = 'a' union all select lead from teams where side = day)",
    "an order of its own": "user_id in (select user_id from users order by since limit 1)",
}
WRONG = {
    "nobody's, inside": (f"{USER}sid = 'buyer')", "sid"),
    "the inner query's, outside": (f"side = 'x' and {USER}side = 'x')", "side"),
    "a sibling's": (f"{USER}since > lead) and day in (select lead from teams)", "lead"),
    "of the other part of a union": (f"{USER}lead = 'a' union select lead from teams)", "lead"),
}  # fmt: skip


def problems(where: str) -> list[str]:
    tree = parse_one(f"select order_id, paid as v from orders where {where}", dialect="duckdb")
    outputs, found = query_outputs(tree, KNOWN)
    assert outputs == {"order_id", "v"}
    return found


@pytest.mark.parametrize("where", SOUND.values(), ids=SOUND)
def test_what_stands_in_its_own_scope_is_sound(where: str) -> None:
    assert problems(where) == []


@pytest.mark.parametrize(("where", "column"), WRONG.values(), ids=WRONG)
def test_what_stands_in_none_is_told_once(where: str, column: str) -> None:
    (said,) = problems(where)
    assert said.startswith(f"unknown column {column!r}")


@pytest.mark.parametrize("inside", ["select user_id as v from users", "select side as v, since from users"])
def test_a_derived_table_is_judged_by_itself(inside: str) -> None:
    tree = parse_one(f"select o.paid, b.v from orders o join ({inside} where side = 'x') b on b.v = o.user_id")
    assert query_outputs(tree, KNOWN) == ({"paid", "v"}, [])
