"""Paths in sentences: resolved, and short where the person is."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpi_tui.text.paths import shown_path


@pytest.fixture(autouse=True)
def _at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("home/shop/data", "home/other", "elsewhere"):
        (tmp_path / name).mkdir(parents=True)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path / "home" / "shop")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("data", "data"),
        ("../shop/data/x.csv", "data/x.csv"),
        ("../other", "~/other"),
        (".", "~/shop"),
        ("~/other/../shop/a.html", "a.html"),
    ],
)
def test_a_path_is_told_from_where_the_person_is_or_from_home_and_without_detours(path: str, said: str) -> None:
    assert shown_path(path) == said


def test_what_lies_elsewhere_is_told_in_full(tmp_path: Path) -> None:
    assert shown_path(tmp_path / "home" / ".." / "elsewhere") == str(tmp_path / "elsewhere")
    assert shown_path(tmp_path / "home") == str(tmp_path / "home")
