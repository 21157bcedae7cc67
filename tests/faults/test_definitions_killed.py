"""A save of definitions that dies at any system call is whole or absent when the workspace is opened next.

Struck as in `test_targets_killed.py`: a child carries out one save and dies at the n-th call of `os` that can change
anything on disk, before it, after it or halfway through a write; or the call fails.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from kpi_tui.book import Book
from kpi_tui.definitions.edit import Author
from kpi_tui.definitions.issue import KpiError
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.workspace.definition_edits.edits import DefinitionEdits
from kpi_tui.workspace.definition_edits.store import DefinitionStore
from kpi_tui.workspace.load import load
from tests.examples import calls
from tests.faults.test_targets_killed import DIED, DONE, REFUSED, SAVED, strike
from tests.workspaces import Shop

NOVEMBER = "2026-11"
ROLE = """\
[roles.sales]   # ours
name = "Sales"
[[roles.sales.lines]]
metric = "paid_amount"
weight = 100
"""
WEIGHTS = {"paid_amount": 60, "paid_orders": 40}


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A workspace with a role; nothing was scored yet."""
    shop = Shop(tmp_path / "model").defines("roles/sales.toml", ROLE)
    shop.has("orders", [{"order_id": "1", "paid_at": "2026-11-30", "paid_amount": 1}]).says(as_of="2026-11-30")
    shop.book().close()
    return shop.root


def editing(model: Path, root: Path) -> DefinitionEdits:
    """The edits of a copy of the model, without reading the whole library for each of hundreds of deaths."""
    space = replace(_space(model), root=root)
    return DefinitionEdits(space, DefinitionStore(root, Author("ann"), timeout=0.5), lambda path, since: False)


@cache
def _space(model: Path) -> Workspace:
    space = load(model).workspace
    assert space is not None
    return space


def one_file(edits: DefinitionEdits) -> None:
    """Weights of a role."""
    lines = [{"metric": metric, "weight": weight} for metric, weight in WEIGHTS.items()]
    edits.set_all([(NOVEMBER, ("roles", "sales", "lines"), lines)])


def four_files(edits: DefinitionEdits) -> None:
    """A new role, somebody who holds it, and modules: four files, two of them new."""
    one_file(edits)
    role = {"name": "Data", "lines": [{"metric": "paid_orders", "weight": 100}]}
    person = {"name": "Ann", "roles": ["data"]}
    edits.set_all([(NOVEMBER, ("roles", "data"), role), (NOVEMBER, ("people", "ann"), person)])
    edits.set_all([("", ("modules", "off"), ["feedback"])])


def contents(root: Path) -> dict[str, str]:
    """The definitions as they stand, by file."""
    names = ("workspace.toml", "people.toml", *(f"roles/{path.name}" for path in (root / "roles").glob("*.toml")))
    return {name: (root / name).read_text(encoding="utf-8") for name in names if (root / name).exists()}


@pytest.mark.parametrize("kind", ["before", "after", "half", "fail"])
@pytest.mark.parametrize("change", [one_file, four_files])
def test_a_save_struck_at_any_call_is_whole_or_absent(tmp_path: Path, model: Path, change, kind: str) -> None:
    old, reference = contents(model), tmp_path / "reference"
    shutil.copytree(model, reference)
    edits = editing(model, reference)
    change(edits)
    lines, new = len(edits.save()), contents(reference)
    assert len([name for name in new if new.get(name) != old.get(name)]) == (1 if change is one_file else 4)
    seen = set()
    for at in calls(300):
        root = tmp_path / str(at)
        shutil.copytree(model, root)
        edits = editing(model, root)
        change(edits)
        end = strike(kind, at, edits.save)
        assert end in (DIED, SAVED, REFUSED, DONE), f"call {at} ended with {end}"
        DefinitionStore(root, Author("bo")).finish()  # as `Book.open` does
        found = contents(root)
        assert found in (old, new), f"{kind} at call {at} left {found}"
        if end in (SAVED, DONE):
            assert found == new, f"call {at} failed, the save reported success, and it was lost"
        assert not (root / "definitions" / "unfinished.json").exists()
        seen.add(found == new)
        goes_on(editing(model, root), lines if found == new else 0, old)
        shutil.rmtree(root)
        if end == DONE:
            break
    assert end == DONE, "the save made more calls than this test strikes"
    assert at > (2 if kind == "half" else 15)
    assert seen == {False, True}


def goes_on(edits: DefinitionEdits, lines: int, old: dict[str, str]) -> None:
    """The history tells what was saved; taking it back leaves the files as they were, and the next save works."""
    assert len(edits.history()) == lines
    if lines:
        edits.undo()
        assert contents(edits.root) == old
    edits.set_all([("", ("roles", "sales", "duty"), "sells")])
    assert len(edits.save()) == 1


def test_who_may_not_write_is_told_of_a_save_that_was_cut_short(tmp_path: Path, model: Path) -> None:
    for at in range(1, 300):  # find a death between two files
        root = tmp_path / str(at)
        shutil.copytree(model, root)
        edits = editing(model, root)
        four_files(edits)
        assert strike("before", at, edits.save) == DIED
        if (root / "definitions" / "unfinished.json").exists() and (root / "roles/data.toml").exists():
            break
    (root / "definitions" / ".lock").unlink()
    (root / "definitions" / ".lock").mkdir()  # nobody can take it
    issues = [one for one in Book.open(root, draft=False).issues if one.code == "definition.unfinished"]
    assert "a save of definitions was cut short and cannot be finished" in issues[0].message
    again = editing(model, root)
    again.set_all([("", ("roles", "sales", "duty"), "sells")])
    with pytest.raises(KpiError):
        again.save()


def test_a_file_changed_by_hand_after_the_death_is_left_alone_and_named(tmp_path: Path, model: Path) -> None:
    for at in range(1, 300):
        root = tmp_path / str(at)
        shutil.copytree(model, root)
        edits = editing(model, root)
        four_files(edits)
        assert strike("before", at, edits.save) == DIED
        if (root / "definitions" / "unfinished.json").exists():
            break
    by_hand = ROLE.replace("Sales", "Sales team")
    (root / "roles/sales.toml").write_text(by_hand, encoding="utf-8")
    issues = [one.message for one in Book.open(root, draft=False).issues]
    assert any("roles/sales.toml changed by hand since" in message for message in issues)
    assert contents(root)["roles/sales.toml"] == by_hand
    assert "roles/data.toml" in contents(root), "the others were finished"
