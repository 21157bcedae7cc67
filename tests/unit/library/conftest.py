"""The shipped library, and its facts in both engines."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpi_tui.definitions.workspace import Workspace
from kpi_tui.workspace.load import load
from tests.unit.library.bench import Bench


@pytest.fixture(scope="session")
def library() -> Workspace:
    workspace = load(Path(__file__).resolve().parents[3] / "config").workspace
    assert workspace is not None
    return workspace


@pytest.fixture(params=["polars", "duckdb"])
def bench(library: Workspace, request: pytest.FixtureRequest) -> Bench:
    return Bench(library, request.param)
