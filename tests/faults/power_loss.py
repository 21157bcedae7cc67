"""What a disk may hold after a power cut: the calls of a save are written down, and every state they allow is made.

The model is stricter than any journaling file system. What was written to a file and not synced may be there, in part
or not at all; a name that was made, replaced or removed is so only once its folder was synced, and until then the names
hold in the order of the calls up to any of them. A cut may come after any call.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

import pytest

Names = dict[str, int]
"""Path below the folder -> number of the file."""


@dataclass
class Disk:
    """Files by number, as programs see them and as they were last synced; names that no sync has confirmed yet."""

    seen: dict[int, bytes]
    synced: dict[int, bytes]
    names: Names
    pending: list[tuple[str, int | None]] = field(default_factory=list)

    def states(self) -> Iterator[dict[str, bytes]]:
        """Everything that may be found after a cut now: path -> content."""
        doubtful = [file for file, content in self.seen.items() if self.synced[file] != content]
        for upto in range(len(self.pending) + 1):
            names = dict(self.names)
            for path, file in self.pending[:upto]:
                if file is None:
                    names.pop(path, None)
                else:
                    names = {one: held for one, held in names.items() if held != file or one == path} | {path: file}
            there = [file for file in doubtful if file in names.values()]
            for contents in product(*(self._may_hold(file) for file in there)):
                held = {**self.synced, **dict(zip(there, contents, strict=True))}
                yield {path: held[file] for path, file in names.items()}

    def _may_hold(self, file: int) -> tuple[bytes, ...]:
        old, new = self.synced[file], self.seen[file]
        kept = len(old) if new.startswith(old) else 0
        torn = (new[: kept + (len(new) - kept) * part // 4] for part in (1, 2, 3))
        return tuple(dict.fromkeys((old, *torn, new[:-1], new)))


class Recorder:
    """Stands in for calls of `os` below a folder; after each that changes something, `cuts` has a disk more."""

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder)
        files = [path for path in sorted(folder.rglob("*")) if path.is_file()] if folder.exists() else []
        content = {number: path.read_bytes() for number, path in enumerate(files)}
        names = {str(path.relative_to(folder)): number for number, path in enumerate(files)}
        self._now: Names = dict(names)
        self._disk = Disk(dict(content), dict(content), names)
        self._open: dict[int, int | str] = {}  # descriptor -> number of the file, or the folder
        self.cuts: list[list[dict[str, bytes]]] = []

    def install(self, patch: pytest.MonkeyPatch) -> None:
        """From now on every call is written down."""
        for name in ("open", "write", "fsync", "close", "replace", "unlink", "ftruncate"):
            patch.setattr(os, name, getattr(self, f"_{name}_")(getattr(os, name)))

    def _below(self, path: object) -> str | None:
        text = os.fspath(path) if isinstance(path, str | os.PathLike) else ""
        return os.path.relpath(text, self._folder) if str(text).startswith(self._folder) else None

    def _cut(self) -> None:
        self.cuts.append(list(self._disk.states()))

    def _named(self, path: str, file: int | None) -> None:
        if file is None:
            self._now.pop(path, None)
        else:
            self._now[path] = file
        self._disk.pending.append((path, file))
        self._cut()

    def _open_(self, real: Callable[..., int]) -> Callable[..., int]:
        def call(path: object, flags: int, *more: object, **keys: object) -> int:
            below = self._below(path)
            new = below is not None and not os.path.lexists(os.fspath(path))  # type: ignore[arg-type]
            fd = real(path, flags, *more, **keys)
            if below is None:
                self._open.pop(fd, None)
            elif Path(os.fspath(path)).is_dir():  # type: ignore[arg-type]
                self._open[fd] = below
            else:
                if new:
                    file = len(self._disk.seen)
                    self._disk.seen[file] = self._disk.synced[file] = b""
                    self._named(below, file)
                self._open[fd] = self._now[below]
            return fd

        return call

    def _after(self, fd: int) -> None:
        """A file has another content: what programs see of it is read back."""
        if isinstance(file := self._open.get(fd), int):
            path = next((one for one, held in self._now.items() if held == file), None)
            if path is not None:
                self._disk.seen[file] = Path(self._folder, path).read_bytes()
                self._cut()

    def _write_(self, real: Callable[..., int]) -> Callable[..., int]:
        def call(fd: int, data: bytes) -> int:
            written = real(fd, data)
            self._after(fd)
            return written

        return call

    def _ftruncate_(self, real: Callable[..., None]) -> Callable[..., None]:
        def call(fd: int, length: int) -> None:
            real(fd, length)
            self._after(fd)

        return call

    def _fsync_(self, real: Callable[..., None]) -> Callable[..., None]:
        def call(fd: int) -> None:
            real(fd)
            synced = self._open.get(fd)
            if isinstance(synced, int):
                self._disk.synced[synced] = self._disk.seen[synced]
            elif synced is not None:
                self._disk.names, self._disk.pending = dict(self._now), []
            self._cut()

        return call

    def _close_(self, real: Callable[..., None]) -> Callable[..., None]:
        def call(fd: int) -> None:
            self._open.pop(fd, None)
            real(fd)

        return call

    def _replace_(self, real: Callable[..., None]) -> Callable[..., None]:
        def call(old: object, new: object, **keys: object) -> None:
            real(old, new, **keys)
            before, after = self._below(old), self._below(new)
            if before is not None and after is not None:
                self._named(after, self._now.pop(before))

        return call

    def _unlink_(self, real: Callable[..., None]) -> Callable[..., None]:
        def call(path: object, **keys: object) -> None:
            real(path, **keys)
            if (below := self._below(path)) in self._now:
                self._named(str(below), None)

        return call


def made(state: dict[str, bytes], folder: Path) -> Path:
    """A folder that holds what was found."""
    folder.mkdir(parents=True)
    for path, content in state.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def after_cuts(folder: Path, work: Callable[[], object]) -> tuple[list[dict[str, bytes]], list[dict[str, bytes]]]:
    """Every different state that a cut during the work may leave; those that a cut after it may."""
    recorder = Recorder(folder)
    with pytest.MonkeyPatch.context() as patch:
        recorder.install(patch)
        work()
    every = {frozenset(state.items()): state for cut in recorder.cuts for state in cut}
    return list(every.values()), recorder.cuts[-1]
