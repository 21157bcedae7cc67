"""One problem of a workspace or its data, with the place where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from kpi_tui.definitions.message import say

SHIPPED = "standard:"
"""Before the names of files of the shipped library."""


class Severity(StrEnum):
    """How bad: an error stops a number, a warning is a breach of a principle, a hint is advice."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in which file something was said; `line` counts from 1, 0 is unknown."""

    file: str = ""
    line: int = 0
    key: str = ""

    @property
    def is_shipped(self) -> bool:
        """Whether the library that a workspace extends says it."""
        return self.file.startswith(SHIPPED)


def in_its_place(place: Place, said: str) -> str:
    """A sentence after the file and line it is about, where they are known."""
    return say("{file}:{line}: {said}", file=place.file, line=place.line, said=said) if place.file else said


@dataclass(frozen=True, slots=True)
class Issue:
    """A problem as `kpi-tui check` prints it: {severity, file, line, key, message, hint}."""

    severity: Severity
    message: str
    hint: str = ""
    file: str = ""
    line: int = 0
    key: str = ""
    code: str = ""
    follows: str = ""  # id of the definition whose error this one is only the consequence of


def severest_first(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """Each issue once, errors before warnings before hints; those of one severity as they come."""
    rank = list(Severity)
    return tuple(sorted(dict.fromkeys(issues), key=lambda issue: rank.index(issue.severity)))


class KpiError(Exception):
    """A failure a user may read: one sentence, and every issue behind it."""

    def __init__(self, message: str, issues: tuple[Issue, ...] = ()) -> None:
        super().__init__(message)
        self.issues = issues


class WorkspaceError(KpiError):
    """The workspace cannot be read (exit code 3)."""


class TableError(KpiError):
    """Data cannot be read (exit code 4)."""


class EngineError(KpiError):
    """A number cannot be computed though its definition passed the checks; `why` without saying which."""

    def __init__(self, message: str, why: str = "") -> None:
        super().__init__(message)
        self.why = why or message


class DefinitionError(KpiError):
    """What is asked for is there, but is defined with an error (exit code 1)."""


class ConflictError(KpiError):
    """Somebody else's newer edit stands in the way (exit code 5)."""


class UsageError(KpiError):
    """The question cannot be answered as asked (exit code 2)."""


class ReasonNeeded(UsageError):
    """A change reaches into a period that is over, and nobody has said why (R009)."""
