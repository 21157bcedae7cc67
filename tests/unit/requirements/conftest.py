"""Doors for the requirements: the demo as a book, and the command line in this process."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.unit.cli.conftest import Run, home, run
from tests.workspaces import Shop

__all__ = ["Run", "home", "run"]

Written = Callable[[], Shop]


@pytest.fixture
def written(shop: Shop) -> Written:
    """Lay the shop's files on the disk, for a command to read."""

    def write() -> Shop:
        shop.book(draft=False).close()
        return shop

    return write
