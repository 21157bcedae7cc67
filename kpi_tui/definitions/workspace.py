"""A whole workspace: everything its TOML files say, in one frozen object."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from kpi_tui.definitions.library.chain import Chain
from kpi_tui.definitions.library.doubt import Doubt
from kpi_tui.definitions.library.funnel import Funnel
from kpi_tui.definitions.library.metric import Category, Fact, Measure, Metric
from kpi_tui.definitions.library.page import Page
from kpi_tui.definitions.library.saved_report import SavedReport
from kpi_tui.definitions.library.table import TableSchema, TableSource
from kpi_tui.definitions.library.tree import Tree
from kpi_tui.definitions.role import BonusRule, LifeStage, Person, Role
from kpi_tui.definitions.text import Text

Setting = float | int | str | bool


@dataclass(frozen=True, slots=True)
class Workspace:
    """The definitions in force, the shipped library included when it says `extends = "standard"`."""

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
    bonus: BonusRule = BonusRule()
    funnels: Mapping[str, Funnel] = field(default_factory=dict)
    reports: Mapping[str, SavedReport] = field(default_factory=dict)
    pages: Mapping[str, Page] = field(default_factory=dict)
    doubts: Mapping[str, Doubt] = field(default_factory=dict)
    stages: Mapping[str, LifeStage] = field(default_factory=dict)  # of a user's life, in their order (R024)
    data_roots: tuple[Path, ...] = ()  # folders that table paths may point into
    broken: Mapping[str, str] = field(default_factory=dict)  # metrics defined with an error -> what is wrong with them
    broken_funnels: Mapping[str, str] = field(default_factory=dict)
    modules_off: frozenset[str] = frozenset()  # categories the library does not show; scores do not care (R021)

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
