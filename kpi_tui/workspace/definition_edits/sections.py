"""Where each definition that can be edited stands: the file of its section, and how deep its own table lies."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from kpi_tui.definitions.edit import KeyPath
from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.message import listed, say
from kpi_tui.definitions.names import did_you_mean

WORKSPACE, TABLES = "workspace.toml", "tables.toml"


@dataclass(frozen=True, slots=True)
class DefinitionPlace:
    """A section of TOML: its file, or with a `/` at the end the folder of its files."""

    file: str
    depth: int  # keys that lead to one definition: [roles.ID] 2, [bonus] 1, a key of workspace.toml 0
    dated: bool = False  # may have later forms
    short: str = ""  # the one key of the definition: its value may stand for the whole table
    only: str = ""  # the one key that is edited, of definitions that are there; on the others data hang

    def split(self, path: KeyPath) -> tuple[KeyPath, KeyPath]:
        """The keys that lead to the definition, and those inside it."""
        entry, keys = path[: self.depth], path[self.depth :]
        return entry, (self.short,) if self.short and not keys else keys

    def as_table(self, said: Any) -> Any:
        """What the file says of the definition, as a table."""
        return {self.short: said} if self.short and isinstance(said, str) else said

    def as_written(self, table: Any) -> Any:
        """The table as it is written shortest."""
        return table[self.short] if isinstance(table, dict) and table.keys() == {self.short} else table


SECTIONS = {
    "roles": DefinitionPlace("roles/", 2, dated=True),
    "people": DefinitionPlace("people.toml", 2, dated=True),
    "stages": DefinitionPlace("stages.toml", 2),
    "chains": DefinitionPlace("chains/", 2),
    "tables": DefinitionPlace(TABLES, 2, only="confirm"),
    "bonus": DefinitionPlace(WORKSPACE, 1, dated=True),
    "north_star": DefinitionPlace(WORKSPACE, 1, dated=True, short="metric"),
    **dict.fromkeys(
        (
            "name",
            "language",
            "timezone",
            "currency",
            "numbers",
            "calendar",
            "rates",
            "as_of",
            "data",
            "settings",
            "modules",
            "candidates",
        ),
        DefinitionPlace(WORKSPACE, 0),
    ),
}
WHOLE_AT_ONCE = frozenset(name for name, place in SECTIONS.items() if place.file == WORKSPACE) - {"bonus"}
"""Sections whose keys are right or wrong one by one; those of the others lean on each other (weights sum to 100)."""
FREE = tuple(name for name, place in SECTIONS.items() if not place.only)
"""Sections of which every key can be edited."""
NATURAL_KEYS = {"lines": "metric", "links": "id", "versions": "from"}
"""What tells the tables of a list apart, by the key of the list."""


def section_of(path: KeyPath, known: Collection[str] = SECTIONS) -> DefinitionPlace:
    """The section a key path begins with. UsageError for none of those that can be edited."""
    name = path[0] if path else ""
    if name not in known:
        hint = did_you_mean(name, FREE, say("known: {names}", names=listed(FREE)))
        raise UsageError(say("there is no definition {name!r} to be edited; {hint}", name=name, hint=hint))
    if len(path) < max(1, SECTIONS[name].depth):
        raise UsageError(say("{path}: say which one", path=".".join(path)))
    return SECTIONS[name]
