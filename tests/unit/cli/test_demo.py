"""`demo`: a copy of one's own that is never overwritten, and answers at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.cli.conftest import Run


def test_the_demo_is_copied_once_and_later_edits_stay(run: Run, tmp_path: Path) -> None:
    first = run("demo", tmp_path / "mine", "--no-open")
    root = Path(first.json["workspace"])
    assert first.code == 0
    note = root / "workspace.toml"
    note.write_text(note.read_text(encoding="utf-8") + "# mine\n", encoding="utf-8")
    assert Path(run("demo", tmp_path / "mine", "--no-open").json["workspace"]) == root
    assert note.read_text(encoding="utf-8").endswith("# mine\n")


def test_a_folder_with_other_things_in_it_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear", encoding="utf-8")
    ran = run("demo", tmp_path, "--no-open")
    assert (ran.code, ran.out) == (3, "")
    assert [path.name for path in tmp_path.glob("*.txt")] == ["letter.txt"]


def test_without_a_terminal_the_demo_is_copied_but_not_opened(run: Run, tmp_path: Path) -> None:
    ran = run("demo", tmp_path / "mine")
    assert (ran.code, ran.out) == (2, "")
    assert str(tmp_path / "mine") in ran.err


def test_without_any_workspace_commands_answer_on_the_demo(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert len(run("role", "list").json) == 5
