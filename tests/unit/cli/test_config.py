"""`kpi-tui config`: a person's settings from the command line."""

from __future__ import annotations

import json
from pathlib import Path

from tests.unit.cli.conftest import Run
from tests.workspaces import Shop


def test_a_setting_is_set_shown_and_taken_out(run: Run) -> None:
    assert json.loads(run("config", "set", "theme", "light").out) == [
        {"key": "theme", "value": "light", "origin": "file"}
    ]
    assert json.loads(run("config", "get", "theme", "--format", "json").out)[0]["value"] == "light"
    assert json.loads(run("config", "unset", "theme").out)[0] == {"key": "theme", "value": None, "origin": None}


def test_the_language_chosen_is_spoken_by_every_command(run: Run, tmp_path: Path) -> None:
    root = tmp_path / "shop"
    Shop(root).says(language="en").book().close()
    other = tmp_path / "other"
    Shop(other).says(language="en").book().close()
    assert "Setting" in run("-w", root, "config", "list", "--format", "table").out
    run("-w", root, "config", "set", "language", "zh", "--here")
    assert "先显示的岗位" in run("-w", root, "config", "list", "--format", "md").out
    assert "岗位" not in run("-w", other, "config", "list", "--format", "md").out
    assert "岗位" not in run("-w", root, "--lang", "en", "config", "list", "--format", "md").out


def test_an_unknown_setting_is_wrong_usage_and_names_the_nearest(run: Run) -> None:
    ran = run("config", "set", "them", "dark")
    assert ran.code == 2 and "'theme'" in ran.err
    assert run("config", "get", "nothing").code == 2


def test_a_broken_file_is_told_and_left_alone(run: Run, home: Path) -> None:
    import os

    file = Path(os.environ["XDG_CONFIG_HOME"]) / "kpi-tui" / "config.toml"
    file.parent.mkdir(parents=True)
    file.write_text("theme = [")
    ran = run("config", "set", "mouse", "no")
    assert ran.code == 3 and "config.toml" in ran.err
    assert file.read_text() == "theme = ["


def test_a_role_that_is_not_there_is_not_shown_first(run: Run, tmp_path: Path) -> None:
    root = tmp_path / "shop"
    role = '[roles.ops]\nname = "Ops"\nlines = [{ metric = "paid_amount", weight = 100 }]\n'
    Shop(root).defines("roles/ops.toml", role).book().close()
    refused = run("-w", root, "config", "set", "role", "nobody")
    assert (refused.code, "known: ops" in refused.err) == (2, True)
    assert run("-w", root, "config", "set", "role", "ops").json[0]["value"] == "ops"
