"""The nearest known name, for "did you mean"."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from kpi_tui.definitions.message import say


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name most like `name`, or ""."""
    found = get_close_matches(name, sorted(known), n=1)
    return found[0] if found else ""


def did_you_mean(name: str, known: Iterable[str], otherwise: str = "") -> str:
    """A hint that names the nearest known name, else `otherwise`."""
    near = nearest(name, known)
    return say("did you mean {near!r}?", near=near) if near else otherwise
