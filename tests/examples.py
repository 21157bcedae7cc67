"""How many examples a property is tried on."""

from __future__ import annotations

from hypothesis import settings

USUAL = 100
"""What Hypothesis tries by itself."""


def examples(usual: int) -> int:
    """So many in the default run; in the long run (`scripts/test --long`) ten times as many."""
    return usual * settings().max_examples // USUAL
