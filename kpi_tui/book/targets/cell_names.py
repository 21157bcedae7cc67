"""Names in a sheet found again in the workspace: roles, people, chains, metrics, counts, by id or by name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from kpi_tui.definitions.library.chain import GROWTH
from kpi_tui.definitions.names import nearest
from kpi_tui.definitions.role import owner_of
from kpi_tui.definitions.text import Text
from kpi_tui.definitions.written.plain_word import plain

if TYPE_CHECKING:
    from kpi_tui.definitions.workspace import Workspace

CHAIN = "chain:"
VALUE_SIGNS = ("@", "·")
"""Between a role and one value of its `per`: as ids are written, and as names are shown."""
_IN_BRACKETS = re.compile(r"\([^()]*\)$")


class NameIndex:
    """Ids by every way they are written: the id, the name in either language, both beside each other.

    A name is known without what stands in brackets behind it, too, where that is nobody's whole name.
    """

    def __init__(self, named: Iterable[tuple[str, Text]]) -> None:
        self._ids: dict[str, dict[str, None]] = {}
        self._short: dict[str, dict[str, None]] = {}
        for id_, name in named:
            for written in (id_, name.en, name.zh, name.both("en"), name.both("zh")):
                if said := plain(written):
                    self._ids.setdefault(said, {})[id_] = None
                    self._short.setdefault(_IN_BRACKETS.sub("", said), {})[id_] = None

    def find(self, written: str) -> tuple[str, ...]:
        """The ids that are written so; several where a name is not alone."""
        said = plain(written)
        return tuple(self._ids.get(said) or self._short.get(said) or ())

    def nearest(self, written: str) -> str:
        """The id of the name most like it; "" when none is."""
        near = nearest(plain(written), self._ids)
        return next(iter(self._ids[near])) if near else ""


def owners(space: Workspace) -> NameIndex:
    """Who can hold a target: roles, people, chains."""
    posts = [*((role.id, role.name) for role in space.roles.values()), *((p.id, p.name) for p in space.people.values())]
    return NameIndex([*posts, *((f"{CHAIN}{chain.id}", chain.name) for chain in space.chains.values())])


def owners_named(written: str, names: NameIndex, space: Workspace) -> tuple[str, ...]:
    """Whom a cell names; of a role by the values of a column one of them too: `manager@S1`, `Shop manager · S1`."""
    if found := names.find(written):
        return found
    for between in VALUE_SIGNS:
        role, sign, value = (part.strip() for part in written.partition(between))
        cut = [id_ for id_ in names.find(role) if id_ in space.roles and space.roles[id_].per] if sign and value else []
        if cut:
            return tuple(owner_of(id_, value) for id_ in cut)
    return ()


def metrics(space: Workspace) -> NameIndex:
    """What a role or a person can have a target of."""
    return NameIndex((metric.id, metric.name) for metric in space.metrics.values())


def counts(space: Workspace) -> NameIndex:
    """The base numbers that chains read, which are the ones a person can type (R047)."""
    ids = dict.fromkeys(id_ for chain in space.chains.values() for link in chain.links for id_ in link.counts)
    return NameIndex((id_, _count_name(space, id_)) for id_ in ids)


def links(space: Workspace, owner: str) -> NameIndex:
    """What a chain has targets of: its links, their points, its growth baseline."""
    chain = space.chains.get(owner.removeprefix(CHAIN))
    found = [] if chain is None else [(link.id, link.name) for link in chain.links]
    return NameIndex([*found, *((f"points.{id_}", Text()) for id_, _name in found), (GROWTH, Text())])


def _count_name(space: Workspace, id_: str) -> Text:
    if id_ in space.measures:
        return space.measures[id_].about
    return space.metrics[id_].name if id_ in space.metrics else Text()
