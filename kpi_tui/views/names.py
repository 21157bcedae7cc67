"""What ids are called: metrics, measures, roles, people, links, and whose targets they are."""

from __future__ import annotations

from collections.abc import Sequence

from kpi_tui.definitions.library.aggregation import DISTINCT, Aggregation
from kpi_tui.definitions.library.chain import GROWTH, Chain, Link, TargetRule
from kpi_tui.definitions.library.table import ColumnType
from kpi_tui.definitions.role import role_and_value
from kpi_tui.definitions.target import TargetKey
from kpi_tui.definitions.text import Text
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.definitions.written.named_id import NamedId
from kpi_tui.text.phrase import Word, joined, phrase

CHAIN = "chain:"
POINTS = "points."
NO_VALUE = "(none)"
"""The segment of rows that have no value in the column."""


def metric_name(space: Workspace, id_: str) -> Text:
    """A metric's name, else its id."""
    return _named(space.metrics[id_].name, id_) if id_ in space.metrics else Text(id_)


def factor_name(space: Workspace, id_: str) -> Text:
    """A metric's or tree's name, what a base measure counts, or the id."""
    if id_ in space.trees and id_ not in space.metrics:
        return _named(space.trees[id_].name, id_)
    measure = space.measures.get(id_)
    if measure is not None and id_ not in space.metrics:
        return _named(measure.about, id_)
    return metric_name(space, id_)


def factor_unit(space: Workspace, id_: str) -> str:
    """The unit of a metric or a base measure: of a metric that is nothing else, of its column, of one of its column."""
    if id_ in space.metrics or id_ not in space.measures:
        return space.metrics[id_].unit if id_ in space.metrics else "count"
    measure = space.measures[id_]
    if measure.agg in (Aggregation.COUNT, *DISTINCT):
        return "count"
    schema = space.schemas.get(measure.table)
    column = schema.columns.get(measure.column) if schema else None
    if column is not None and column.type is ColumnType.FLOAT and column.money:
        return "currency"
    counted = (measure.table, measure.column, measure.agg)
    alike = {one.id for one in space.measures.values() if (one.table, one.column, one.agg) == counted}
    units = {metric.unit for metric in space.metrics.values() if metric.formula in alike}
    return units.pop() if len(units) == 1 else "count"


def owner_name(space: Workspace, id_: str) -> Text:
    """A role's or a person's name, with the value of its `per` where one is meant; else the id."""
    role, value = role_and_value(id_)
    owner = space.roles.get(role) or space.people.get(id_)
    if owner is None:
        return Text(id_)
    name = _named(owner.name, role)
    return name if value is None else Text(f"{name.get('en')} · {value}", f"{name.get('zh')} · {value}")


def in_charge(space: Workspace, id_: str) -> Text:
    """Who is in charge, where it is a role or a person of this workspace: a shipped chain may mean one it lacks."""
    known = role_and_value(id_)[0] in space.roles or id_ in space.people
    return owner_name(space, id_) if known else Text()


def holders(role: str, space: Workspace) -> list[Word]:
    """The people who hold a role."""
    return [owner_name(space, person.id) for person in space.people.values() if role in person.roles]


def table_name(space: Workspace, id_: str) -> Text:
    """A table's name; empty where no schema names it."""
    return space.schemas[id_].name if id_ in space.schemas else Text()


def column_name(space: Workspace, id_: str) -> Text:
    """What a column of a table is called (`channel_id`, `users.channel_id`); the id where no schema calls it."""
    table, _dot, column = id_.rpartition(".")
    schemas = [space.schemas[table]] if table in space.schemas else list(space.schemas.values())
    found = (schema.columns[column] for schema in schemas if column in schema.columns)
    made = (fact.called[column] for fact in space.facts.values() if column in fact.called and table in ("", fact.id))
    said = (*(one.called for one in found), *made)
    called = next((one for one in said if one.en or one.zh), Text())
    return _named(called, id_)


def segment_word(segment: str, column: Word = "") -> Word:
    """What a segment is called: its name where it has one, else its value, or that the rows have none (of a column)."""
    if isinstance(segment, NamedId):
        return segment.name
    if segment != NO_VALUE:
        return segment
    return phrase("({column} not recorded)", column=column) if column else phrase("(none)")


def step_title(space: Workspace, funnel: str, step: str) -> Text:
    """What a step of a funnel is called: a metric by its name, a step by its title, else its id."""
    if step in space.metrics:
        return metric_name(space, step)
    steps = space.funnels[funnel].steps if funnel in space.funnels else ()
    return _named(next((one.title for one in steps if one.name == step), Text()), step)


def link_name(chain: Chain, id_: str) -> Word:
    """`C Inquiries`: id and name of a link."""
    link = chain.link(id_)
    return joined(link.id, link.name, between=" ") if link else id_


def link_unit(link: Link) -> str:
    """A rate, but a count for the growth link and for those scaled from another period (G, H)."""
    scaled = link.rule in (TargetRule.HISTORY, TargetRule.PRECEDING)
    return "percent" if link.denominator and not scaled else "count"


def chain_of(space: Workspace, key: TargetKey) -> Chain | None:
    """The chain a target belongs to; None for the target of a role."""
    return space.chains.get(key.role.removeprefix(CHAIN)) if key.role.startswith(CHAIN) else None


def holder_name(space: Workspace, key: TargetKey) -> Text:
    """Whose target it is: a role, a person or a chain."""
    chain = chain_of(space, key)
    return chain.name if chain is not None else owner_name(space, key.role)


def target_name(space: Workspace, key: TargetKey) -> Word:
    """What is aimed at: a metric, a link, its points, or the growth baseline of a chain."""
    chain = chain_of(space, key)
    if chain is None:
        return metric_name(space, key.metric)
    if key.metric == GROWTH:
        return phrase("growth baseline")
    name = link_name(chain, key.metric.removeprefix(POINTS))
    return phrase("points of {link}", link=name) if key.metric.startswith(POINTS) else name


def target_unit(space: Workspace, key: TargetKey) -> str:
    """The unit of a target."""
    chain = chain_of(space, key)
    if chain is None:
        return space.metrics[key.metric].unit if key.metric in space.metrics else "count"
    if key.metric.startswith(POINTS):
        return "score"
    link = chain.link(key.metric)
    return "percent" if link is None else link_unit(link)  # without a link: the growth baseline


def _named(name: Text, id_: str) -> Text:
    return name if name.en or name.zh else Text(id_)


_PRESETS = {"roles_000": phrase("five posts (table 000)"), "roles_003": phrase("five posts (table 003)")}


def preset_name(preset: str, roles: Sequence[Text]) -> Word:
    """What a preset is called: a table of posts, else as its only role; its id where it has several others."""
    if preset in _PRESETS:
        return _PRESETS[preset]
    return roles[0] if len(roles) == 1 else preset
