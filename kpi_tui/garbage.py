"""How often Python looks for objects that only hold each other."""

from __future__ import annotations

import gc


def collect_seldom() -> None:
    """A start makes hundreds of thousands of objects that stay: looking through them again and again is a tenth of it.

    Whatever is not held any more is freed at once as ever; what waits are circles, 100,000 objects of them at most.
    """
    gc.set_threshold(100_000, 20, 50)
