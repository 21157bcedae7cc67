"""Atomic writes, the lock on the side file, and drafts."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys

import pytest

from kpi_tui.definitions.edit import Edit
from kpi_tui.definitions.issue import ConflictError, WorkspaceError
from kpi_tui.definitions.target import TargetKey
from kpi_tui.workspace.edits import lock
from kpi_tui.workspace.edits.atomic import DurabilityUnknown, sweep, write_atomic
from kpi_tui.workspace.edits.draft import clear_draft, draft_path, load_draft, save_draft
from kpi_tui.workspace.edits.lock import locked, network_note
from kpi_tui.workspace.edits.store import TargetStore

KEY = TargetKey("ops", "buyback")


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


# --- atomic writes ----------------------------------------------------------------------------


def test_an_existing_files_mode_is_kept_and_nothing_else_is_left_behind(tmp_path):
    path = tmp_path / "a.toml"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write_atomic(path, b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert names_in(tmp_path) == ["a.toml"]


def test_a_failed_write_leaves_the_old_file_and_no_temporary_one(tmp_path, monkeypatch):
    path = tmp_path / "a.toml"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", _fails(errno.ENOSPC))
    with pytest.raises(OSError, match="No space"):
        write_atomic(path, b"new")
    assert path.read_bytes() == b"old"
    assert names_in(tmp_path) == ["a.toml"]


def test_an_error_after_the_rename_means_saved_with_durability_unconfirmed(tmp_path, monkeypatch):
    path = tmp_path / "a.toml"
    path.write_bytes(b"old")
    real = os.fsync
    monkeypatch.setattr(
        os, "fsync", lambda fd: _fails(errno.EIO)(fd) if stat.S_ISDIR(os.fstat(fd).st_mode) else real(fd)
    )
    with pytest.raises(DurabilityUnknown, match="saved, but the disk did not confirm"):
        write_atomic(path, b"new")
    assert path.read_bytes() == b"new"
    store = TargetStore(tmp_path / "targets", "ann")
    assert len(store.apply("2026-10", [Edit(KEY, 1)])) == 1
    assert any("did not confirm" in note for note in store.notes)


def test_temporary_files_are_swept_when_an_hour_old_and_nothing_else_is(tmp_path):
    names = [".2026-10.toml.123-0a1b2c3d.tmp", ".2026-11.toml.9-ffffffff.tmp", "notes.tmp", "2026-10.toml"]
    for name in names:
        (tmp_path / name).write_text("")
        os.utime(tmp_path / name, (0, 0))
    os.utime(tmp_path / names[1])
    assert sweep(tmp_path) == 1
    assert names_in(tmp_path) == sorted(names[1:])


def _fails(code):
    def fail(*_):
        raise OSError(code, os.strerror(code))

    return fail


# --- lock -------------------------------------------------------------------------------------

HOLD = """
import sys
from pathlib import Path
from kpi_tui.workspace.edits.lock import locked
with locked(Path(sys.argv[1]), "bo 波"):
    print("held", flush=True)
    sys.stdin.readline()
