"""A save that dies or fails at any system call leaves the old targets or the new ones, and a true history.

Each case forks a child that carries out one save with the calls of `os` counted; at the n-th call that can
change anything on disk it dies before it, after it, halfway through a write, or the call fails. Killing at
random moments would find nothing.
"""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest

from kpi_tui.definitions.edit import Edit
from kpi_tui.definitions.issue import KpiError
from kpi_tui.definitions.target import TargetKey
from kpi_tui.workspace.edits.store import TargetStore
from tests.examples import calls

CHANGES = ("open", "write", "fsync", "close", "replace", "unlink", "ftruncate", "fchmod", "mkdir", "rmdir")
READS = ("lseek", "stat", "scandir")
STRUCK = {"fail": (*CHANGES, *READS), "before": CHANGES, "after": CHANGES, "half": ("write",)}
"""Any call may fail. A death about a call that only reads leaves the disk of the call before it."""
SEPTEMBER, OCTOBER = "2026-09", "2026-10"
A, B = TargetKey("ops", "a"), TargetKey("ops", "b")
DIED, SAVED, REFUSED, DONE = 9, 10, 11, 12


class Fault:
    """Counts calls of `os` from the moment it is installed and strikes at the n-th."""

    def __init__(self, kind: str, at: int) -> None:
        self.kind, self.left = kind, at

    def install(self) -> None:
        for name in STRUCK[self.kind]:
            setattr(os, name, self._wrapped(getattr(os, name)))

    def _wrapped(self, real):
        def call(*args, **kwargs):
            self.left -= 1
            if self.left != 0:
                return real(*args, **kwargs)
            if self.kind == "fail":
                if real.__name__ == "close":
                    real(*args)  # Linux closes even when it reports an error
                raise OSError(errno.EIO, "Input/output error")
            if self.kind == "half":
                real(args[0], bytes(args[1])[: max(len(args[1]) // 2, 1)])
            elif self.kind == "after":
                real(*args, **kwargs)
            os._exit(DIED)

        return call


def strike(kind, at, work):
    """Run `work` in a child with the fault; how it ended."""
    child = os.fork()
    if not child:
        code = 99
        try:
            fault = Fault(kind, at)
            fault.install()
            try:
                work()
                code = DONE if fault.left > 0 else SAVED
            except KpiError:
                code = REFUSED
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def cells(folder, period):
    return {key: target.value for key, target in TargetStore(folder, "reader").sheet(period).cells.items()}


def replay(folder, period):
    """What the history says the targets are; every line must start from what the one before left."""
    state = {}
    for change in TargetStore(folder, "reader").history(period=period):
        key = TargetKey(change.role, change.metric)
        assert change.before == state.get(key)
        state[key] = change.after
    return {key: value for key, value in state.items() if value is not None}


def prepared(folder):
    store = TargetStore(folder, "ann")
    store.apply(OCTOBER, [Edit(A, 1), Edit(B, 1)])
    store.apply(OCTOBER, [Edit(A, 2, 1)])


def save(folder):
    TargetStore(folder, "ann").apply(OCTOBER, [Edit(A, 3, 2), Edit(B, None, 1)])


def undo(folder):
    TargetStore(folder, "ann").undo()


def first(folder):
    TargetStore(folder, "ann").apply(OCTOBER, [Edit(A, 3), Edit(B, 4)])


def nothing(folder):
    """No targets folder yet."""


SCENES = {
    "save": (prepared, save, {A: 2, B: 1}, {A: 3}),
    "undo": (prepared, undo, {A: 2, B: 1}, {A: 1, B: 1}),
    "first save ever": (nothing, first, {}, {A: 3, B: 4}),
}


@pytest.mark.parametrize("kind", ["before", "after", "half", "fail"])
@pytest.mark.parametrize("scene", SCENES)
def test_a_save_struck_at_any_system_call_is_old_or_new_and_the_history_agrees(tmp_path, scene, kind):
    prepare, work, old, new = SCENES[scene]
    model = tmp_path / "model"
    prepare(model)
    seen = set()
    for at in calls(200):
        folder = tmp_path / str(at)
        if model.exists():
            shutil.copytree(model, folder)
        end = strike(kind, at, lambda folder=folder: work(folder))
        assert end in (DIED, SAVED, REFUSED, DONE), f"call {at} of {scene} ended with {end}"
        found = cells(folder, OCTOBER)
        assert found in (old, new), f"{kind} at call {at} left {found}"
        if end in (SAVED, DONE):
            assert found == new, f"call {at} failed, the save reported success, and it was lost"
        if end == REFUSED:
            assert found == old, f"call {at} failed, the save reported failure, and it was done"
        assert replay(folder, OCTOBER) == found, f"{kind} at call {at}: history and file disagree"
        seen.add(found == new)
        goes_on(folder, found)
        if end == DONE:
            break
    assert end == DONE, "the save made more calls than this test strikes"
    assert at > (2 if kind == "half" else 15)  # the calls were really counted
    assert seen == {False, True}


def goes_on(folder, found):
    """The next save works, with a contiguous history; undo takes back just that."""
    store = TargetStore(folder, "bo", timeout=0.5)
    store.apply(OCTOBER, [Edit(A, 9, found.get(A))])
    assert replay(folder, OCTOBER) == cells(folder, OCTOBER) == {**found, A: 9}
    revisions = list(dict.fromkeys(change.revision for change in store.history()))
    assert revisions == list(range(1, len(revisions) + 1))
    assert store.sheet(OCTOBER).revision == len(revisions)
    store.undo()
    assert replay(folder, OCTOBER) == cells(folder, OCTOBER) == found


@pytest.mark.parametrize("kind", ["before", "after", "half", "fail"])
def test_a_batch_over_two_periods_struck_at_any_call_leaves_each_period_old_or_new_with_its_history(tmp_path, kind):
    for at in calls(200):
        folder = tmp_path / str(at)
        edits = {SEPTEMBER: [Edit(A, 1)], OCTOBER: [Edit(A, 2)]}
        end = strike(kind, at, lambda folder=folder, edits=edits: TargetStore(folder, "ann").apply_all(edits))
        assert end in (DIED, SAVED, REFUSED, DONE)
        for period, value in ((SEPTEMBER, 1), (OCTOBER, 2)):
            found = cells(folder, period)
            assert found in ({}, {A: value})
            assert replay(folder, period) == found
        TargetStore(folder, "ann").undo()
        assert cells(folder, SEPTEMBER) == cells(folder, OCTOBER) == {}
        if end == DONE:
            return
    pytest.fail("the save made more calls than this test strikes")


@pytest.mark.parametrize("kind", ["before", "half"])
def test_dying_twice_in_a_row_while_saving_and_while_tidying_up_is_survived(tmp_path, kind):
    model = tmp_path / "model"
    prepared(model)
    orphan = None
    for at in range(1, 200):  # find a death after the history, before the rename
        folder = tmp_path / f"one{at}"
        shutil.copytree(model, folder)
        lines = (folder / "history.jsonl").read_bytes().count(b"\n")
        assert strike("before", at, lambda folder=folder: save(folder)) == DIED
        if (folder / "history.jsonl").read_bytes().count(b"\n") > lines:
            orphan = folder
            break
    assert orphan
    assert cells(orphan, OCTOBER) == {A: 2, B: 1}
    for at in calls(200):
        folder = tmp_path / f"two{at}"
        shutil.copytree(orphan, folder)
        end = strike(kind, at, lambda folder=folder: save(folder))
        found = cells(folder, OCTOBER)
        assert found in ({A: 2, B: 1}, {A: 3})
        assert replay(folder, OCTOBER) == found
        goes_on(folder, found)
        if end == DONE:
            return
    pytest.fail("the save made more calls than this test strikes")


def test_what_a_dead_writer_left_behind_is_a_temporary_file_that_readers_never_see(tmp_path):
    prepared(tmp_path)
    before = {path.name for path in tmp_path.iterdir()}
    for at in range(1, 60):
        strike("before", at, lambda: save(tmp_path))
    left = {Path(name).suffix for name in {path.name for path in tmp_path.iterdir()} - before}
    assert left <= {".tmp"}
