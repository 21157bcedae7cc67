"""A power cut at any moment of a save leaves the old targets or the new ones with a true history; mutants must die.

A mutant is the store with one of its safeguards taken away: the same judgement has to find a state that is wrong.
"""

from __future__ import annotations

import contextlib
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from kpi_tui.definitions.issue import KpiError
from kpi_tui.workspace.edits import atomic, history, recorded_writes
from kpi_tui.workspace.edits.store import TargetStore
from tests.faults.power_loss import after_cuts, made
from tests.faults.test_targets_killed import OCTOBER, SCENES, A, B, Edit, cells, goes_on, replay


def wrong(tmp_path: Path, scene: str) -> tuple[int, list[str]]:
    """How many states a cut may leave, and what is wrong with those that are."""
    prepare, work, old, new = SCENES[scene]
    folder = tmp_path / "targets"
    prepare(folder)
    folder.mkdir(exist_ok=True)
    during, after = after_cuts(folder, lambda: work(folder))
    names, found = count(), []
    for states, allowed in ((during, (old, new)), (after, (new,))):
        for state in states:
            place = made(state, tmp_path / "cut" / str(next(names)))
            try:
                left = cells(place, OCTOBER)
                assert left in allowed, f"it holds {left}"
                assert replay(place, OCTOBER) == left, "history and file disagree"
                goes_on(place, left)
            except (AssertionError, KpiError, ValueError) as error:
                found.append(f"{error} of {sorted(state)}")
    return len(during) + len(after), found


@pytest.mark.sampled(3)
@pytest.mark.parametrize("scene", SCENES)
def test_a_power_cut_leaves_old_or_new_and_what_was_reported_saved_stays(tmp_path: Path, scene: str) -> None:
    states, found = wrong(tmp_path, scene)
    assert states > 10
    assert found == []


# --- mutants ------------------------------------------------------------------------------------
def _nothing(*_arguments: Any, **_keys: Any) -> None:
    """The safeguard is gone."""


def _in_place(path: Path, data: bytes, **_keys: Any) -> None:
    fd = atomic.open_plain(path, atomic.os.O_WRONLY | atomic.os.O_CREAT | atomic.os.O_TRUNC)
    try:
        atomic._write_all(fd, data)
        atomic.sync(fd)
    finally:
        atomic.os.close(fd)


def _history_last(writes: recorded_writes.RecordedWrites, contents: Any, changes: Any, path: Any) -> None:
    for file, data in contents.items():
        atomic.write_atomic(path(file), data)
    writes.record(changes)


def _append_unsynced(path: Path, data: bytes) -> None:
    with path.open("ab", buffering=0) as file:
        atomic.os.write(file.fileno(), data)


MUTANTS: dict[str, tuple[Any, str, Any]] = {
    "files are not synced": (atomic, "sync", _nothing),
    "folders are not synced": (atomic, "_sync_folder", _nothing),
    "files are written in place": (recorded_writes, "write_atomic", _in_place),
    "the history comes last": (recorded_writes.RecordedWrites, "write", _history_last),
    "an orphan of the history counts": (history, "unlanded", lambda *_: set()),
    "a torn line is not ended": (history, "_is_torn", lambda _path: False),
}


@pytest.mark.sampled(6, keep=(3, 4))
@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_mutant_without_a_safeguard_dies_of_the_power_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mutant: str
) -> None:
    where, name, instead = MUTANTS[mutant]
    monkeypatch.setattr(where, name, instead)
    assert any(wrong(tmp_path / scene, scene)[1] for scene in SCENES), "nothing told it from the sound one"


# --- two writers --------------------------------------------------------------------------------
def _met_in_the_middle(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ann has read the file and is about to write; Bo saves a whole edit of his own, or is told to wait."""
    TargetStore(folder, "ann").apply(OCTOBER, [Edit(A, 1)])
    write = recorded_writes.RecordedWrites.write

    def interrupted(*arguments: Any) -> None:
        monkeypatch.setattr(recorded_writes.RecordedWrites, "write", write)
        with contextlib.suppress(KpiError):
            TargetStore(folder, "bo", timeout=0.0).apply(OCTOBER, [Edit(B, 5)])
        write(*arguments)

    monkeypatch.setattr(recorded_writes.RecordedWrites, "write", interrupted)
    TargetStore(folder, "ann").apply(OCTOBER, [Edit(A, 2, 1)])
    assert replay(folder, OCTOBER) == cells(folder, OCTOBER)


def test_two_writers_who_meet_leave_what_the_history_says_and_without_the_lock_they_do_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _met_in_the_middle(tmp_path / "sound", monkeypatch)
    monkeypatch.setattr(recorded_writes, "locked", lambda *_a, **_k: contextlib.nullcontext())
    with pytest.raises(AssertionError):
        _met_in_the_middle(tmp_path / "mutant", monkeypatch)
