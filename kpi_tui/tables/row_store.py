"""Rows too many for memory, kept as Parquet parts in a folder of the user's own.

A folder per table and fingerprint: a later start finds the rows ready. What was kept under an older
fingerprint may still be read by another program for a day, then it is swept. What a process of this machine made for
itself is swept as soon as the process is gone: one that was ended in the middle leaves it behind.
"""

from __future__ import annotations

import contextlib
import os
import platform
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import polars as pl

_STALE = 86_400.0  # seconds
_RUN = ".run-"
_MAKING = ".making-"
_OWNER = re.compile(r"\.(?:run|making)-(?P<machine>[^.]*)\.(?P<process>\d+)\.")
_PLACE = "kpi:place"


Judge = Callable[[pl.LazyFrame], pl.Series]
"""Tells the places of the rows that do not count, in order."""


class RowStore:
    """Parquet parts below one folder. Whoever cannot write there gets the OSError and keeps rows in memory."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._run: tempfile.TemporaryDirectory[str] | None = None
        self._scratches = 0

    def rows(self, name: str, stamp: str) -> pl.LazyFrame | None:
        """The rows kept under a name and stamp; None when there are none."""
        folder = self._root / f"{name}@{stamp[:24]}"
        if not folder.is_dir():
            return None
        with contextlib.suppress(OSError):
            os.utime(folder)  # in use: not to be swept
        return scan(folder)

    def keep(self, name: str, stamp: str, parts: Iterable[pl.DataFrame], judge: Judge) -> pl.LazyFrame:
        """Write the parts one by one and keep them for later starts; nothing is kept when a part fails.

        `judge` sees all rows before they get their name, and says the places of those that go.
        """
        self._root.mkdir(parents=True, exist_ok=True, mode=0o700)
        making = Path(tempfile.mkdtemp(prefix=_owned(_MAKING), dir=self._root))
        try:
            for number, part in enumerate(parts):
                _write(part, part_file(making, number))
            _take_out(making, judge(scan(making)))
            self._sweep(name)
            return self._named(making, name, stamp)
        except BaseException:
            shutil.rmtree(making, ignore_errors=True)
            raise

    def scratch(self) -> Path:
        """A new empty folder that lives as long as this program."""
        if self._run is None:
            self._root.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._sweep("")
            self._run = tempfile.TemporaryDirectory(prefix=_owned(_RUN), dir=self._root, ignore_cleanup_errors=True)
        self._scratches += 1
        folder = Path(self._run.name, str(self._scratches))
        folder.mkdir()
        return folder

    def _named(self, making: Path, name: str, stamp: str) -> pl.LazyFrame:
        """Give a finished folder its name; another program may have been faster with the same rows."""
        final = self._root / f"{name}@{stamp[:24]}"
        try:
            making.rename(final)
        except OSError:
            if not final.is_dir():
                raise
            shutil.rmtree(making, ignore_errors=True)
        return scan(final)

    def _sweep(self, name: str) -> None:
        """Remove what programs that died left behind, and older rows of a table once unused for a day."""
        for folder in self._root.iterdir():
            ours = folder.name.startswith((_RUN, _MAKING)) or (name and folder.name.startswith(f"{name}@"))
            with contextlib.suppress(OSError):
                if _is_left(folder.name) or (ours and time.time() - folder.stat().st_mtime > _STALE):
                    shutil.rmtree(folder, ignore_errors=True)


def _owned(prefix: str) -> str:
    """A name that says which process of which machine made it; homes are shared between machines."""
    return f"{prefix}{_machine()}.{os.getpid()}."


def _machine() -> str:
    return re.sub(r"[^\w-]", "-", platform.node())


def _is_left(name: str) -> bool:
    """Whether a process of this machine that is gone made a folder of that name."""
    owner = _OWNER.match(name)
    if owner is None or owner["machine"] != _machine():
        return False
    try:
        os.kill(int(owner["process"]), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


def _write(part: pl.DataFrame, file: Path) -> None:
    """OSError where the disk takes no more: polars calls it an error of computing."""
    try:
        part.write_parquet(file)
    except pl.exceptions.PolarsError as error:
        raise OSError(f"{file}: {error}") from error


def _take_out(folder: Path, gone: pl.Series) -> None:
    """Write the parts again that hold rows at such places, without them."""
    start = 0
    for file in sorted(folder.glob("*.parquet")) if len(gone) else ():
        part = pl.read_parquet(file)
        mine = gone.filter(gone.is_between(start, start + part.height, closed="left")) - start
        start += part.height
        if len(mine):
            _write(part.with_row_index(_PLACE).filter(~pl.col(_PLACE).is_in(mine.implode())).drop(_PLACE), file)


def part_file(folder: Path, number: int) -> Path:
    """Where part `number` lies, so that parts sort in their order."""
    return folder / f"{number:06d}.parquet"


def scan(folder: Path) -> pl.LazyFrame:
    """All parts of a folder, one after another."""
    return pl.scan_parquet(sorted(folder.glob("*.parquet")), glob=False)
