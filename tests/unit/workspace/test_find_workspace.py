"""Which workspace is opened: -w, the variable, the nearest folder upwards, the demo."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpi_tui.workspace.find import find_workspace, shipped_config


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for folder in ("named", "by_variable", "project/config", "project/deep/down"):
        (tmp_path / folder).mkdir(parents=True)
    for folder in ("named", "by_variable", "project/config"):
        (tmp_path / folder / "workspace.toml").write_text('name = "x"')
    return tmp_path


def test_the_option_comes_before_the_variable_and_the_folder(tree):
    found = find_workspace(tree / "named", {"KPI_TUI_WORKSPACE": str(tree / "by_variable")}, tree / "project")
    assert found.root == tree / "named" and "-w" in found.why


def test_a_relative_option_starts_at_the_current_folder(tree):
    assert find_workspace(Path("named"), {}, tree).root == tree / "named"


def test_the_variable_comes_before_the_folder(tree):
    found = find_workspace(None, {"KPI_TUI_WORKSPACE": str(tree / "by_variable")}, tree / "project")
    assert found.root == tree / "by_variable" and "KPI_TUI_WORKSPACE" in found.why


def test_the_nearest_folder_upwards_is_found_its_config_folder_too(tree):
    found = find_workspace(None, {"KPI_TUI_WORKSPACE": ""}, tree / "project" / "deep" / "down")
    assert found.root == tree / "project" / "config"
    (tree / "project" / "deep" / "workspace.toml").write_text('name = "y"')
    assert find_workspace(None, {}, tree / "project" / "deep" / "down").root == tree / "project" / "deep"


def test_without_any_workspace_it_is_the_demo(tree):
    found = find_workspace(None, {}, tree / "nowhere")
    assert found.root is None and "demo" in found.why


def test_the_file_itself_or_the_folder_above_config_may_be_named(tree):
    assert find_workspace(tree / "named" / "workspace.toml", {}, tree).root == tree / "named"
    assert find_workspace(tree / "project", {}, tree).root == tree / "project" / "config"


def test_a_wrong_option_is_kept_so_that_the_error_names_it(tree):
    assert find_workspace(tree / "typo", {}, tree / "project").root == tree / "typo"


def test_the_shipped_library_is_there():
    assert (shipped_config() / "schema.toml").is_file()
