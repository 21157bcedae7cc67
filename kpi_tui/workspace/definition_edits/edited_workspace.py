"""A workspace as edits would make it: the edited files parsed and checked again, everything else as it was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kpi_tui.definitions.dated import last_form
from kpi_tui.definitions.issue import Issue
from kpi_tui.definitions.message import say
from kpi_tui.definitions.role import LIFE, LifeStage, Person, Role
from kpi_tui.definitions.workspace import DatedDefinitions, Workspace
from kpi_tui.workspace import duplicates
from kpi_tui.workspace.check.chains import check_chain
from kpi_tui.workspace.check.contradiction import Contradictions
from kpi_tui.workspace.check.head import head_issues
from kpi_tui.workspace.check.roles import check_person, check_role
from kpi_tui.workspace.definition_edits.documents import Documents
from kpi_tui.workspace.definition_edits.sections import SECTIONS, TABLES
from kpi_tui.workspace.definition_edits.still_asked import still_asked
from kpi_tui.workspace.parse.chains import read_chain
from kpi_tui.workspace.parse.collected import PLAIN_NAME, Collected, collect
from kpi_tui.workspace.parse.roles import read_person, read_role, read_stage
from kpi_tui.workspace.parse.workspace import WorkspaceHead, read_workspace_head, unknown_modules
from kpi_tui.workspace.settings import names_read, setting_issues
from kpi_tui.workspace.toml.source import TomlFile


def edited_workspace(saved: Workspace, documents: Documents) -> tuple[Workspace, tuple[Issue, ...]]:
    """The workspace with the documents as they are edited, and what is wrong with the edited definitions.

    A role that is refused (weights that do not sum to 100) stands in it all the same: it is being worked on.
    """
    issues: list[Issue] = []
    roles = collect(_files(documents, "roles"), "roles", read_role, issues, PLAIN_NAME)
    people = collect(_files(documents, "people"), "people", read_person, issues, PLAIN_NAME)
    stages = collect(_files(documents, "stages"), "stages", read_stage, issues)
    chains = collect(_files(documents, "chains"), "chains", read_chain, issues)
    _check(saved, roles, people, issues)
    report = Contradictions(say("chain"), issues)
    for chain in chains.items.values():
        check_chain(chain, Collected(dict(saved.measures)), Collected(dict(saved.metrics)), report)
    held: dict[str, Role] = roles.items | roles.suspects
    holders: dict[str, Person] = people.items | people.suspects
    life: dict[str, LifeStage] = {k: one for k, one in saved.stages.items() if one.place.is_shipped} | stages.items
    edited = replace(
        saved,
        roles={key: last_form(role) for key, role in held.items()},
        people={key: last_form(person) for key, person in holders.items()},
        stages={key: life[key] for key in LIFE if key in life},
        tables=still_asked(saved.tables, documents.of(TABLES)),
        chains={k: one for k, one in saved.chains.items() if one.place.is_shipped} | chains.items,
        dated=DatedDefinitions(held, holders, saved.dated.bonus, saved.dated.north_star),
    )
    source = next(_files(documents, "north_star"), None)
    head = read_workspace_head(source, issues) if source else None
    if source is None or head is None:
        return edited, tuple(issues)
    issues += unknown_modules(head, {**saved.categories, **saved.switched_off}, source)
    issues += _settings(head, source, saved)
    issues += head_issues(head, saved.root, saved.metrics, source)
    return _with_head(edited, head), tuple(issues)


def _with_head(space: Workspace, head: WorkspaceHead) -> Workspace:
    shelves = {**space.categories, **space.switched_off}
    off = frozenset(head.modules_off) & shelves.keys()
    return replace(
        space,
        name=head.name,
        language=head.language,
        timezone=head.timezone,
        currency=head.currency,
        numbers=head.numbers,
        calendar=head.calendar,
        as_of=head.as_of,
        north_star=last_form(head.north_star).metric,
        settings={**space.settings, **head.settings},
        bonus=last_form(head.bonus),
        categories={key: shelf for key, shelf in shelves.items() if key not in off},
        switched_off={key: shelf for key, shelf in shelves.items() if key in off},
        modules_off=off,
        candidates=head.candidates,
        rates=head.rates,
        dated=replace(space.dated, bonus=head.bonus, north_star=head.north_star),
    )


def _check(saved: Workspace, roles: Collected[Role], people: Collected[Person], issues: list[Issue]) -> None:
    report = Contradictions(say("role"), issues)
    for role in roles.items.values():
        check_role(role, Collected(dict(saved.metrics)), report)
    report = Contradictions(say("person"), issues)
    for person in people.items.values():
        check_person(person, roles, report, people)
        if twice := duplicates.person_and_role(person.id, roles.items):
            report.error(person, *twice)


def _settings(head: WorkspaceHead, source: TomlFile, saved: Workspace) -> Iterator[Issue]:
    """Settings that cannot be used, as the check of the whole workspace tells them."""
    strange = head.settings.keys() - saved.settings.keys()
    read = names_read(saved.facts, saved.measures, saved.metrics, saved.tables) if strange else set()
    return setting_issues(head.settings, saved.settings, saved.limits, read, source)


def _files(documents: Documents, section: str) -> Iterator[TomlFile]:
    file = SECTIONS[section].file
    for name, data in sorted(documents.data.items()):
        if name == file or (file.endswith("/") and name.startswith(file)):
            source = documents.sources.get(name)
            yield TomlFile(name, data, source.lines if source else {}, documents.calendar)
