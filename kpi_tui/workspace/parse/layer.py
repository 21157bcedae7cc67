"""One folder of TOML files, read as it stands: a workspace, or the shipped library beneath it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from kpi_tui.definitions.calendar import ISO, Calendar
from kpi_tui.definitions.issue import Issue
from kpi_tui.definitions.library.chain import Chain
from kpi_tui.definitions.library.doubt import Doubt
from kpi_tui.definitions.library.festival import Festival
from kpi_tui.definitions.library.funnel import Funnel
from kpi_tui.definitions.library.metric import Category, Fact, Measure, Metric
from kpi_tui.definitions.library.page import Page
from kpi_tui.definitions.library.saved_report import SavedReport
from kpi_tui.definitions.library.table import TableSchema, TableSource
from kpi_tui.definitions.library.tree import Tree
from kpi_tui.definitions.role import LifeStage, Person, Role
from kpi_tui.definitions.workspace import Setting, SettingLimit
from kpi_tui.workspace.parse.chains import read_chain
from kpi_tui.workspace.parse.collected import PLAIN_NAME, Collected, collect
from kpi_tui.workspace.parse.doubts import read_doubt
from kpi_tui.workspace.parse.festivals import read_festival
from kpi_tui.workspace.parse.funnels import read_funnel
from kpi_tui.workspace.parse.metrics import read_category, read_fact, read_measure, read_metric
from kpi_tui.workspace.parse.pages import read_page
from kpi_tui.workspace.parse.reports import read_report
from kpi_tui.workspace.parse.roles import read_person, read_role, read_stage
from kpi_tui.workspace.parse.tables import read_schema, read_table
from kpi_tui.workspace.parse.trees import read_tree
from kpi_tui.workspace.parse.workspace import read_limits, read_settings
from kpi_tui.workspace.toml.fields import Fields
from kpi_tui.workspace.toml.source import TomlFile, read_toml, unreadable


@dataclass
class Layer:
    """The sound definitions of one folder, and the ids spoilt by errors."""

    settings: dict[str, Setting] = field(default_factory=dict)
    limits: dict[str, SettingLimit] = field(default_factory=dict)  # of settings
    schemas: Collected[TableSchema] = field(default_factory=Collected)
    tables: Collected[TableSource] = field(default_factory=Collected)
    facts: Collected[Fact] = field(default_factory=Collected)
    categories: Collected[Category] = field(default_factory=Collected)
    measures: Collected[Measure] = field(default_factory=Collected)
    metrics: Collected[Metric] = field(default_factory=Collected)
    funnels: Collected[Funnel] = field(default_factory=Collected)
    trees: Collected[Tree] = field(default_factory=Collected)
    roles: Collected[Role] = field(default_factory=Collected)
    people: Collected[Person] = field(default_factory=Collected)
    chains: Collected[Chain] = field(default_factory=Collected)
    reports: Collected[SavedReport] = field(default_factory=Collected)
    pages: Collected[Page] = field(default_factory=Collected)
    doubts: Collected[Doubt] = field(default_factory=Collected)
    stages: Collected[LifeStage] = field(default_factory=Collected)
    festivals: Collected[Festival] = field(default_factory=Collected)


def read_layer(root: Path, issues: list[Issue], calendar: Calendar = ISO) -> Layer:
    """Every file of a workspace folder but workspace.toml and targets; periods they name are of its calendar."""
    layer = read_library(root, issues)
    layer.tables = collect(_one(root, "tables", issues), "tables", read_table, issues)
    layer.roles = read_roles(root / "roles", issues, "roles/", calendar)
    people = _in(calendar, _one(root, "people", issues))
    layer.people = collect(people, "people", read_person, issues, PLAIN_NAME)
    return layer


def with_times(layer: Layer) -> None:
    """Give every measure without a `time` the time column of its table or fact."""
    times = {key: schema.time for key, schema in layer.schemas.items.items()}
    times |= {key: fact.time for key, fact in layer.facts.items.items()}
    for key, measure in layer.measures.items.items():
        if not measure.time and times.get(measure.table):
            layer.measures.items[key] = replace(measure, time=times[measure.table])


def read_library(root: Path, issues: list[Issue], prefix: str = "") -> Layer:
    """What `extends` takes over: everything but tables, roles and people."""
    settings = _read_one(root, "settings", ("settings", "limits"), issues, prefix)
    metrics = toml_files(root / "metrics", f"{prefix}metrics/", ("measures", "metrics"), issues)
    return Layer(
        settings=_settings(settings, issues),
        limits={key: limit for one in settings for key, limit in read_limits(_fields(one, issues)).items()},
        schemas=collect(_one(root, "schema", issues, prefix), "schema", read_schema, issues),
        facts=collect(_one(root, "facts", issues, prefix), "facts", read_fact, issues),
        categories=collect(_one(root, "categories", issues, prefix), "categories", read_category, issues),
        measures=collect(metrics, "measures", read_measure, issues),
        metrics=collect(metrics, "metrics", read_metric, issues),
        funnels=collect(_one(root, "funnels", issues, prefix), "funnels", read_funnel, issues),
        trees=collect(_one(root, "trees", issues, prefix), "trees", read_tree, issues),
        reports=collect(_one(root, "reports", issues, prefix), "reports", read_report, issues),
        pages=collect(toml_files(root / "pages", f"{prefix}pages/", ("pages",), issues), "pages", read_page, issues),
        chains=collect(
            toml_files(root / "chains", f"{prefix}chains/", ("chains",), issues), "chains", read_chain, issues
        ),
        doubts=collect(_one(root, "doubts", issues, prefix), "doubts", read_doubt, issues),
        stages=collect(_one(root, "stages", issues, prefix), "stages", read_stage, issues),
        festivals=collect(_one(root, "festivals", issues, prefix), "festivals", read_festival, issues),
    )


def read_roles(folder: Path, issues: list[Issue], prefix: str = "", calendar: Calendar = ISO) -> Collected[Role]:
    """Every role of a folder of TOML files: a workspace's `roles`, or a preset."""
    files = _in(calendar, toml_files(folder, prefix, ("roles",), issues))
    return collect(files, "roles", read_role, issues, PLAIN_NAME)


