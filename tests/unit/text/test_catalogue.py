"""scripts/catalogue: complete catalogues pass, a text without translation fails."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


def run(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "scripts" / "catalogue"), "--folder", str(folder), *options]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "kpi_tui"
    folder.mkdir()
    (folder / "screen.py").write_text('_("Save {count} targets", count=2)\n', encoding="utf-8")
    return folder


def translate(folder: Path, text: str) -> None:
    file = folder / "locale" / "zh_CN" / "LC_MESSAGES" / "kpi_tui.po"
    source = file.read_text(encoding="utf-8")
    head, tail = source.rsplit('msgstr ""', 1)
    file.write_text(f'{head}msgstr "{text}"{tail}', encoding="utf-8")


def test_a_text_without_translation_is_named_and_fails_the_check(package: Path) -> None:
    assert run(package).returncode == 0
    checked = run(package, "--check")
    assert checked.returncode == 1
    assert "Save {count} targets" in checked.stderr


def test_a_translated_text_passes_and_is_compiled(package: Path) -> None:
    run(package)
    translate(package, "保存 {count} 个目标")
    assert run(package, "--check").returncode == 0
    assert run(package).returncode == 0
    assert "保存".encode() in (package / "locale/zh_CN/LC_MESSAGES/kpi_tui.mo").read_bytes()


def test_a_translation_with_another_field_fails_the_check(package: Path) -> None:
    run(package)
    translate(package, "保存 {number} 个目标")
    checked = run(package, "--check")
    assert checked.returncode == 1
    assert "other fields" in checked.stderr


def test_the_check_writes_nothing(package: Path) -> None:
    run(package, "--check")
    assert not (package / "locale").exists()
    shutil.rmtree(package)
