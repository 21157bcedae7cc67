"""docs/metrics/: a page per category, generated; CI fails here when it is stale."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kpi_tui.definitions.workspace import Workspace
from kpi_tui.workspace.find import shipped_config
from kpi_tui.workspace.load import load

ROOT = Path(__file__).resolve().parents[3]
PAGES = ROOT / "docs" / "metrics"


def run(*arguments: str, seed: str = "0") -> subprocess.CompletedProcess[str]:
    """The script as a person or CI runs it."""
    command = [sys.executable, str(ROOT / "scripts" / "metric_pages"), *arguments]
    environ = {**os.environ, "PYTHONHASHSEED": seed, "LANG": "C.UTF-8"}
    return subprocess.run(command, capture_output=True, text=True, env=environ, check=False, timeout=60)


@pytest.fixture(scope="module")
def library() -> Workspace:
    found = load(shipped_config()).workspace
    assert found is not None
    return found


def test_the_pages_are_current() -> None:
    done = run("--check")
    assert done.returncode == 0, done.stderr


def test_a_changed_a_missing_and_a_left_over_page_are_stale_and_writing_mends_them(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    shutil.copytree(PAGES, folder)
    (folder / "churn.md").write_text("old", encoding="utf-8")
    (folder / "revenue.md").unlink()
    (folder / "gone.md").write_text("a category of last year", encoding="utf-8")
    done = run("--check", "--folder", str(folder), seed="7")
    assert done.returncode == 1
    assert set(re.findall(r"stale: (\w+)\.md", done.stderr)) == {"churn", "revenue", "gone"}
    assert run("--folder", str(folder), seed="8").returncode == 0
    for page in (*PAGES.glob("*.md"), *folder.glob("*.md")):
        assert (folder / page.name).read_bytes() == (PAGES / page.name).read_bytes()


def test_every_metric_has_its_place_with_both_names_and_every_link_leads_somewhere(library: Workspace) -> None:
    pages = {page.name: page.read_text(encoding="utf-8") for page in PAGES.glob("*.md")}
    anchors = {name: set(re.findall(r'<a id="(\w+)"></a>', text)) for name, text in pages.items()}
    for metric in library.metrics.values():
        assert metric.id in anchors[f"{metric.category}.md"], metric.id
        assert f"](#{metric.id})" not in pages["README.md"]
        assert f"]({metric.category}.md#{metric.id})" in pages["README.md"]
    assert set(library.facts) <= anchors["facts.md"]
    for name, text in pages.items():
        for file, anchor in re.findall(r"\]\(([\w.]*)#(\w+)\)", text):
            assert anchor in anchors[file or name], (name, file, anchor)


def test_a_page_says_what_a_person_needs_to_recompute_the_number() -> None:
    section = (PAGES / "revenue.md").read_text(encoding="utf-8").split('<a id="aov"></a>')[1].split("<a id=")[0]
    for wanted in ("客单价", "paid_order_count", "Tables", "`orders`", "Grains", "Edge case", "0 时无数值", "sum("):
        assert wanted in section, wanted
