"""One way to write down a contradiction between definitions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from kpi_tui.definitions.issue import Issue, Place, Severity
from kpi_tui.definitions.message import say
from kpi_tui.definitions.names import did_you_mean


class Definition(Protocol):
    """A definition that knows its id and where it was said."""

    @property
    def id(self) -> str: ...
    @property
    def place(self) -> Place: ...


@dataclass(frozen=True, slots=True)
class Located:
    """A part of a definition: the id it spoils, and its own place."""

    id: str
    place: Place


@dataclass
class Contradictions:
    """Issues about one kind of definition ("metric", "role", …), and the ids they spoil."""

    kind: str
    issues: list[Issue]
    spoilt: set[str] = field(default_factory=set)

    def error(
        self, item: Definition, key: str, message: str, hint: str = "", code: str = "", follows: str = ""
    ) -> None:
        """An error of one key of a definition: the definition is left out."""
        place = place_of(item, key)
        text = say("{kind} {name}: {message}", kind=self.kind, name=item.id, message=message)
        self.issues.append(Issue(Severity.ERROR, text, hint, place.file, place.line, place.key, code, follows))
        self.spoilt.add(item.id)

    def unknown(
        self, item: Definition, key: str, what: str, name: str, known: Iterable[str], code: str = "unknown-name"
    ) -> None:
        """An error about a name nobody defined, with its nearest neighbour."""
        names = list(known)
        hint = did_you_mean(name, names, say("define {name!r}, or correct the name", name=name))
        self.error(item, key, say("unknown {what} {name!r}", what=what, name=name), hint, code)

    def follows(self, item: Definition, key: str, what: str, name: str) -> None:
        """An error that is only the consequence of another one."""
        hint = say("correct {what} {name} first", what=what, name=name)
        message = say("uses {what} {name!r}, which has an error of its own", what=what, name=name)
        self.error(item, key, message, hint, "follows", name)


def place_of(item: Definition, key: str) -> Place:
    """Where a key of a definition stands, else where the definition begins."""
    places: Mapping[str, Place] = getattr(item, "places", {})
    if key in places:
        return places[key]
    place = item.place
    return Place(place.file, place.line, f"{place.key}.{key}" if key else place.key)
