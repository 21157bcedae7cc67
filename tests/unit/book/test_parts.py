"""The parts of a Book are made when they are asked for, each of what it asks for."""

from __future__ import annotations

import inspect
import subprocess
import sys
from pathlib import Path

import pytest

from kpi_tui.book import Book
from tests.conftest import PROJECT

PARTS = [name for name in Book.__annotations__ if hasattr(Book, name)]


@pytest.mark.parametrize("name", PARTS)
def test_a_part_is_what_the_book_says_it_is_and_given_what_it_asks_for(demo: Book, name: str) -> None:
    """mypy does not see through a name: the classes are compared with the annotations here."""
    described, made = Book.__dict__[name], getattr(demo, name)
    assert type(made).__name__ == Book.__annotations__[name]
    assert getattr(demo, name) is made
    wanted = list(inspect.signature(type(made)).parameters.values())
    assert len(described.given) <= len(wanted)
    for parameter, path in zip(wanted, described.given, strict=False):
        value: object = demo
        for step in path.split("."):
            value = getattr(value, step)
        said = str(parameter.annotation)
        if isinstance(value, tuple):
            assert said.lower().startswith(("tuple", "sequence")), (name, path)
        elif not callable(value) and not hasattr(value, "keys"):
            assert type(value).__name__ in said, (name, path)
    assert all(one.default is not one.empty for one in wanted[len(described.given) :])


def test_a_scorecard_needs_no_page_no_chains_and_no_design(tmp_path: Path) -> None:
    """Imports take half of a start: each answer brings its own only."""
    code = """if True:
        import sys
        from pathlib import Path
        from kpi_tui.book import Book
        Book.open(Path(sys.argv[1]), draft=False, environ={"HOME": sys.argv[2]}).scores
        print(*sorted(name for name in sys.modules if name.startswith("kpi_tui.book.")))"""
    command = [sys.executable, "-c", code, str(PROJECT / "config"), str(tmp_path)]
    loaded = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True).stdout.split()
    assert "kpi_tui.book.scores" in loaded
    assert not {"pages", "chain.chains", "design.steps", "goods", "packs"} & {one.split(".", 2)[2] for one in loaded}
