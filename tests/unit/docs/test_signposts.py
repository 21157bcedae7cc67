"""docs/architecture.md names only what is there: every path exists, every `file.py:name` is defined in that file."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import PROJECT

PAGE = PROJECT / "docs" / "architecture.md"
ROOTS = (PROJECT, PROJECT / "kpi_tui", PROJECT / "config", PROJECT / "docs", PROJECT / "config" / "targets")
"""Where a path of the page may begin: the project, the package, the demo workspace, the page itself."""
SUFFIXES = ("py", "toml", "md", "css", "tcss", "po", "jsonl")
NAMED = re.compile(rf"[\w./*-]+\.(?:{'|'.join(SUFFIXES)})(?::[\w.]+)?|(?:[\w-]+/)+|scripts/\w+")
MADE_WHEN_USED = ("targets/", "actuals/", "~", "<")
SIGNPOSTS = {"Where do I change": (r"^\| .*`", 40), "To add": (r"^### ", 9)}
"""Headings that must stand there: what begins an entry below them, and how many there are at least."""


@cache
def sections() -> dict[str, str]:
    """Heading of the page -> the text below it; fenced blocks are left out."""
    text = re.sub(r"^```.*?^```", "", PAGE.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)
    return {"": parts[0], **dict(zip(parts[1::2], parts[2::2], strict=True))}


def quoted() -> Iterator[str]:
    """What stands between backticks."""
    for text in sections().values():
        yield from re.findall(r"`([^`\n]+)`", text)


def named() -> list[str]:
    """Paths of the repository, with the name of a definition behind a colon where there is one."""
    return sorted({found for text in quoted() if NAMED.fullmatch(found := text) and not _is_made(found)})


def _is_made(path: str) -> bool:
    """A folder or file that a workspace may have, and the repository need not."""
    return path.startswith(MADE_WHEN_USED) and not any((root / path.partition(":")[0]).exists() for root in ROOTS)


def found(path: str) -> list[Path]:
    """The files or folders a path of the page means."""
    if "/" not in path and path.endswith(".py"):
        return [*(PROJECT / "kpi_tui").rglob(path), *(PROJECT / "tests").rglob(path)]
    return [file for root in ROOTS for file in (root.glob(path) if "*" in path else [root / path]) if file.exists()]


@pytest.mark.parametrize("name", named())
def test_what_the_page_names_is_there(name: str) -> None:
    path, _, inside = name.partition(":")
    files = found(path)
    assert files, f"{path} is nowhere"
    assert not inside or any(inside in definitions(file) for file in files), f"{path} defines no {inside}"


@cache
def definitions(file: Path) -> frozenset[str]:
    """Names defined in a Python file, with those inside a class as Class.name; keys and words of another file."""
    text = file.read_text(encoding="utf-8")
    if file.suffix != ".py":
        return frozenset(re.findall(r"[\w.-]+", text))
    return frozenset(_defined(ast.parse(text).body))


def _defined(body: list[ast.stmt]) -> Iterator[str]:
    for node in body:
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name
            case ast.ClassDef(name=name, body=inner):
                yield name
                yield from (f"{name}.{one}" for one in _defined(inner))
            case ast.Assign(targets=targets):
                yield from (t.id for target in targets for t in ast.walk(target) if isinstance(t, ast.Name))
            case ast.AnnAssign(target=ast.Name(id=name)):
                yield name


@pytest.mark.parametrize("start", SIGNPOSTS)
def test_the_signposts_stand_there(start: str) -> None:
    entry, least = SIGNPOSTS[start]
    text = "".join(body for heading, body in sections().items() if heading.startswith(start))
    assert len(re.findall(entry, text, flags=re.MULTILINE)) >= least


def test_many_definitions_are_named() -> None:
    assert len([name for name in named() if ":" in name]) > 60
