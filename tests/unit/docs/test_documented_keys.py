"""docs/definition-keys.md names every key that a reader of definitions asks for, and no other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from kpi_tui.definitions.target import Target
from kpi_tui.workspace.definition_edits.known_keys import _READERS
from kpi_tui.workspace.parse.workspace import read_head
from kpi_tui.workspace.toml.fields import Fields
from kpi_tui.workspace.toml.source import TomlFile

PAGE = Path(__file__).parents[3] / "docs" / "definition-keys.md"
STEPS = {"mode": "adjust", "steps": [{}]}
FORMS: Mapping[str, Mapping[str, Any]] = {
    "workspace.toml": {"calendar": {}, "modules": {}, "rates": {}, "north_star": {}, "bonus": STEPS},
    "roles/*.toml": {"principles": {}, "lines": [{}]},
    "people.toml": {},
    "stages.toml": {},
    "chains/*.toml": {"links": [{"capacity": {}}], "platforms": [{}]},
}
"""With an empty table where a key holds one."""


def documented(section: str) -> set[str]:
    _before, _head, rest = PAGE.read_text(encoding="utf-8").partition(f"\n## {section}\n")
    rows = [line for line in rest.partition("\n## ")[0].splitlines() if line.startswith("| `")]
    return {key for row in rows for key in re.findall(r"`([^`]+)`", row.split("|")[1])}


def asked(fields: Fields, before: str = "") -> Iterator[str]:
    for name in {*fields.kinds, *fields.seen}:
        inner = [key for one in fields.inner.get(name, []) for key in asked(one, f"{before}{name}.")]
        yield from inner or [f"{before}{name}"]


@pytest.mark.parametrize("section", FORMS)
def test_every_key_of_a_reader_is_documented(section: str) -> None:
    fields = Fields(TomlFile("", {}), (), dict(FORMS[section]), [])
    if section == "workspace.toml":
        read_head(fields)
    else:
        _READERS[section.partition("/")[0].removesuffix(".toml")]("x", fields)
    assert documented(section) == set(asked(fields))


def test_every_key_of_a_target_is_documented() -> None:
    assert documented("targets/*.toml") == set(Target.__dataclass_fields__)
