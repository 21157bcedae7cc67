"""Undo and redo of saved targets: by person, by batch, after restarts, never over somebody else's change."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi_tui.definitions.edit import Edit
from kpi_tui.definitions.issue import ConflictError
from kpi_tui.definitions.target import TargetKey
from kpi_tui.workspace.edits.store import TargetStore
from tests.examples import examples

MONTH = "2026-10"
A, B, C = (TargetKey("ops", name) for name in "abc")


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "targets"


def state(folder, *periods):
    return {
        (period, key): target.value
        for period in periods or (MONTH,)
        for key, target in TargetStore(folder, "").sheet(period).cells.items()
    }


def put(folder, who, key, to, base=None):
    return TargetStore(folder, who).apply(MONTH, [Edit(key, to, base)])


def test_undo_and_redo_walk_back_and_forth_over_restarts(folder):
    put(folder, "ann", A, 1)
    put(folder, "ann", A, 2, 1)
    TargetStore(folder, "ann").undo()
    assert state(folder) == {(MONTH, A): 1}
    TargetStore(folder, "ann").undo()
    assert state(folder) == {}
    assert TargetStore(folder, "ann").undo() == []
    TargetStore(folder, "ann").redo()
    [change] = TargetStore(folder, "ann").redo()
    assert (change.kind, change.before, change.after) == ("redo", 1, 2)
    assert TargetStore(folder, "ann").redo() == []
    assert state(folder) == {(MONTH, A): 2}


def test_undo_takes_back_my_last_batch_and_leaves_others_alone(folder):
    put(folder, "ann", A, 1)
    put(folder, "bo", B, 2)
    TargetStore(folder, "ann").undo()
    assert state(folder) == {(MONTH, B): 2}


def test_undo_refuses_to_trample_a_later_change_of_the_same_cell(folder):
    TargetStore(folder, "ann").apply(MONTH, [Edit(A, 1), Edit(B, 1)])
    put(folder, "bo", A, 5, 1)
    with pytest.raises(ConflictError, match="bo"):
        TargetStore(folder, "ann").undo()
    assert state(folder) == {(MONTH, A): 5, (MONTH, B): 1}


def test_redo_refuses_to_trample_a_later_change_of_the_same_cell(folder):
    put(folder, "ann", A, 1)
    TargetStore(folder, "ann").undo()
    put(folder, "bo", A, 5)
    with pytest.raises(ConflictError, match="bo"):
        TargetStore(folder, "ann").redo()


def test_an_undo_somebody_else_has_done_already_does_not_block_the_one_before(folder):
    put(folder, "ann", A, 1)
    put(folder, "ann", B, 1)
    put(folder, "bo", B, None, 1)
    TargetStore(folder, "ann").undo()
    TargetStore(folder, "ann").undo()
    assert state(folder) == {}


def test_a_new_edit_of_mine_clears_redo_and_one_of_another_person_does_not(folder):
    put(folder, "ann", A, 1)
    TargetStore(folder, "ann").undo()
    put(folder, "bo", B, 2)
    assert len(TargetStore(folder, "ann").redo()) == 1
    TargetStore(folder, "ann").undo()
    put(folder, "ann", C, 3)
    assert TargetStore(folder, "ann").redo() == []


def test_undo_says_in_the_history_which_batch_it_took_back(folder):
    [first] = put(folder, "ann", A, 1)
    [undone] = TargetStore(folder, "ann").undo()
    assert (undone.kind, undone.of, undone.before, undone.after) == ("undo", first.batch, 1, None)
    assert len(TargetStore(folder, "ann").history()) == 2


PERIODS = ("2026-10", "2026-11")
CELLS = st.tuples(st.sampled_from(PERIODS), st.sampled_from((A, B, C)))
BATCHES = st.lists(st.dictionaries(CELLS, st.none() | st.integers(0, 3), min_size=1, max_size=4), max_size=6)


def apply(folder, batch):
    now = state(folder, *PERIODS)
    edits = {}
    for (period, key), to in batch.items():
        edits.setdefault(period, []).append(Edit(key, to, now.get((period, key))))
    return TargetStore(folder, "ann").apply_all(edits)


@settings(max_examples=examples(25), deadline=None)
@given(BATCHES, BATCHES)
def test_any_edits_undone_one_by_one_pass_every_state_back_to_the_first_and_redone_to_the_last(before, batches):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for batch in before:
            apply(folder, batch)
        states = [state(folder, *PERIODS)]
        states += [state(folder, *PERIODS) for batch in batches if apply(folder, batch)]
        for expected in reversed(states[:-1]):
            TargetStore(folder, "ann").undo()
            assert state(folder, *PERIODS) == expected
        for expected in states[1:]:
            TargetStore(folder, "ann").redo()
            assert state(folder, *PERIODS) == expected


STEPS = st.lists(st.tuples(st.sampled_from(("edit", "undo", "redo")), CELLS, st.integers(0, 3)), max_size=12)


@settings(max_examples=examples(25), deadline=None)
@given(STEPS)
def test_undo_and_redo_behave_like_two_stacks_of_states(steps):
    with tempfile.TemporaryDirectory() as name:
        folder, past, future = Path(name), [], []
        for step, cell, value in steps:
            now = state(folder, *PERIODS)
            if step == "edit" and apply(folder, {cell: value}):
                past, future = [*past, now], []
            elif step == "undo":
                assert bool(TargetStore(folder, "ann").undo()) == bool(past)
                if past:
                    future.append(now)
                    assert state(folder, *PERIODS) == past.pop()
            elif step == "redo":
                assert bool(TargetStore(folder, "ann").redo()) == bool(future)
                if future:
                    past.append(now)
                    assert state(folder, *PERIODS) == future.pop()
