"""Roles of a preset made of what a workspace can compute: a line gives way to another or is left out, and says so."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomli_w

from kpi_tui.definitions.message import Message, listed, say
from kpi_tui.workspace.check.roles import FULL


@dataclass(frozen=True, slots=True)
class AdaptedRoles:
    """A file of roles as TOML ("" when no role is left), and what was changed."""

    toml: str
    said: tuple[Message, ...]


def adapted(source: Path, live: Collection[str]) -> AdaptedRoles:
    """The roles of a preset's file whose lines are in `live`: metrics that the tables of the workspace allow.

    A line that is not gives way to the first of its `instead` that is; without one it is left out. The weights of
    the lines that stay keep their proportions and sum to 100 (R036); with none of them, every line weighs the same.
    The role says which preset it is of, so that what was left out can be told later.
    """
    roles: dict[str, dict[str, Any]] = tomllib.loads(source.read_text(encoding="utf-8"))["roles"]
    said: list[Message] = []
    preset = source.parent.name
    made = {key: (role, _lines(key, role, live, said)) for key, role in roles.items()}
    kept = {
        key: {name: one for name, one in role.items() if name != "lines"} | {"preset": preset, "lines": lines}
        for key, (role, lines) in made.items()
        if lines
    }
    return AdaptedRoles(tomli_w.dumps({"roles": kept}) if kept else "", tuple(said))


def _lines(key: str, role: Mapping[str, Any], live: Collection[str], said: list[Message]) -> list[dict[str, Any]]:
    stays: list[dict[str, Any]] = []
    gone: list[str] = []
    taken = {line["metric"] for line in role["lines"] if line["metric"] in live}
    for line in role["lines"]:
        others = (other for other in line.get("instead", ()) if other in live and other not in taken)
        metric = line["metric"] if line["metric"] in live else next(others, "")
        if not metric:
            gone.append(line["metric"])
            continue
        if metric != line["metric"]:
            said.append(say("{role}: {other} stands in for {metric}", role=key, other=metric, metric=line["metric"]))
        taken.add(metric)
        stays.append({name: value for name, value in line.items() if name != "instead"} | {"metric": metric})
    if gone and stays:
        said.append(say("{role}: left out, for the data lack them: {metrics}", role=key, metrics=listed(gone)))
    if not stays:
        said.append(say("{role}: left out, for the data have none of its metrics", role=key))
    return _weighed(stays)


def _weighed(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    total = sum(line["weight"] for line in lines)
    weights = [line["weight"] * FULL / total if total else FULL / len(lines) for line in lines]
    return [line | {"weight": round(weight, 7)} for line, weight in zip(lines, weights, strict=True)]