"""


class Clock:
    """Time that passes by sleeping only."""

    now = 1000.0

    def monotonic(self):
        return self.now

    def sleep(self, seconds):
        self.now += seconds


def test_a_held_lock_says_who_holds_it_and_is_free_when_the_holder_dies(tmp_path, monkeypatch):
    path, clock, pipe = tmp_path / ".lock", Clock(), subprocess.PIPE
    monkeypatch.setattr(lock, "time", clock)
    command = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as holder:
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(ConflictError) as caught, locked(path, "ann", timeout=0.2):
            pass
        assert 1000.2 <= clock.now < 1000.3
        assert "bo 波" in str(caught.value)
        assert f"process {holder.pid}" in str(caught.value)
        holder.kill()
    with locked(path, "ann", timeout=1):
        pass


def test_a_lock_that_cannot_be_opened_is_one_sentence(tmp_path):
    with pytest.raises(WorkspaceError, match="nothing can be saved here"), locked(tmp_path / "gone" / ".lock", "ann"):
        pass


def test_a_network_file_system_is_named(tmp_path):
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda / ext4 rw 0 0\nsrv:/x {tmp_path}/my\\040share nfs4 rw 0 0\n")
    share = tmp_path / "my share" / "targets"
    share.mkdir(parents=True)
    assert "network file system (nfs4)" in network_note(share, mounts)
    assert network_note(tmp_path, mounts) == ""
    assert network_note(tmp_path, tmp_path / "no such file") == ""


# --- drafts -----------------------------------------------------------------------------------

EDITS = {"2026-10": [Edit(KEY, 0.3, 0.28, "客单价 \ud800\n"), Edit(TargetKey("ops", "x"), None, 1.0)]}


def draft(tmp_path, who="ann"):
    return draft_path(tmp_path / "shop", who, {"XDG_STATE_HOME": str(tmp_path / "state")})


def test_a_draft_comes_back_as_it_was_and_goes_when_cleared(tmp_path):
    path = draft(tmp_path)
    save_draft(path, EDITS)
    found = load_draft(path)
    assert (found.edits, found.note, len(found)) == (EDITS, "", 2)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    clear_draft(path)
    clear_draft(path)
    assert len(load_draft(path)) == 0


def test_a_draft_without_edits_is_no_draft(tmp_path):
    path = draft(tmp_path)
    save_draft(path, EDITS)
    save_draft(path, {"2026-10": []})
    assert not path.exists()


def test_drafts_are_kept_apart_by_workspace_and_person_and_inside_their_folder(tmp_path):
    environ = {"XDG_STATE_HOME": str(tmp_path)}
    people = ["ann", "bo", "../../bo", "a/b", "a_b", "安", ""]
    paths = {draft_path(tmp_path / shop, who, environ) for shop in ("x", "y") for who in people}
    assert len(paths) == 2 * len(people)
    assert {path.parent for path in paths} == {tmp_path / "kpi-tui" / "drafts"}
    home = draft_path(tmp_path, "ann", {"XDG_STATE_HOME": "relative", "HOME": "/home/ann"})
    assert home.is_relative_to("/home/ann/.local/state/kpi-tui/drafts")


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"[]", b"\xff\xfe", b'{"edits": 5}', b'{"edits": [5]}', b"[" * 99999]
    + [b'{"edits": [{"period": "x", "role": "a", "metric": "b", "to": 1, "base": 1}]}']
    + [
        b'{"edits": [{"period": "2026", "role": "a", "metric": "b", "to": %s, "base": 1}]}' % to
        for to in (b"NaN", b'"1"', b"true", b"1" * 5000)
    ],
)
def test_a_damaged_draft_is_put_aside_and_reported_not_a_crash(tmp_path, data):
    path = draft(tmp_path)
    save_draft(path, EDITS)
    path.write_bytes(data)
    found = load_draft(path)
    assert len(found) == 0
    assert "damaged" in found.note
    assert not path.exists()
    [aside] = path.parent.iterdir()
    assert aside.read_bytes() == data


def test_a_draft_that_cannot_be_written_is_one_sentence(tmp_path):
    (tmp_path / "state").write_text("")
    with pytest.raises(WorkspaceError, match="draft cannot be kept"):
        save_draft(draft(tmp_path), EDITS)
    assert "cannot be read" in load_draft(draft(tmp_path)).note


SIGNAL = """
import os, signal, sys
from pathlib import Path
from kpi_tui.definitions.edit import Edit
from kpi_tui.definitions.target import TargetKey
from kpi_tui.workspace.edits.draft import save_draft
path, count = Path(sys.argv[1]), 0
edits = lambda: {"2026-10": [Edit(TargetKey("ops", "m"), float(count), None, "x" * 50000)]}
def leave(*_):
    global count
    count = -1
    save_draft(path, edits())
    os._exit(0)
signal.signal(signal.SIGTERM, leave)
signal.signal(signal.SIGALRM, leave)
signal.setitimer(signal.ITIMER_REAL, float(sys.argv[2]))
while True:
    count += 1
    save_draft(path, edits())
"""


@pytest.mark.parametrize("delay", ["0.0103", "0.0171"])
def test_a_signal_in_the_middle_of_writing_a_draft_still_saves_the_last_one(tmp_path, delay):
    path = draft(tmp_path)
    assert subprocess.run([sys.executable, "-c", SIGNAL, str(path), delay], timeout=120).returncode == 0
    assert load_draft(path).edits["2026-10"][0].to == -1.0
