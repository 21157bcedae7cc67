"""What a workspace may hold once and holds twice: every rule of that kind, one function each.

`Fields.problem` (a reader of TOML) and `Contradictions.error` (a cross check) take a `Duplicate` as it is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from kpi_tui.definitions.issue import Place
from kpi_tui.definitions.message import say
from kpi_tui.definitions.period import Period


class Duplicate(NamedTuple):
    """The key that holds what stands twice, the sentence about it, what to do, the code of the issue."""

    key: str
    message: str
    hint: str
    code: str = "twice"


# --- inside one definition -----------------------------------------------------------------------------
def role_line(metric: str, before: Iterable[str]) -> Duplicate | None:
    """A metric that an earlier line of the role has."""
    if metric not in before:
        return None
    return Duplicate(
        "metric", say("{metric!r} stands twice in this role", metric=metric), say("keep one line of the two")
    )


def version(since: Period, before: Iterable[Period | None]) -> Duplicate | None:
    """A form that begins on the same day as another one: nobody could say which counts."""
    if not any(other is not None and other.start == since.start for other in before):
        return None
    return Duplicate("from", say("two forms begin with {period}", period=since.id), say("put them together in one"))


def chain_link(link: str, before: Iterable[str]) -> Duplicate | None:
    """A link whose id an earlier one has, in capitals or not: its targets would lie in one cell."""
    if link.casefold() not in {other.casefold() for other in before}:
        return None
    return Duplicate("id", say("the link {link!r} stands twice in this chain", link=link), _RENAME_ONE)


def tree_node(node: str, before: Collection[str]) -> Duplicate | None:
    """A node whose name an earlier one has."""
    if node not in before:
        return None
    return Duplicate("node", say("node {node!r} stands twice in this tree", node=node), _RENAME_ONE)


def page_section(section: str, all_of_page: list[str]) -> Duplicate | None:
    """A section whose id another one of the page has; both are named."""
    if all_of_page.count(section) < 2:
        return None
    return Duplicate("id", say("section {id!r} stands twice", id=section), _RENAME_ONE)


def page_column(column: str, all_of_table: list[str]) -> Duplicate | None:
    """A column whose id another one of the section has; both are named."""
    if all_of_table.count(column) < 2:
        return None
    return Duplicate("id", say("column {name!r} stands twice", name=column), _RENAME_ONE)


def funnel_steps(names: Collection[str]) -> Duplicate | None:
    """Steps of a funnel that cannot be told apart."""
    if len(set(names)) == len(names):
        return None
    return Duplicate("steps", say("two steps have the same name"), _RENAME_ONE)


# --- among definitions ---------------------------------------------------------------------------------
def defined_again(key: str, first: Place) -> Duplicate:
    """A definition of the same kind whose id was taken at `first`."""
    message = say("{key!r} is defined twice, first in {file}:{line}", key=key, file=first.file, line=first.line)
    return Duplicate("", message, _RENAME_ONE)


def fact_and_table(fact: str, tables: Collection[str]) -> Duplicate | None:
    """A fact called like a canonical table: SQL could not say which it reads."""
    if fact not in tables:
        return None
    return Duplicate("", say("a canonical table has the same id"), say("rename the fact"))


def tree_and_metric(tree: str, metrics: Collection[str]) -> Duplicate | None:
    """A tree called like a metric: drivers could not say which is asked for."""
    if tree not in metrics:
        return None
    return Duplicate("", say("a metric is called {tree!r} too", tree=tree), say("rename the tree"))


def person_and_role(person: str, roles: Collection[str]) -> Duplicate | None:
    """A person called like a role: a target belongs to one of them, and the same id would mix them up."""
    if person not in roles:
        return None
    return Duplicate("", say("{person!r} is the id of a role too", person=person), say("give the person another id"))


_RENAME_ONE = say("rename one of them")
