"""The shipped library as it was parsed when the program was built says what tomllib says, of the same text only."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from kpi_tui.workspace.find import shipped_config
from kpi_tui.workspace.toml import shipped
from kpi_tui.workspace.toml.key_lines import index_lines
from kpi_tui.workspace.toml.source import TomlFile, read_toml


def built(into: Path, *texts: str) -> None:
    shipped.write(((text, (tomllib.loads(text), index_lines(text))) for text in texts), into)


def test_every_file_of_the_library_is_what_it_was_parsed_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(shipped_config().rglob("*.toml"))]
    built(tmp_path / "shipped.json", *texts)
    monkeypatch.setattr(shipped, "FILE", tmp_path / "shipped.json")
    known = {text: shipped.as_built(text) for text in texts}
    dated = {text for text, found in known.items() if found is None}
    assert len(texts) > 100
    assert all("2026-" in text for text in dated)  # a date, which JSON cannot say
    for text in set(texts) - dated:
        data = tomllib.loads(text)
        assert known[text] == (data, index_lines(text))
        assert repr(known[text]) == repr((data, index_lines(text)))  # 1 is not 1.0, and keys keep their order


def test_a_text_that_was_changed_is_parsed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built(tmp_path / "shipped.json", "[settings]\na = 1\n")
    monkeypatch.setattr(shipped, "FILE", tmp_path / "shipped.json")
    file = tmp_path / "settings.toml"
    file.write_text("[settings]\na = 2\n", encoding="utf-8")
    read = read_toml(file, "settings.toml")
    assert isinstance(read, TomlFile)
    assert read.data == {"settings": {"a": 2}}


@pytest.mark.parametrize("content", [None, "", "{", "[]"])
def test_without_a_file_that_can_be_read_every_text_is_parsed(
    content: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shipped, "FILE", tmp_path / "shipped.json")
    if content is not None:
        shipped.FILE.write_text(content, encoding="utf-8")
    assert shipped.as_built("a = 1") is None
