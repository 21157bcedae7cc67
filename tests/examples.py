"""How much of what could be tried is tried: a share of it by default, all in the long run."""

from __future__ import annotations

from hypothesis import settings

USUAL = 100
"""What Hypothesis tries by itself."""


def examples(usual: int) -> int:
    """So many in the default run; in the long run (`scripts/test --long`) ten times as many."""
    return usual * settings().max_examples // USUAL


def calls(most: int, every: int = 3) -> range:
    """Which calls of a program are struck, each in a start of its own: the first of so many; in the long run all."""
    return range(1, most, 1 if is_long() else every)


def is_long() -> bool:
    """Whether this is the long run."""
    return examples(1) > 1
