"""Workspaces for the screens over the real Book: the worked month of the balanced chain, and shops without tables."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot

from kpi_tui.book import Book
from tests.tui.driving import opened, press
from tests.tui.one_place import copied

EXAMPLE = Path(__file__).parents[2] / "examples" / "balanced_chain"
NOW = datetime(2026, 5, 31, 12, tzinfo=UTC)


def example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The worked month (R043–R070), as nobody has touched it."""
    return copied(EXAMPLE, tmp_path, monkeypatch)


def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chains: str = "", head: str = "") -> Path:
    """A workspace without tables; `chains` is its own chains/own.toml."""
    at_home(tmp_path, monkeypatch)
    root = tmp_path / "bare"
    (root / "chains").mkdir(parents=True)
    (root / "workspace.toml").write_text(f'name = "Bare"\nas_of = 2026-05-31\n{head}\n', encoding="utf-8")
    (root / "chains" / "own.toml").write_text(chains, encoding="utf-8")
    return root


def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Drafts and caches of a test stay with the test."""
    for name in ("STATE", "CACHE", "DATA"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))


def book(root: Path) -> Book:
    """Opened by ann, at a fixed time."""
    return Book.open(root, who="ann", clock=lambda: NOW)


@asynccontextmanager
async def screen(
    root: Path, *keys: str, size: tuple[int, int] = (80, 24), language: str = "en"
) -> AsyncIterator[Pilot[int]]:
    """The app on that workspace after those keys; at the end nothing has crashed."""
    async with opened(book(root), size, spoken=language) as pilot:  # type: ignore[arg-type]
        await press(pilot, *keys)
        yield pilot
        assert pilot.app.error is None
