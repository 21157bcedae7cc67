"""What a principle of the method says of a role, one of its lines, or the plan, and how to mend it (R012–R034)."""

from __future__ import annotations

from dataclasses import dataclass

from kpi_tui.definitions.issue import Issue, Place, Severity
from kpi_tui.definitions.message import say


@dataclass(frozen=True, slots=True)
class Advice:
    """A sentence about one thing, with the way to mend it.

    `role` is empty for the plan of the workspace. `about`: the metric of a line; `lines`, `duty`,
    `principles.<name>` of a role as a whole; `north_star`, `dimensions.<id>`, `stages.<id>` of the plan.
    """

    severity: Severity
    code: str
    message: str
    hint: str
    role: str
    about: str
    place: Place = Place()

    def issue(self) -> Issue:
        """As `check` says it among the problems of all files: with the role's name before it."""
        told = say("role {role}: {message}", role=self.role, message=self.message) if self.role else self.message
        place = self.place
        return Issue(self.severity, told, self.hint, place.file, place.line, place.key, self.code)
