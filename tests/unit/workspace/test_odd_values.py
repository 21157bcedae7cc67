"""No value of any type at any key ends in a traceback: every key of a sound workspace is tried with each odd value."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
import tomli_w
from sound_workspace import SOUND

from kpi_tui.workspace.check.lint import lint
from kpi_tui.workspace.load import load

ODD = [
    -1,
    2**70,
    1.5,
    float("nan"),
    float("inf"),
    True,
    "",
    "x" * 9_000,
    "\x1b[2J",
    "a;b",
    "':x",
    [],
    [1, "a"],
    [[]],
    {},
    {"a": {"b": 1}},
]


def _paths(data: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [step for key, value in items for step in [(*path, key), *_paths(value, (*path, key))]]


def _with(text: str, path: tuple[str | int, ...], value: object) -> str:
    data = inner = tomllib.loads(text)
    for key in path[:-1]:
        inner = inner[key]  # type: ignore[index]
    inner[path[-1]] = value  # type: ignore[index]
    return tomli_w.dumps(data)


@pytest.mark.parametrize("name", SOUND)
def test_odd_values_become_issues_of_their_file_and_never_an_exception(name, tmp_path: Path):
    for file, text in SOUND.items():
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(text)
    refused = 0
    for path in _paths(tomllib.loads(SOUND[name])):
        for value in ODD:
            (tmp_path / name).write_text(_with(SOUND[name], path, value))
            loaded = load(tmp_path)
            assert loaded.workspace is not None or loaded.issues
            assert all(issue.file and issue.message for issue in loaded.issues)
            refused += any(issue.file == name for issue in loaded.issues)
            if loaded.workspace:
                lint(loaded.workspace)
    assert refused > len(ODD)
