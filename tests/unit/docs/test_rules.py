"""docs/rules.md: a line per rule, every cited rule stands there, and nothing outside the repository is cited."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import PROJECT

LAST = 172
FOLDERS = ("kpi_tui", "tests", "config", "docs", "scripts", "benchmarks", "examples")
TEXTS = {".py", ".toml", ".md", ".tcss", ""}
RULE = re.compile(r"(?<![A-Za-z0-9])R(\d{3})(?![0-9A-Za-z])")
OUTSIDE = re.compile(
    r"\b(?:interface|hazards|spec|house|style|speed|engines)\.md\b"
    r"|\b[Ss]pec (?:chapter )?R?\d|\b[Tt]he spec\b(?!_)"
    r"|\b[Cc]hapter \d|\b[Dd]ocuments? 00\d|\bissue \d|\bgap \d|(?<!/)\bdesign/"
    r"|\.\./shared/|\b[Hh]azards\b"
)
OWN_NAMES = (  # the one test that reads the requirements themselves, where they lie beside the project; and this one
    "tests/unit/library/test_catalogue_agrees_with_spec.py",
    "tests/unit/docs/test_rules.py",
)


def texts() -> Iterator[tuple[str, str]]:
    """(path, content) of every text file of the project; generated pages, catalogues and pictures are left out."""
    for folder in FOLDERS:
        for file in sorted((PROJECT / folder).rglob("*")):
            path = file.relative_to(PROJECT).as_posix()
            if file.suffix in TEXTS and file.is_file() and not path.startswith(("docs/metrics/", "docs/screens/")):
                yield path, _text(file)


def _text(file: Path) -> str:
    content = file.read_bytes()
    return "" if b"\0" in content else content.decode("utf-8", "ignore")


def written() -> list[str]:
    """Rules that have a line in docs/rules.md, in their order."""
    lines = (PROJECT / "docs" / "rules.md").read_text(encoding="utf-8").splitlines()
    return [line[4:8] for line in lines if line.startswith("- **R")]


def test_every_rule_has_one_line_in_order() -> None:
    assert written() == [f"R{number:03d}" for number in range(1, LAST + 1)]


def test_a_line_says_something_short() -> None:
    lines = (PROJECT / "docs" / "rules.md").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.startswith("- **R") and not 25 < len(line) <= 240] == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_cited_rule_stands_there(folder: str) -> None:
    known = set(written())
    cited = {(path, f"R{number}") for path, text in texts() if path.startswith(folder) for number in RULE.findall(text)}
    assert sorted((path, rule) for path, rule in cited if rule not in known) == []


def test_nothing_outside_the_repository_is_cited() -> None:
    found = [
        f"{path}:{number}: {line.strip()}"
        for path, text in texts()
        if path not in OWN_NAMES
        for number, line in enumerate(text.splitlines(), 1)
        if OUTSIDE.search(_comment(path, line))
    ]
    assert found == [], "cite a rule of docs/rules.md or a page of docs/, or say the thing itself"


def _comment(path: str, line: str) -> str:
    """What a line says to who maintains it: values of config/ are the library's own data."""
    return line if not path.startswith("config/") else line.partition("#")[2]
