"""Folders of a person, by the XDG base directory specification."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from kpi_tui.definitions.user_folders import cache_folder, config_folder, data_folder, state_folder


@pytest.mark.parametrize(
    ("folder", "variable", "usual"),
    [
        (config_folder, "XDG_CONFIG_HOME", ".config"),
        (state_folder, "XDG_STATE_HOME", ".local/state"),
        (cache_folder, "XDG_CACHE_HOME", ".cache"),
        (data_folder, "XDG_DATA_HOME", ".local/share"),
    ],
)
def test_a_folder_is_the_variables_else_below_home(
    folder: Callable[[Mapping[str, str]], Path], variable: str, usual: str
) -> None:
    """The specification: an unset, empty or relative variable means the folder it names below home."""
    home = {"HOME": "/home/ann"}
    assert folder(home | {variable: "/srv/x"}) == Path("/srv/x/kpi-tui")
    for said in ("", "x", "./x"):
        assert folder(home | {variable: said}) == Path("/home/ann", usual, "kpi-tui")
    assert folder(home) == Path("/home/ann", usual, "kpi-tui")
    assert folder({}) == Path.home() / usual / "kpi-tui"
