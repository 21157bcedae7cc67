"""Each rule below is cited by the name or docstring of a test: R001–R038, R107–R168, R172."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.conftest import PROJECT

REQUIRED = [f"R{number:03d}" for number in (*range(1, 39), *range(107, 169), 172)]
_CITED = re.compile(r"(?<![a-z0-9])r(\d{3})(?![0-9])", re.IGNORECASE)


def cited_words() -> Iterator[tuple[str, str]]:
    """(file::test, its name and docstring) of every test function; this file cites everything and is left out."""
    for file in sorted((PROJECT / "tests").rglob("test_*.py")):
        if file.name == "test_every_requirement_is_named.py":
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
                yield f"{file.relative_to(PROJECT)}::{node.name}", f"{node.name} {ast.get_docstring(node) or ''}"


@pytest.fixture(scope="module")
def citing() -> dict[str, list[str]]:
    """Requirement -> tests that cite it."""
    found: dict[str, list[str]] = {}
    for place, words in cited_words():
        for number in _CITED.findall(words):
            found.setdefault(f"R{number}", []).append(place)
    return found


@pytest.mark.parametrize("requirement", REQUIRED)
def test_a_requirement_is_cited_by_a_test(citing: dict[str, list[str]], requirement: str) -> None:
    assert citing.get(requirement), f"no test's name or docstring cites {requirement}"
