"""The roles of every preset as the data allow them, each by itself, so that a person can choose."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kpi_tui.definitions.answers.setup import PlannedRole
from kpi_tui.definitions.text import Text

if TYPE_CHECKING:
    from kpi_tui.definitions.message import Message

ENOUGH = 2
"""Lines that count, of a role that is proposed."""


def planned_roles(
    folder: Path, live: Collection[str], there: Collection[str] = ()
) -> dict[str, tuple[PlannedRole, ...]]:
    """Preset -> its roles; a role without any metric that the data allow is left out. `there`: roles by id."""
    from kpi_tui.workspace.find import shipped_config
    from kpi_tui.workspace.start.presets import preset_names

    files = {name: sorted((shipped_config() / "presets" / name).glob("*.toml")) for name in preset_names()}
    return {
        name: tuple(_proposed(role, there) for file in some for role in _roles(file, folder, live))
        for name, some in files.items()
    }


def _proposed(role: PlannedRole, there: Collection[str]) -> PlannedRole:
    """Whoever has roles is asked before more are made."""
    return replace(role, there=role.there or role.id in there, proposed=not there and role.weighted >= ENOUGH)


def _roles(source: Path, folder: Path, live: Collection[str]) -> Iterable[PlannedRole]:
    import tomli_w

    from kpi_tui.workspace.start.adapted_roles import adapted

    made = adapted(source, live)
    roles: dict[str, Any] = tomllib.loads(made.toml)["roles"] if made.toml else {}
    for key, role in roles.items():
        yield PlannedRole(
            key,
            Text(**role["name"]) if isinstance(role["name"], dict) else Text(role["name"]),
            tuple((line["metric"], float(line["weight"])) for line in role["lines"]),
            f"roles/{source.name}",
            _commented(said := tuple(one for one in made.said if one.values.get("role") == key))
            + tomli_w.dumps({"roles": {key: role}}),
            said,
            (folder / "roles" / source.name).exists(),
        )


def _commented(said: Iterable[Message]) -> str:
    """What a role lacks of its preset stands where it is defined."""
    return "".join(f"# {one}\n" for one in said)


def chosen(roles: Iterable[PlannedRole], wanted: Collection[str] | None) -> list[PlannedRole]:
    """Those wanted; where nobody has chosen, those proposed. None that is there already."""
    free = [role for role in roles if not role.there]
    return [role for role in free if (role.proposed if wanted is None else role.id in wanted)]


def files_of(roles: Iterable[PlannedRole]) -> dict[str, str]:
    """The text of every file of roles."""
    files: dict[str, str] = {}
    for role in roles:
        files[role.file] = f"{files[role.file]}\n{role.toml}" if role.file in files else role.toml
    return files
