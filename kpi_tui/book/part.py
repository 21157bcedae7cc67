"""A part of the Book that is imported, and made, when it is asked for the first time."""

from __future__ import annotations

from importlib import import_module
from operator import attrgetter
from threading import RLock
from typing import Any

_MAKING = RLock()
"""A screen and what computes for it may ask for the same part at once."""


def part(name: str, *given: str) -> Any:
    """A part by the name of its class (`causes.drivers:DriverAnalysis`, in this room), given attributes of the book.

    What a question does not need is not imported: all parts together take as long as half of a start.
    """
    return _MadeLater(name, given)


class _MadeLater:
    def __init__(self, name: str, given: tuple[str, ...]) -> None:
        self.module, _, self.class_name = name.partition(":")
        self.given = given
        self.attribute = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.attribute = name

    def __get__(self, book: object, owner: type) -> Any:
        if book is None:
            return self
        with _MAKING:
            if self.attribute not in book.__dict__:  # from then on found before this descriptor
                book.__dict__[self.attribute] = self.of_class(*(attrgetter(name)(book) for name in self.given))
        return book.__dict__[self.attribute]

    @property
    def of_class(self) -> Any:
        return getattr(import_module(f"kpi_tui.book.{self.module}"), self.class_name)
