"""A new workspace is two files that load without a problem."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from kpi_tui.definitions.answers.proposal import Proposal, TableProposal
from kpi_tui.definitions.issue import Severity, UsageError
from kpi_tui.workspace.load import load
from kpi_tui.workspace.start.scaffold import create


def proposal(folder: Path) -> Proposal:
    (folder / "data").mkdir()
    file = folder / "data" / "订单 \x1b[31m.csv"
    file.write_text("no,at\n1,2026-10-01\n")
    table = TableProposal(
        "orders",
        file,
        {"order_id": '"no"', "created_at": "strptime(at, '%d/%m')", "scene": "\"a'b\" || '\\'"},
        unmapped=("x\ny",),
        missing=("user_id",),
        confidence=0.5,
        notes=("first\nsecond",),
        where="\"no\" <> '合计'",
        group_by=("no",),
    )
    return Proposal((table,), skipped=((folder / "z.csv", "no\ntable"),), timezone="Europe/London")


def test_what_is_written_is_toml_that_says_what_was_proposed(tmp_path: Path) -> None:
    made = proposal(tmp_path)
    written = create(tmp_path / "ws", 'My "shop" 店\n', made, currency="GBP", language="zh")
    assert [path.name for path in written] == ["workspace.toml", "tables.toml"]
    workspace, tables = (tomllib.loads(path.read_text(encoding="utf-8")) for path in written)
    assert workspace["name"] == 'My "shop" 店\n'
    assert (workspace["timezone"], workspace["currency"], workspace["language"]) == ("Europe/London", "GBP", "zh")
    orders, source = tables["tables"]["orders"], made.tables[0]
    assert (tmp_path / "ws" / workspace["data"] / orders["path"]).resolve() == source.path.resolve()
    assert orders["columns"] == source.columns
    assert (orders["where"], orders["group_by"]) == (source.where, ["no"])


def test_a_workspace_without_files_loads_without_errors(tmp_path: Path) -> None:
    create(tmp_path / "ws", "Empty")
    found = load(tmp_path / "ws")
    assert [issue for issue in found.issues if issue.severity is Severity.ERROR] == []
    assert found.workspace.metrics


def test_existing_files_are_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "tables.toml").write_text("# mine")
    with pytest.raises(UsageError, match=r"tables\.toml already there"):
        create(tmp_path, "Mine")
    assert (tmp_path / "tables.toml").read_text() == "# mine"
    assert not (tmp_path / "workspace.toml").exists()


def test_scaffolding_needs_no_polars() -> None:
    code = "import sys, kpi_tui.workspace.start.scaffold; sys.exit('polars' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
