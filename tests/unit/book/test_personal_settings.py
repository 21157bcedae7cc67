"""A person's settings: what holds where, and that a change leaves everything else of the file as it was."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from kpi_tui.book.person.personal_settings import PersonalSettings
from kpi_tui.definitions.issue import UsageError, WorkspaceError

WRITTEN = """\
# mine
theme = "light"   # for the eyes

[keys]
reload = "f9"
"""


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return {"XDG_CONFIG_HOME": str(tmp_path / "config"), "HOME": str(tmp_path), "KPI_TUI_USER": "lin"}


def config(environ: dict[str, str]) -> Path:
    return Path(environ["XDG_CONFIG_HOME"]) / "kpi-tui" / "config.toml"


def write(environ: dict[str, str], content: str) -> Path:
    file = config(environ)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, encoding="utf-8")
    return file


def test_without_a_file_the_defaults_hold(environ: dict[str, str]) -> None:
    settings = PersonalSettings(environ)
    assert [settings.value(key) for key in ("language", "grain", "watch", "reload_data")] == [None, "month", 2.0, False]
    assert not config(environ).exists()


def test_a_change_leaves_comments_order_and_tables(environ: dict[str, str]) -> None:
    file = write(environ, WRITTEN)
    PersonalSettings(environ).set("reload_data", "yes")
    assert file.read_text() == WRITTEN.replace("# for the eyes\n", "# for the eyes\nreload_data = true\n")
    PersonalSettings(environ).set("reload_data", None)
    assert file.read_text() == WRITTEN


@pytest.mark.parametrize("end", ["", "\n"])
def test_what_is_kept_belongs_to_one_person_in_one_workspace(environ: dict[str, str], tmp_path: Path, end: str) -> None:
    write(environ, WRITTEN.rstrip("\n") + end)
    shop, other = tmp_path / "shop", tmp_path / "other"
    PersonalSettings(environ, shop).keep({"role": "ops", "grain": "week"})
    PersonalSettings(environ, other).keep({"role": "sales"})
    assert PersonalSettings(environ, shop).value("role") == "ops"
    assert PersonalSettings(environ, shop).value("grain") == "week"
    assert PersonalSettings(environ, other).value("grain") == "month"
    assert PersonalSettings(environ | {"KPI_TUI_USER": "bob"}, shop).value("role") is None
    assert PersonalSettings(environ, shop).value("theme") == "light"
    kept = tomllib.loads(config(environ).read_text())["kept"]
    assert [one["role"] for one in kept] == ["ops", "sales"]


def test_what_holds_here_goes_before_what_holds_everywhere(environ: dict[str, str], tmp_path: Path) -> None:
    PersonalSettings(environ, tmp_path).set("language", "en")
    PersonalSettings(environ, tmp_path).set("language", "zh", here=True)
    assert PersonalSettings(environ, tmp_path).now("language").origin == "here"
    assert PersonalSettings(environ, tmp_path).value("language") == "zh"
    assert PersonalSettings(environ).value("language") == "en"


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("langauge", "zh", "did you mean 'language'"),
        ("language", "fr", "one of en, zh"),
        ("mouse", "maybe", "true or false"),
        ("watch", "-1", "number of seconds"),
        ("watch", "nan", "number of seconds"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_written(
    environ: dict[str, str], key: str, value: str, said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        PersonalSettings(environ).set(key, value)
    assert not config(environ).exists()


def test_here_means_a_workspace(environ: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no workspace"):
        PersonalSettings(environ).set("role", "ops")
    with pytest.raises(UsageError, match="every workspace"):
        PersonalSettings(environ, tmp_path).set("mouse", "no", here=True)


def test_unknown_keys_are_named_with_the_nearest_and_stay(environ: dict[str, str]) -> None:
    file = write(environ, 'thme = "dark"\n')
    settings = PersonalSettings(environ)
    assert "thme" in settings.problems[0] and "theme" in settings.problems[0]
    settings.set("mouse", "no")
    assert tomllib.loads(file.read_text()) == {"thme": "dark", "mouse": False}


def test_a_file_that_is_no_toml_is_not_replaced(environ: dict[str, str]) -> None:
    file = write(environ, "theme = [")
    with pytest.raises(WorkspaceError, match=r"config\.toml"):
        PersonalSettings(environ).set("mouse", "no")
    assert file.read_text() == "theme = ["


def test_every_setting_has_words_where_nobody_said_it() -> None:
    from kpi_tui.definitions.personal_setting import KNOWN, SettingNow
    from kpi_tui.views.personal_settings import shown

    assert all(shown(SettingNow(setting, setting.default, "")) not in (None, "") for setting in KNOWN.values())
