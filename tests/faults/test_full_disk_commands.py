"""Commands that write onto a full disk: a sentence, a code of its own, nothing torn; with room they end as usual.

The disk is a small one in memory (tmpfs), which only root can mount.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.every_call import CASES, Case, Room

TARGETS, ACTUALS = "role,metric,2026-10\nops,paid_amount,700\n", "metric,2026-W41\ninquiry_user_count,7\n"
ALL = {
    **CASES,
    "target import": Case(
        ("target", "import", "{home}/t.csv", "--set", "--why", "more"),
        "shop/targets/2026-10.toml",
        "value = 500",
        "value = 700",
    ),
    "actual import": Case(("actual", "import", "{home}/a.csv", "--set"), "shop/actuals/2026-W41.toml", "", "value = 7"),
    "target export": Case(("target", "export", "{home}/out.csv", "--period", "2026-10"), "out.csv", "", "paid_amount"),
    "workbook": Case(("score", "--period", "2026-10", "-o", "{home}/out.xlsx"), "out.xlsx", "", "PK"),
    "demo": Case(("demo", "{home}/demo"), "demo/config/workspace.toml", "", "extends"),
}


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Eight megabytes of a disk of its own."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("only root can mount a small disk")
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", place], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("this machine mounts no tmpfs")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", place], check=False)


def filled(place: Path) -> Path:
    """A file that takes all the room there is."""
    file = place / "fill"
    with contextlib.suppress(OSError), file.open("wb", buffering=0) as out:
        while True:
            out.write(bytes(1 << 16))
    return file


def content(home: Path) -> dict[str, bytes]:
    """Every file that a person would miss, empty ones and locks left out."""
    files = (path for path in home.rglob("*") if path.is_file() and "cache" not in path.parts)
    return {str(path.relative_to(home)): path.read_bytes() for path in files if path.stat().st_size and
            path.name not in (".lock", ".kpi-tui-init.lock")}  # fmt: skip


@pytest.mark.sampled(len(ALL), keep=(3, 8, 12))
@pytest.mark.parametrize("name", ALL)
def test_a_full_disk_is_a_sentence_and_changes_nothing(disk: Path, name: str) -> None:
    room = Room(disk, ALL[name])
    room.furnish()
    (room.home / "t.csv").write_text(TARGETS)
    (room.home / "a.csv").write_text(ACTUALS)
    fill, before = filled(disk), content(room.home)
    done = room.carried_out()
    assert done.returncode not in (0, 130) and done.returncode > 0
    assert done.stderr.startswith("kpi-tui: ") and done.stderr.count("\n") == 1
    assert os.strerror(28) in done.stderr and len(done.stderr) < 500
    assert content(room.home) == before
    fill.unlink()
    again = room.carried_out()
    assert again.returncode in (0, 1, 2), again.stderr  # the demo would open the app: 2 without a terminal
    assert room.case.new.encode() in content(room.home)[room.case.file]
