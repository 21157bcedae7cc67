"""A whole workspace: everything its TOML files say, in one frozen object."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from kpi_tui.definitions.bonus import BonusRule
from kpi_tui.definitions.calendar import ISO, Calendar
from kpi_tui.definitions.dated import ended, form_in, in_force
from kpi_tui.definitions.library.chain import Chain
from kpi_tui.definitions.library.doubt import Doubt
from kpi_tui.definitions.library.exchange_rates import ExchangeRates
from kpi_tui.definitions.library.festival import Festival
from kpi_tui.definitions.library.funnel import Funnel
from kpi_tui.definitions.library.metric import Category, Fact, Measure, Metric
from kpi_tui.definitions.library.page import Page
from kpi_tui.definitions.library.saved_report import SavedReport
from kpi_tui.definitions.library.table import TableSchema, TableSource
from kpi_tui.definitions.library.tree import Tree
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.role import LifeStage, NorthStar, Person, Role
from kpi_tui.definitions.text import Text

Setting = float | int | str | bool


@dataclass(frozen=True, slots=True)
class SettingLimit:
    """What a setting may be: a number from `least` to `most` (None: no end), or one of some words."""

    least: float | None = None
    most: float | None = None
    one_of: tuple[str, ...] = ()

    def holds(self, value: Setting) -> bool:
        """Whether a value of the right kind lies within."""
        if isinstance(value, bool):
            return True
        if isinstance(value, str):
            return not self.one_of or value in self.one_of
        return (self.least is None or value >= self.least) and (self.most is None or value <= self.most)


@dataclass(frozen=True, slots=True)
class DatedDefinitions:
    """Roles, people, the bonus and the north star with all their forms (`Role.versions`), by id."""

    roles: Mapping[str, Role] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)
    bonus: BonusRule = field(default_factory=BonusRule)
    north_star: NorthStar = field(default_factory=NorthStar)

    @property
    def changes(self) -> bool:
        """Whether any of them is not the same in every period."""
        owners: list[Role | Person | BonusRule | NorthStar] = [*self.roles.values(), *self.people.values()]
        owners += [self.bonus, self.north_star]
        return any(one.versions or one.since for one in owners)


@dataclass(frozen=True, slots=True)
class Workspace:
    """The definitions in force, the shipped library included when it says `extends = "standard"`.

    `roles`, `people`, `bonus` and `north_star` are the latest forms, those that are gone by now included; what counts
    in a period says `at`.
    """

    root: Path
    data: Path
    name: Text
    language: str
    timezone: str
    currency: str
    as_of: date | None
    north_star: str
    settings: Mapping[str, Setting]
    schemas: Mapping[str, TableSchema]
    tables: Mapping[str, TableSource]
    facts: Mapping[str, Fact]
    measures: Mapping[str, Measure]
    categories: Mapping[str, Category]
    metrics: Mapping[str, Metric]
    roles: Mapping[str, Role]
    people: Mapping[str, Person] = field(default_factory=dict)
    trees: Mapping[str, Tree] = field(default_factory=dict)
    chains: Mapping[str, Chain] = field(default_factory=dict)
    bonus: BonusRule = field(default_factory=BonusRule)
    funnels: Mapping[str, Funnel] = field(default_factory=dict)
    reports: Mapping[str, SavedReport] = field(default_factory=dict)
    pages: Mapping[str, Page] = field(default_factory=dict)
    doubts: Mapping[str, Doubt] = field(default_factory=dict)
    stages: Mapping[str, LifeStage] = field(default_factory=dict)  # of a user's life, in their order (R024)
    festivals: Mapping[str, Festival] = field(default_factory=dict)
    data_roots: tuple[Path, ...] = ()  # folders that table paths may point into
    broken: Mapping[str, str] = field(default_factory=dict)  # metrics defined with an error -> what is wrong with them
    broken_funnels: Mapping[str, str] = field(default_factory=dict)
    broken_tables: Mapping[str, str] = field(default_factory=dict)
    modules_off: frozenset[str] = frozenset()  # categories the library does not show; scores do not care (R021)
    candidates: tuple[str, ...] = ()  # metrics chosen from the library for the posts to come (R013)
    switched_off: Mapping[str, Category] = field(
        default_factory=dict
    )  # those of `modules_off`, which `categories` lacks
    dated: DatedDefinitions = DatedDefinitions()
    calendar: Calendar = ISO
    rates: ExchangeRates | None = None  # into its currency
    limits: Mapping[str, SettingLimit] = field(default_factory=dict)  # of settings
    numbers: str = ""  # how they are written, by an example (`definitions/written/number_forms.py`)

    @property
    def lasting(self) -> Workspace:
        """The workspace without the roles and people that have ended: the latest form of all others."""
        gone = {key for key, role in self.dated.roles.items() if ended(role)}
        gone |= {key for key, person in self.dated.people.items() if ended(person)}
        if not gone:
            return self
        return replace(
            self,
            roles={key: role for key, role in self.roles.items() if key not in gone},
            people={key: person for key, person in self.people.items() if key not in gone},
        )

    def at(self, period: Period) -> Workspace:
        """The workspace with the roles, people, bonus and north star that count in a period (R009).

        Scores are made of these.
        """
        if not self.dated.changes:
            return self
        dated = self.dated
        return replace(
            self,
            roles=in_force(dated.roles, period),
            people=in_force(dated.people, period),
            bonus=form_in(dated.bonus, period) or BonusRule(),
            north_star=(form_in(dated.north_star, period) or NorthStar()).metric,
        )

    def key_of(self, table: str) -> tuple[str, ...]:
        """The columns that tell the rows of a table or fact apart; none where nobody says."""
        found = self.schemas.get(table) or self.facts.get(table)
        return found.key if found else ()

    def number(self, setting: str, default: float) -> float:
        """A setting as a number; `default` where a workspace without the shipped library has none."""
        value = self.settings.get(setting, default)
        return default if isinstance(value, bool | str) else float(value)


@dataclass(frozen=True, slots=True)
class Found:
    """The folder of the workspace (None: open the demo), and why this one."""

    root: Path | None
    why: str
