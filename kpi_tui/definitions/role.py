"""Roles (岗位), their weighted lines, and the people who hold them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kpi_tui.definitions.issue import Place
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.text import Text


class Method(StrEnum):
    """How an actual and a target become an attainment."""

    RATIO = "ratio"
    INVERSE = "inverse"
    LINEAR = "linear"
    STEPS = "steps"
    RANGE = "range"
    PASS_FAIL = "pass_fail"
    DEDUCT = "deduct"


@dataclass(frozen=True, slots=True)
class Line:
    """One metric of a scorecard. `method` None: ratio, or inverse where lower is better.

    `options`: ratio and inverse {cap}; linear {floor, stretch, top}; range {low, high, tolerance};
    deduct {unit, per_unit}; `steps`: (from attainment, score) pairs, ascending.
    """

    metric: str
    weight: float
    method: Method | None = None
    options: Mapping[str, float] = field(default_factory=dict)
    steps: tuple[tuple[float, float], ...] = ()
    instead: tuple[str, ...] = ()  # of a preset: what may stand in where the data lack the metric, the best first
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Role:
    """A post with a duty, a type (strategy / execution) and two to four weighted metrics (R025, R029).

    `per`: a column; every value of it is scored by itself, with targets of its own (`owner_of`).
    `versions`: its later forms, each whole, the earliest first; they stand on the first form only.
    """

    id: str
    name: Text
    lines: tuple[Line, ...]
    duty: Text = Text()
    type: str = "execution"
    aim: str = ""  # AARRR stage the plan serves now (R024)
    principles: Mapping[str, Text] = field(default_factory=dict)  # the five answers of R014
    bonus_base: float | None = None  # money the bonus is reckoned from, where the workspace says it (R010)
    preset: str = ""  # the preset it was made of, as far as the data allowed (R035)
    per: str = ""
    place: Place = Place()
    since: Period | None = None  # None: since ever
    gone: bool = False
    versions: tuple[Role, ...] = ()


LIFE = ("active", "silent", "sleeping", "churned", "dead")
"""The stages of a user's life in their order (R018)."""


@dataclass(frozen=True, slots=True)
class LifeStage:
    """What is planned for a stage of a user's life (R024): key point, how users and firm interact there, the aim."""

    id: str  # one of LIFE
    key_point: Text = Text()
    interaction: Text = Text()
    aim: Text = Text()
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who holds one or more roles (R033); `bonus_base` and `versions` as of a role.

    A team has members instead: people, roles, values of a role; each counts once, or by its weight.
    """

    id: str
    name: Text
    roles: tuple[str, ...]
    place: Place = Place()
    since: Period | None = None
    gone: bool = False
    versions: tuple[Person, ...] = ()
    bonus_base: float | None = None
    members: tuple[str, ...] = ()
    weights: Mapping[str, float] = field(default_factory=dict)

    @property
    def is_team(self) -> bool:
        """Whether its score is that of its members."""
        return bool(self.members)


_OF_VALUE = "@"


def owner_of(role: str, value: str) -> str:
    """Whose targets and score those of one value of a role's `per` are: `shop_manager@S1`."""
    return f"{role}{_OF_VALUE}{value}"


def role_and_value(owner: str) -> tuple[str, str | None]:
    """The role, and the value of its `per`; None where the whole is meant."""
    role, at, value = owner.partition(_OF_VALUE)
    return role, value if at else None


@dataclass(frozen=True, slots=True)
class NorthStar:
    """The metric that stands on every scorecard (R032); `versions` as of a role."""

    metric: str = "user_payment_amount"
    since: Period | None = None
    gone: bool = False
    versions: tuple[NorthStar, ...] = ()
