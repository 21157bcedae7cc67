"""`init` and the wizard killed at any system call: the workspace is whole or absent, and a second start goes on."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kpi_tui.definitions.answers.setup import SetupAnswers
from kpi_tui.workspace.start.setup_draft import load_setup, save_setup
from kpi_tui.workspace.start.write_together import ASIDE, finish, write_together
from tests.examples import calls
from tests.faults.test_targets_killed import DIED, DONE, REFUSED, SAVED, strike

NEW = {
    "workspace.toml": 'name = "shop"\n',
    "tables.toml": '[tables.orders]\npath = "o.csv"\n',
    "roles/ops.toml": "[roles.ops]\n",
}
MORE = {
    "tables.toml": '[tables.orders]\npath = "o.csv"\n[tables.refunds]\npath = "r.csv"\n',
    "roles/pro.toml": "# pro\n",
}


def there(folder: Path) -> dict[str, str]:
    """What stands in the workspace, without what is on its way."""
    files = (path for path in folder.rglob("*") if path.is_file() and ASIDE not in path.parts)
    return {str(path.relative_to(folder)): path.read_text() for path in files if not path.name.startswith(".")}


def nothing(folder: Path) -> None:
    """No folder yet."""


def a_workspace(folder: Path) -> None:
    write_together(folder, NEW)


@pytest.mark.parametrize("kind", ["before", "after", "half", "fail"])
@pytest.mark.parametrize(("before", "wanted"), [(nothing, NEW), (a_workspace, MORE)], ids=["new", "more"])
def test_killed_at_any_call_all_files_stand_or_none(
    kind: str, before: Callable[[Path], None], wanted: dict[str, str], tmp_path: Path
) -> None:
    """Without workspace.toml there is no workspace; the next start completes what was decided, or forgets it."""
    start = tmp_path / "start"
    before(start)
    old = there(start) if start.exists() else {}
    new = old | wanted
    outcomes, ends = set(), set()
    for at in calls(400):
        folder = tmp_path / f"{at}"
        if start.exists():
            shutil.copytree(start, folder)
        outcome = strike(kind, at, lambda folder=folder: write_together(folder, wanted))
        outcomes.add(outcome)
        if outcome == DONE:
            break
        found = there(folder) if folder.exists() else {}
        assert "workspace.toml" in old or "workspace.toml" not in found or found == new, (at, sorted(found))
        assert set(found.items()) <= set(old.items()) | set(new.items()), (at, "a file in part")
        if folder.exists():
            finish(folder)
            found = there(folder)
            assert found in (old, new), (at, sorted(found))
        ends.add("new" if found == new else "old")
        write_together(folder, wanted)
        assert there(folder) == new, at
        assert not (folder / ASIDE).exists()
    assert outcome == DONE, "every call was struck"
    assert ends == ({"old"} if kind == "half" else {"old", "new"})  # nothing is written once it is decided
    assert outcomes <= {DIED, SAVED, REFUSED, DONE}


@pytest.mark.parametrize("kind", ["before", "after", "half"])
def test_killed_while_an_answer_is_kept_the_one_before_stands_or_this_one(kind: str, tmp_path: Path) -> None:
    one = SetupAnswers(tmp_path, (tmp_path / "a.csv",)).moved(1)
    two = one.moved(1).filled("orders a.csv", "paid_amount", "实付金额")
    for at in range(1, 100):
        draft = tmp_path / f"{at}" / "draft.json"
        save_setup(draft, one)
        outcome = strike(kind, at, lambda draft=draft: save_setup(draft, two))
        if outcome == DONE:
            break
        assert load_setup(draft) in (one, two), at
    assert outcome == DONE
    assert load_setup(draft) == two
