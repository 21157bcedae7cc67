"""What the app and its worker process say to each other, over a pair of connected sockets of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from multiprocessing.reduction import ForkingPickler
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol

OUT_OF_MEMORY, OUT_OF_TIME = 71, 72
"""Exit codes of a worker that ended itself because a question needed more than a person allows."""


class Sitting(Protocol):
    """What is to be known to answer in the place of a Book, or of what makes a workspace; can be sent."""

    @property
    def root(self) -> Path:
        """The folder of the workspace, whose settings hold."""

    def open(self) -> Asked:
        """One that reads rows and keeps no draft."""


class Asked(Protocol):
    """Who is asked: a Book, or what makes a workspace."""

    @property
    def sitting(self) -> Sitting:
        """What another process must know to answer in its place."""

    def take_up(self, sitting: Any, /) -> None:
        """The unsaved edits of whom it answers for."""

    def news(self) -> Mapping[str, Any]:
        """What was found out since this was asked last."""

    def know(self, news: Mapping[str, Any], /) -> None:
        """Answer from what another process has found out, too."""

    def catch_up(self) -> None:
        """Answer from what a process has kept that was ended before it could tell, too."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A question. `edition` counts whom the app has asked: another one means files that were read again."""

    number: int
    edition: int
    sitting: Sitting
    language: str
    question: Any


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
