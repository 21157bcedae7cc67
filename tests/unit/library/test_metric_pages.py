"""docs/metrics/: a page per category, generated; CI fails here when it is stale."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import SimpleNamespace

import pytest

from kpi_tui.book import Book
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.workspace.find import shipped_config
from kpi_tui.workspace.load import load

ROOT = Path(__file__).resolve().parents[3]
PAGES = ROOT / "docs" / "metrics"


SCRIPT = ROOT / "scripts" / "metric_pages"


def run(*arguments: str, seed: str = "0") -> subprocess.CompletedProcess[str]:
    """The script as a person or CI runs it."""
    command = [sys.executable, str(SCRIPT), *arguments]
    environ = {**os.environ, "PYTHONHASHSEED": seed, "LANG": "C.UTF-8"}
    return subprocess.run(command, capture_output=True, text=True, env=environ, check=False, timeout=60)


@pytest.fixture(scope="module")
def library() -> Workspace:
    found = load(shipped_config()).workspace
    assert found is not None
    return found


def made_here(folder: Path, demo: Book, monkeypatch: pytest.MonkeyPatch) -> int:
    """The script writes into the folder, run in this process on the demo that is open: its exit code."""
    loader = SourceFileLoader("metric_pages", str(SCRIPT))
    script = module_from_spec(spec_from_loader("metric_pages", loader))  # type: ignore[arg-type]
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    loader.exec_module(script)
    monkeypatch.setattr(script, "Book", SimpleNamespace(open=lambda root, **_how: demo))
    monkeypatch.setattr(sys, "argv", ["metric_pages", "--folder", str(folder)])
    return int(script.main())


def test_the_pages_are_current_and_a_changed_a_missing_and_a_left_over_one_are_stale_until_written(
    tmp_path: Path, demo: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Checked by a process and written by this one, whose sets have other orders."""
    folder = tmp_path / "pages"
    shutil.copytree(PAGES, folder)
    (folder / "churn.md").write_text("old", encoding="utf-8")
    (folder / "revenue.md").unlink()
    (folder / "gone.md").write_text("a category of last year", encoding="utf-8")
    done = run("--check", "--folder", str(folder), seed="7")
    assert done.returncode == 1
    assert set(re.findall(r"stale: (\w+)\.md", done.stderr)) == {"churn", "revenue", "gone"}, "run scripts/metric_pages"
    assert made_here(folder, demo, monkeypatch) == 0
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
