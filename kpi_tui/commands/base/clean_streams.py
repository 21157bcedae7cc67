"""What every command prints passes here: no control character, whoever wrote it, and no secret."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TextIO, cast

from kpi_tui.definitions.written.secrets import without_secrets
from kpi_tui.text.clean import clean

_OBEYED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]|\r(?!\n)")
_OURS = re.compile(r"(\x1b\[[0-9;]*m)")  # colours and weights of a table on a terminal


class CleanStream:
    """stdout or stderr as libraries, click and Python itself write to them."""

    def __init__(self, stream: TextIO) -> None:
        self.unfiltered = stream
        self._colour = stream.isatty()

    def write(self, text: str) -> int:
        """As the stream's, harmless."""
        text = without_secrets(text)
        if _OBEYED.search(text):
            parts = _OURS.split(text) if self._colour else [text]
            text = "".join(part if at % 2 else _OBEYED.sub(_shown, part) for at, part in enumerate(parts))
        return self.unfiltered.write(text)

    def writelines(self, lines: Iterable[str]) -> None:
        """As the stream's."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.unfiltered, name)


@contextmanager
def clean_streams() -> Iterator[None]:
    """Inside the block whatever is printed is harmless."""
    kept = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = (cast("TextIO", CleanStream(stream)) for stream in kept)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = kept


def unfiltered(stream: TextIO) -> TextIO:
    """The stream behind it, for what moves the cursor on purpose."""
    return cast("TextIO", getattr(stream, "unfiltered", stream))


def _shown(found: re.Match[str]) -> str:
    return clean(found[0])
