"""`--read-only`: everything is answered, nothing in the workspace is changed, and an edit says why."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.cli.conftest import Run

MONTH = ("--period", "2026-10")
EDITS = [
    ("target", "set", "shop", "aov", "5", *MONTH),
    ("target", "undo"),
    ("role", "set", "shop", "duty", "rest"),
    ("define", "set", "bonus.mode", "adjust"),
    ("check", "--seal"),
]


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: " ".join(edit[:2]))
def test_an_edit_is_refused_with_a_sentence_and_changes_nothing(shop: Path, run: Run, edit: tuple[str, ...]) -> None:
    before = contents(shop)
    ran = run("-w", shop, "--read-only", *edit)
    assert ran.code in (2, 3) and "--read-only" in ran.err, ran.err
    assert contents(shop) == before


def test_a_new_workspace_is_not_made(tmp_path: Path, run: Run) -> None:
    ran = run("init", tmp_path / "new", "--yes", "--read-only")
    assert ran.code == 2 and "--read-only" in ran.err
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("ask", [("check",), ("score", *MONTH), ("values", "aov", *MONTH), ("target", "history")])
def test_answers_are_as_without_it(shop: Path, run: Run, ask: tuple[str, ...]) -> None:
    plain, read = run("-w", shop, *ask), run("-w", shop, *ask, "--read-only")
    assert (plain.code, plain.out) == (read.code, read.out)
