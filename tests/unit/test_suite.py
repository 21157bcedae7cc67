"""The quick half of the tests is what its list says."""

from __future__ import annotations

from tests.conftest import PROJECT, SLOW


def test_every_slow_place_is_there() -> None:
    """A file that was renamed would silently come back into `scripts/test --quick`: give it its new name in SLOW."""
    assert [place for place in SLOW if not (PROJECT / place).exists()] == []
