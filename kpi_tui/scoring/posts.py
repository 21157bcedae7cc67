"""Posts: the weighted lines of a role, or of a person who holds several roles (R033)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from kpi_tui.definitions.role import Line, Person, Role
from kpi_tui.scoring.bonus import base_of

FULL = 100.0


@dataclass(frozen=True, slots=True)
class HeldLine:
    """A line and the roles that hold it. Its target is the first one set for: the person, then each role."""

    line: Line
    roles: tuple[str, ...]
    person: str = ""

    @property
    def owners(self) -> tuple[str, ...]:
        """Whose target cells count, in order."""
        return (self.person, *self.roles) if self.person else self.roles


@dataclass(frozen=True, slots=True)
class Post:
    """What a scorecard is made of: an id (role or person), its lines, and the money its bonus is reckoned from."""

    id: str
    lines: tuple[HeldLine, ...]
    bonus_base: float | None = None


def post_of(role: Role) -> Post:
    """A role as it stands."""
    return Post(role.id, tuple(HeldLine(line, (role.id,)) for line in role.lines), role.bonus_base)


def combine(person: Person, roles: Mapping[str, Role]) -> Post:
    """The lines of all roles of a person, weights rescaled to 100 (R033).

    A metric that several roles hold counts once: it keeps the place, method and target of the first role
    that holds it (of the next when that one has no target), and its weights add up before rescaling, so
    that what two roles want weighs more than what one wants. Roles that do not exist are left out.
    """
    held: dict[str, HeldLine] = {}
    own = [roles[id] for id in dict.fromkeys(person.roles) if id in roles]
    for role in own:
        for line in role.lines:
            known = held.get(line.metric)
            held[line.metric] = _join(known, line, role.id) if known else HeldLine(line, (role.id,), person.id)
    total = math.fsum(item.line.weight for item in held.values())
    return Post(person.id, tuple(_rescale(item, total) for item in held.values()), base_of(person, own))


def _join(known: HeldLine, line: Line, role: str) -> HeldLine:
    heavier = replace(known.line, weight=known.line.weight + line.weight)
    return replace(known, line=heavier, roles=tuple(dict.fromkeys((*known.roles, role))))


def _rescale(item: HeldLine, total: float) -> HeldLine:
    if total <= 0 or total == FULL:
        return item
    return replace(item, line=replace(item.line, weight=item.line.weight * FULL / total))
