"""Each funnel lives or fails alone: one that cannot be read takes no other along, and its reason is its own (R171).

Three people look at a page on 1 and 2 March, two of them pay: `good` is 3, then 2. `bad` cannot be read.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kpi_tui.definitions.answers.value import Reason
from kpi_tui.definitions.issue import DefinitionError, Issue, Severity
from kpi_tui.definitions.period import Period
from tests.unit.cli.conftest import Run
from tests.workspaces import Shop, orders, views

MARCH = Period.parse("2026-03")
VIEWED = views(*((who, f"2026-03-0{day} 09:00", "home") for who, day in (("u1", 1), ("u2", 2), ("u3", 2))))
BOUGHT = orders(("o1", "u1", "2026-03-01 10:00", 10.0), ("o2", "u2", "2026-03-02 10:00", 50.0))
FUNNELS = """[funnels.bad]
name = "b"
[[funnels.bad.steps]]
name = "see"
table = "events"
where = "event = 'page_view'"
[[funnels.bad.steps]]
name = "use"
{bad}
[funnels.good]
name = "g"
[[funnels.good.steps]]
name = "see"
table = "events"
where = "event = 'page_view'"
[[funnels.good.steps]]
name = "pay"
table = "orders"
time = "paid_at"
value = "paid_amount"
"""
LACKS = 'table = "events"\nwhere = "feature = \'search\'"'
FAILS = 'table = "events"\nwhere = "cast(event as integer) > 3"'
UNKNOWN = 'table = "events"\nwhere = "featur = \'search\'"'
BROKEN = 'table = "events"\nwhere = "event = = 3"'
NOWHERE = 'table = "visits"'
KINDS = [(LACKS, Reason.NO_COLUMN), (FAILS, Reason.ERROR), ('table = "refunds"', Reason.NO_TABLE)]
DEFINED_WRONGLY = [
    (UNKNOWN, "unknown column 'featur' of events; did you mean 'feature'?", 10, "where"),
    (BROKEN, "where = 'event = = 3': not valid SQL", 10, "where"),
    (NOWHERE, "unknown table or fact 'visits'", 9, "table"),
]


def shop(root: Path, bad: str) -> Shop:
    built = Shop(root / "ws").has("events", VIEWED, complete_until="2026-03-31")
    built.has("orders", BOUGHT, complete_until="2026-03-31").says(as_of="2026-03-31")
    return built.defines("funnels.toml", FUNNELS.format(bad=bad))


@pytest.mark.parametrize("bad", [kind for kind, _ in KINDS] + [kind for kind, *_ in DEFINED_WRONGLY])
def test_the_other_funnel_has_its_numbers(bad: str, tmp_path: Path) -> None:
    found = shop(tmp_path, bad).book(draft=False).funnels.of("good", MARCH)
    assert [(step.people, step.reason) for step in found.steps] == [(3, None), (2, None)]
    assert found.steps[1].rate == pytest.approx(2 / 3)


@pytest.mark.parametrize(("bad", "reason"), KINDS)
def test_the_funnel_that_cannot_be_read_says_why(bad: str, reason: Reason, tmp_path: Path) -> None:
    found = shop(tmp_path, bad).book(draft=False).funnels.of("bad", MARCH)
    assert [(step.people, step.reason) for step in found.steps] == [(None, reason)] * 2


def test_the_column_that_nobody_supplies_is_named(tmp_path: Path, run: Run) -> None:
    """By the funnel, by its steps among those of the other, and in JSON with an exit code that says so."""
    book = shop(tmp_path, LACKS).book(draft=False)
    said = "needs the column events.feature"
    assert {step.detail for step in book.funnels.of("bad", MARCH).steps} == {said}
    values = book.numbers.values(["step_converted_users"], MARCH, by="step")
    assert [(value.segment, value.value, value.reason, value.detail) for value in values[1:]] == [
        ("bad 1. see", None, Reason.NO_COLUMN, said),
        ("bad 2. use", None, Reason.NO_COLUMN, said),
        ("good 1. see", 3, None, ""),
        ("good 2. pay", 2, None, ""),
    ]
    assert values[0].value is None  # people of a funnel that is not known are in no total
    asked = ("--period", "2026-03", "--format", "json")
    told = run("-w", tmp_path / "ws", "funnel", "bad", *asked)
    assert (told.code, [step["reason"] for step in json.loads(told.out)["steps"]]) == (1, ["no_column"] * 2)
    assert run("-w", tmp_path / "ws", "funnel", "good", *asked).code == 0


def test_money_is_read_funnel_by_funnel_too(tmp_path: Path) -> None:
    """60 paid in `good`, half of them credited to each step; `bad` asks for an amount that no file has."""
    bad = 'table = "events"\nwhere = "event = \'page_view\'"\nvalue = "value"'
    built = shop(tmp_path, bad).has(
        "costs", [{"day": "2026-03-01", "category": "ads", "amount": 6, "step": "pay"}], complete_until="2026-03-31"
    )
    book = built.book(draft=False)
    values = book.numbers.values(["step_roi"], MARCH, by="step")
    found = {value.segment: (value.value, value.reason) for value in values[1:]}
    assert found["bad 1. see"] == (None, Reason.NO_COLUMN)
    assert found["good 2. pay"] == (5, None)  # 30 for 6 spent
    assert [step.people for step in book.funnels.of("bad", MARCH).steps] == [3, 3]
    (issue,) = [one for one in book.data.check() if one.code == "no-column" and "bad" in one.message]
    assert issue.message.endswith("which the step 'use' reads: the funnel has no amounts")


@pytest.mark.parametrize(("bad", "said", "line", "key"), DEFINED_WRONGLY)
def test_a_funnel_defined_with_an_error_is_told_once_with_its_line(
    bad: str, said: str, line: int, key: str, tmp_path: Path
) -> None:
    book = shop(tmp_path, bad).book(draft=False)
    issues = [issue for issue in book.data.check() if issue.severity is Severity.ERROR]
    assert [(issue.file, issue.line, issue.key) for issue in issues] == [
        ("funnels.toml", line, f"funnels.bad.steps[2].{key}")
    ]
    assert issues[0].message.startswith(f"funnel bad: {said}")
    with pytest.raises(DefinitionError, match=f"funnels.toml:{line}: funnel bad: "):
        book.funnels.of("bad", MARCH)


def test_a_step_that_cannot_run_is_told_with_its_line(tmp_path: Path) -> None:
    def errors(bad: str, name: str) -> list[Issue]:
        return [i for i in shop(tmp_path / name, bad).book(draft=False).data.check() if i.severity is Severity.ERROR]

    (issue,) = errors('table = "events"\nwhere = "event > 3"', "a")
    assert (issue.line, issue.key) == (10, "funnels.bad.steps[2].where")
    assert issue.message == "funnel bad, step 'use': a number and a text are compared in 'event > 3'; cast one of them"
    (issue,) = errors('table = "events"\nvalue = "event - 3"', "b")
    assert (issue.line, issue.key) == (10, "funnels.bad.steps[2].value")


def test_a_workspace_whose_only_funnel_is_broken_says_that(tmp_path: Path) -> None:
    one = FUNNELS.format(bad=UNKNOWN).partition("[funnels.good]")[0]
    book = shop(tmp_path, UNKNOWN).defines("funnels.toml", one).book(draft=False)
    value = book.numbers.values(["step_converted_users"], MARCH)[-1]
    assert value.reason is Reason.ERROR
    assert value.detail.startswith("funnels.toml:1: fact d_funnel: no funnel is left, bad have errors")


def test_a_condition_on_a_step_asks_its_funnel_alone(tmp_path: Path) -> None:
    book = shop(tmp_path, LACKS).book(draft=False)
    for where in ("funnel = 'good' and step_no = 2", "step = 'good 2. pay'", "step_name in ('pay')"):
        (value,) = book.numbers.values(["step_converted_users"], MARCH, by="step", where=where)[1:]
        assert (value.value, value.segment) == (2, "good 2. pay")
