"""Defaults for the terminal at hand, overridden by the config file, whose mistakes are sentences."""

from __future__ import annotations

import pytest

from kpi_tui.tui.terminal.config_file import ANSI_DARK, DARK, LIGHT, load_options


@pytest.fixture
def environ(tmp_path):
    return {"XDG_CONFIG_HOME": str(tmp_path), "HOME": str(tmp_path)}


@pytest.fixture
def config(tmp_path):
    def write(content: str | bytes) -> None:
        folder = tmp_path / "kpi-tui"
        folder.mkdir(exist_ok=True)
        (folder / "config.toml").write_bytes(content if isinstance(content, bytes) else content.encode())

    return write


def test_without_a_file_a_local_terminal_gets_mouse_animation_and_dark(environ):
    options = load_options(environ)
    assert (options.mouse, options.animation, options.theme, options.ansi) == (True, True, DARK, False)


def test_over_ssh_mouse_and_animation_are_off_and_colours_are_the_terminals(environ):
    options = load_options(environ | {"SSH_CONNECTION": "10.0.0.1 1 10.0.0.2 22"})
    assert (options.mouse, options.animation, options.theme) == (False, False, ANSI_DARK)


def test_the_file_overrides_what_ssh_turns_off(environ, config):
    config('mouse = true\nanimation = true\ntheme = "light"\n')
    options = load_options(environ | {"SSH_CONNECTION": "x"})
    assert (options.mouse, options.animation, options.theme) == (True, True, LIGHT)


def test_no_color_leaves_colours_to_the_terminal(environ):
    assert load_options(environ | {"NO_COLOR": "1"}).ansi


def test_keys_are_remapped_by_id(environ, config):
    config('[keys]\n"period.next" = "n"\n')
    assert load_options(environ).keymap == {"period.next": "n"}


def test_an_unknown_command_is_named_with_the_nearest_one(environ, config):
    config('[keys]\n"period.nex" = "n"\n')
    (problem,) = load_options(environ).problems
    assert "period.nex" in problem and "period.next" in problem and "config.toml" in problem


@pytest.mark.parametrize(
    "content", ["mouse = [", b"\xd6\xd0 = 1", "theme = 3", 'mouse = "yes"', "keys = 4", "[keys]\nrole = 1"]
)
def test_a_wrong_file_is_a_sentence_and_never_a_crash(environ, config, content):
    config(content)
    options = load_options(environ)
    assert options.problems and all("config.toml" in problem for problem in options.problems)


def test_a_huge_file_is_not_read(environ, config):
    config("# " + "x" * 70_000)
    assert "64 KB" in load_options(environ).problems[0]