def _in(calendar: Calendar, files: list[TomlFile]) -> list[TomlFile]:
    return [file if file.calendar == calendar else _called(file, calendar) for file in files]


@lru_cache(maxsize=256)
def _called(file: TomlFile, calendar: Calendar) -> TomlFile:
    """One object for one file, as long as it does not change: what is read of it is kept."""
    return replace(file, calendar=calendar)


def _one(root: Path, section: str, issues: list[Issue], prefix: str = "") -> list[TomlFile]:
    """`section.toml` when it is there; every file but workspace.toml may be absent."""
    return _read_one(root, section, (section,), issues, prefix)


def _read_one(root: Path, name: str, sections: tuple[str, ...], issues: list[Issue], prefix: str) -> list[TomlFile]:
    path = root / f"{name}.toml"
    return _read([path] if path.exists() else [], prefix, sections, issues)


def _fields(source: TomlFile, issues: list[Issue]) -> Fields:
    return Fields(source, (), source.data, issues)


def toml_files(folder: Path, prefix: str, sections: tuple[str, ...], issues: list[Issue]) -> list[TomlFile]:
    """The readable TOML files of a folder, by name; unreadable ones and unknown top-level keys become issues."""
    if not folder.is_dir():
        return []
    try:
        paths = [path for path in folder.iterdir() if path.suffix == ".toml" and not path.name.startswith(".")]
    except OSError as error:
        issues.append(unreadable(prefix, error))
        return []
    return _read(sorted(paths), prefix, sections, issues)


def _read(paths: list[Path], prefix: str, sections: tuple[str, ...], issues: list[Issue]) -> list[TomlFile]:
    """The readable files; unreadable ones and unknown top-level keys become issues."""
    sources = []
    for path in paths:
        file = read_toml(path, prefix + path.name)
        if isinstance(file, Issue):
            issues.append(file)
        else:
            Fields(file, (), file.data, issues, seen=set(sections)).finish()
            sources.append(file)
    return sources


def _settings(sources: list[TomlFile], issues: list[Issue]) -> dict[str, Setting]:
    found: dict[str, Setting] = {}
    for source in sources:
        found |= read_settings(_fields(source, issues))
    return found
