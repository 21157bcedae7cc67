"""A standard output that is full: one sentence, no private log of an unexpected error."""

from __future__ import annotations

import errno
import os
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Run


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("arguments", [["--help"], ["metrics", "-w", "examples/cdnow"]], ids=["help", "metrics"])
def test_a_full_standard_output_is_a_sentence(arguments: list[str], tmp_path: Path) -> None:
    environ = {**os.environ, "XDG_STATE_HOME": str(tmp_path / "state")}
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "kpi_tui", *arguments], stdout=full, stderr=subprocess.PIPE, text=True, env=environ
        )
    assert done.stderr == "kpi-tui: it cannot be written: No space left on device\n"
    assert done.returncode == 1
    assert not list(tmp_path.rglob("error-*"))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_where_standard_error_is_full_the_exit_code_still_says_what_was_wrong(tmp_path: Path) -> None:
    """It was that of an unexpected error, 1: a script saw no difference to a number that is not known."""
    environ = {**os.environ, "XDG_STATE_HOME": str(tmp_path / "state")}
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([sys.executable, "-m", "kpi_tui", "valeus"], stderr=full, env=environ)
    assert done.returncode == 2
    assert not list(tmp_path.rglob("error-*"))


def device(path: Path, name: str) -> Path:
    """/dev/full or /dev/null under another name: a fault of ours must not replace that of the machine."""
    try:
        os.mknod(path, stat.S_IFCHR | 0o666, Path(name).stat().st_rdev)
        path.open("wb").close()
    except OSError:
        pytest.skip("only root may make a device, and not on every file system")
    return path


@pytest.mark.skipif(not hasattr(os, "mknod"), reason="this system has no device files")
@pytest.mark.parametrize(
    "command", [("pack",), ("score",), ("values", "aov"), ("explain", "aov"), ("target", "list"), ("score", "shop")]
)
def test_a_device_that_is_named_is_written_to_and_never_replaced(
    shop: Path, run: Run, tmp_path: Path, command: tuple[str, ...]
) -> None:
    """`score -o /dev/full` made a file of the device, and said that all was written."""
    full, null = device(tmp_path / "full", "/dev/full"), device(tmp_path / "null", "/dev/null")
    asked = ("-w", shop, *command, "--period", "2026-10", "--format", "json")
    ran = run(*asked, "-o", full)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"kpi-tui: {full} cannot be written: {os.strerror(errno.ENOSPC)}\n"
    assert run(*asked, "-o", null).code == 0
    assert stat.S_ISCHR(full.stat().st_mode) and stat.S_ISCHR(null.stat().st_mode)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_takes_an_answer_where_somebody_reads_it(shop: Path, run: Run, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    asked = ("-w", shop, "pack", "--period", "2026-10", "--format", "html", "-o", pipe)
    ran = run(*asked)
    assert (ran.code, ran.err) == (2, f"kpi-tui: {pipe} cannot be written: {os.strerror(errno.ENXIO)}\n")
    reader = subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE)
    try:
        deadline = time.monotonic() + 30
        while (ran := run(*asked)).code and time.monotonic() < deadline:  # until it has opened its end
            time.sleep(0.05)
        read, _ = reader.communicate(timeout=60)
    finally:
        reader.kill()
        reader.wait()
    assert ran.code == 0
    assert read.rstrip().endswith(b"</html>")


def test_a_socket_is_not_replaced_by_a_file(shop: Path, run: Run, tmp_path: Path) -> None:
    place = Path(os.path.relpath(tmp_path / "s.json"))
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(place))
        ran = run("-w", shop, "score", "--period", "2026-10", "-o", place.absolute())
    assert ran.code == 2 and ran.err.endswith("cannot be written: is not a regular file\n")
    assert stat.S_ISSOCK(place.stat().st_mode)
