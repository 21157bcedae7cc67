"""SQL that passes the guard is not too deep for what comes after it, at any depth of the stack that asks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from kpi_tui.definitions.issue import TableError
from kpi_tui.sql import guard
from tests.table_kit import read

T = TypeVar("T")
CALLS = 150
"""How deep a command or a worker stands when it reads a table: about 90."""
COLUMNS = {"order_id": "order_id", "created_at": "created_at"}

DEEP = [
    ("{x} + a", "a"),
    ("{x} || a", "a"),
    ("{x} or a = 1", "a = 2"),
    ("{x} is null", "a"),
    ("{x}::varchar", "a"),
    ("- {x}", "a"),
    ("not {x}", "a"),
    ("coalesce({x}, 1)", "a"),
    ("({x} + 1) * a", "a"),
    ("case when a = 1 then {x} else 2 end", "a"),
    ("case when {x} = 1 then 1 else 2 end", "a"),
    ("greatest({x}, a)", "a"),
    ("concat({x}, a)", "a"),
    ("a in (1, {x})", "a"),
    ("round({x}, 2)", "a"),
    ("strpos('a', {x})", "a"),
    ("substr({x}, 1, 5)", "a"),
    ("cast({x} as double)", "a"),
]


@pytest.mark.parametrize(("template", "leaf"), DEEP, ids=[template for template, _leaf in DEEP])
def test_what_passes_is_not_too_deep_for_what_reads_it(tmp_path: Path, template: str, leaf: str) -> None:
    """600 columns added up, or `::text` 120 times, passed, and a command ended with a RecursionError."""
    passed = 0
    for times in (5, 10, 13, 20, 28, 40, 80, 155, 200, 300):
        if not passes(nested(template, leaf, times)):
            break
        passed = times
    assert 10 <= passed < 200
    columns = {**COLUMNS, "scene": f"cast({nested(template, leaf, passed)} as varchar)"}
    called_deep(lambda: read_or_refused(tmp_path, columns))


def nested(template: str, leaf: str, times: int) -> str:
    """`template` with itself in the place of {x}, and `leaf` innermost."""
    for _ in range(times):
        leaf = template.replace("{x}", leaf)
    return leaf


def passes(sql: str) -> bool:
    """Whether the guard lets it through."""
    try:
        guard.expression(f"cast({sql} as varchar)")
    except guard.FragmentError:
        return False
    return True


def read_or_refused(folder: Path, columns: dict[str, str]) -> None:
    """A sentence of the engine is one way to answer."""
    try:
        read(folder, "order_id,created_at,a\n1,2026-10-15 08:00:00,2\n", columns=columns)
    except TableError as error:
        assert "\n" not in str(error)


def called_deep(ask: Callable[[], T], calls: int = CALLS) -> T:
    """The answer at that depth of the stack."""
    return called_deep(ask, calls - 1) if calls else ask()
