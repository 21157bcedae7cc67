"""The nearest known name, for "did you mean"."""

from __future__ import annotations

from collections.abc import Iterable

from kpi_tui.definitions.message import Message, listed, say

MISTYPED = 0.8
"""So much alike are a word and the one that was meant: `canceled` and `cancelled`."""


def nearest(name: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """The known name most like `name`, at least by `cutoff` (1 = the same); "" when none is."""
    return next(iter(nearest_few(name, known, most=1, cutoff=cutoff)), "")


def nearest_few(name: str, known: Iterable[str], most: int = 3, cutoff: float = 0.6) -> list[str]:
    """The known names most like `name`, the nearest first."""
    from difflib import get_close_matches  # only who mistyped pays for the import

    return get_close_matches(name, list(dict.fromkeys(known)), n=most, cutoff=cutoff)


def did_you_mean(name: str, known: Iterable[str], otherwise: str = "", cutoff: float = 0.6) -> str:
    """A hint that names the nearest known name, else `otherwise`."""
    near = nearest(name, known, cutoff)
    return say("did you mean {near!r}?", near=near) if near else otherwise


def few_of(name: str, known: Iterable[str], most: int = 12) -> str:
    """What is known, in a sentence about `name`: the nearest first where there are many, then how many more."""
    names = list(known)
    if len(names) <= most:
        return listed(names) or say("none")
    near = nearest_few(name, names, most, 0.0)
    return say("{names} and {count} more", names=listed(near), count=len(names) - len(near))


def one_of(names: Iterable[str]) -> Message:
    """What may stand somewhere, in a sentence: one of these words."""
    return say("one of {names}", names=listed(names))
