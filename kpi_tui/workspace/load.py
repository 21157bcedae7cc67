"""Load a workspace: every file read, the shipped library laid beneath, every problem reported at once."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from kpi_tui.definitions.dated import last_form
from kpi_tui.definitions.issue import Issue, severest_first
from kpi_tui.definitions.library.page import Page
from kpi_tui.definitions.role import LIFE
from kpi_tui.definitions.workspace import DatedDefinitions, Workspace
from kpi_tui.definitions.written.written_path import data_folder
from kpi_tui.workspace.broken_metrics import broken_metrics
from kpi_tui.workspace.changed_definitions import shipped_stamp
from kpi_tui.workspace.check.head import head_issues
from kpi_tui.workspace.find import FILE, shipped_config
from kpi_tui.workspace.parse.layer import Layer, read_layer, read_library, with_times
from kpi_tui.workspace.parse.override import laid_over
from kpi_tui.workspace.parse.workspace import STANDARD, WorkspaceHead, read_workspace_head, unknown_modules
from kpi_tui.workspace.settings import merge_settings
from kpi_tui.workspace.toml.source import TomlFile, read_toml
from kpi_tui.workspace.variant_facts import prepare_facts


@dataclass(frozen=True, slots=True)
class Loaded:
    """The workspace (None when workspace.toml cannot be used) and all its problems."""

    workspace: Workspace | None
    issues: tuple[Issue, ...]


def load(root: Path, data: Path | None = None, *, validate: bool = True) -> Loaded:
    """Read the workspace at `root`; `data` overrides where relative table paths start.

    A definition with an error is left out and named; the rest works. Issues name files relative to the
    workspace, those of the shipped library as `standard:…`.
    """
    source = read_toml(root / FILE, FILE)
    if isinstance(source, Issue):
        return Loaded(None, (source,))
    issues: list[Issue] = []
    head = read_workspace_head(source, issues)
    if head is None:
        return Loaded(None, tuple(issues))
    layer = _merged(root, head, source, issues)
    issues += unknown_modules(head, layer.categories.items, source)
    issues += head_issues(head if data is None else replace(head, data=""), root, layer.metrics.items, source)
    prepare_facts(layer, issues)
    with_times(layer)
    if validate:
        from kpi_tui.workspace.check.validate import validate_layer  # brings sqlglot: 0.1 s

        issues += validate_layer(layer, root, _data(root, head, data), head.calendar)
    broken = broken_metrics(layer.metrics.broken - layer.metrics.items.keys(), issues)
    lost = broken_metrics(layer.funnels.broken - layer.funnels.items.keys(), issues, "funnels")
    unread = broken_metrics(layer.tables.broken - layer.tables.items.keys(), issues, "tables")
    in_order = severest_first(sorted(issues, key=lambda issue: (issue.file, issue.line)))
    workspace = _workspace(root, data, head, layer)
    workspace = replace(workspace, broken=broken, broken_funnels=lost, broken_tables=unread)
    return Loaded(workspace, in_order)


def _merged(root: Path, head: WorkspaceHead, source: TomlFile, issues: list[Issue]) -> Layer:
    own = read_layer(root, issues, head.calendar)
    if root.resolve() != shipped_config().resolve():
        extends = head.extends == STANDARD
        beneath, problems = _standard(shipped_stamp()) if extends else (Layer(), ())
        issues += problems
        own = laid_over(own, beneath)
    issues += merge_settings(own, head.settings, source)
    return own


@lru_cache(maxsize=1)
def _standard(_stamp: str) -> tuple[Layer, tuple[Issue, ...]]:
    """The shipped library and its problems, read once while its files stay as they are; nobody may change it."""
    issues: list[Issue] = []
    return read_library(shipped_config(), issues, f"{STANDARD}:"), tuple(issues)


def _data(root: Path, head: WorkspaceHead, data: Path | None) -> Path:
    folder = data if data is not None else data_folder(root, head.data)
    return Path(os.path.realpath(folder))  # unlike resolve(), of a link that leads back to itself too


def _workspace(root: Path, data: Path | None, head: WorkspaceHead, layer: Layer) -> Workspace:
    folder = _data(root, head, data)
    return Workspace(
        root=root.resolve(),
        data=folder,
        name=head.name,
        language=head.language,
        timezone=head.timezone,
        currency=head.currency,
        numbers=head.numbers,
        rates=head.rates,
        as_of=head.as_of,
        north_star=last_form(head.north_star).metric,
        settings=layer.settings,
        limits=layer.limits,
        schemas=layer.schemas.items,
        tables=layer.tables.items,
        facts=layer.facts.items,
        measures=layer.measures.items,
        categories={id_: category for id_, category in layer.categories.items.items() if id_ not in head.modules_off},
        metrics=layer.metrics.items,
        trees=layer.trees.items,
        roles={key: last_form(role) for key, role in layer.roles.items.items()},
        people={key: last_form(person) for key, person in layer.people.items.items()},
        chains=layer.chains.items,
        bonus=last_form(head.bonus),
        funnels=layer.funnels.items,
        reports=layer.reports.items,
        pages=_own_first(layer.pages.items),
        doubts=layer.doubts.items,
        stages={key: layer.stages.items[key] for key in LIFE if key in layer.stages.items},
        festivals=layer.festivals.items,
        data_roots=tuple(dict.fromkeys((folder, root.resolve()))),
        candidates=tuple(one for one in head.candidates if one in layer.metrics.items),
        modules_off=frozenset(head.modules_off) & set(layer.categories.items),
        switched_off={id_: category for id_, category in layer.categories.items.items() if id_ in head.modules_off},
        dated=DatedDefinitions(layer.roles.items, layer.people.items, head.bonus, head.north_star),
        calendar=head.calendar,
    )


def _own_first(pages: Mapping[str, Page]) -> dict[str, Page]:
    """The pages of the workspace itself before the shipped ones: the first is the one that the screen opens."""
    return dict(sorted(pages.items(), key=lambda pair: pair[1].place.file.startswith(f"{STANDARD}:")))
