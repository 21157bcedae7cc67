"""What the app and its worker process say to each other, over a pair of connected sockets of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from multiprocessing.reduction import ForkingPickler
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from kpi_tui.tui.computing.questions import BookQuestion

if TYPE_CHECKING:
    from kpi_tui.book.book import Sitting

OUT_OF_MEMORY, OUT_OF_TIME = 71, 72
"""Exit codes of a worker that ended itself because a question needed more than a person allows."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A question. `edition` counts the books of the app: another one means files that were read again."""

    number: int
    edition: int
    sitting: Sitting
    language: str
    question: BookQuestion[Any]


@dataclass(frozen=True, slots=True)
class Stop:
    """The answer is not wanted any more."""

    number: int


@dataclass(frozen=True, slots=True)
class Worked:
    """How far it is."""

    number: int
    what: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Done:
    """The answer, or what was raised instead, and what was found out on the way."""

    number: int
    answer: Any
    error: BaseException | None
    news: Mapping[str, Any]


def _read_only(mapping: dict[Any, Any]) -> Mapping[Any, Any]:
    return MappingProxyType(mapping)


def _plain(mapping: MappingProxyType[Any, Any]) -> tuple[Callable[[dict[Any, Any]], Any], tuple[dict[Any, Any]]]:
    return _read_only, (dict(mapping),)


ForkingPickler.register(MappingProxyType, _plain)
