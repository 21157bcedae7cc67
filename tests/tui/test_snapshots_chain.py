"""Screens 2, 5 and 7 as they look, in both languages and two sizes, against pictures a person has looked at.

After a change of the look: `pytest tests/tui/test_snapshots_chain.py --snapshot-update`, then look at what changed.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from kpi_tui.text.i18n import set_language
from kpi_tui.tui.app import KpiApp
from tests.tui import chain_shop
from tests.tui.driving import CALM, press, settled
from tests.tui.test_private import PrivateBook

SIZES = ((80, 24), (120, 40))
SCREENS = {
    "chain": ("2",),
    "link": ("2", "enter"),
    "roll": ("2", "o"),
    "weeks": ("2", "o", "enter", "e"),
    "funnel": ("2", "c", *"acquisition", "enter"),
    "drivers": ("5",),
    "tree": ("5", "c", *"sales: vis", "enter"),
}


def walking(keys: tuple[str, ...]):
    async def walk(pilot: Pilot[int]) -> None:
        await settled(pilot)
        await press(pilot, *keys)

    return walk


@pytest.mark.sampled(4, keep=(0, 3))  # each in either language and size
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("screen", SCREENS)
def test_a_chain_screen_looks_as_it_did(snap_compare, tmp_path: Path, monkeypatch, screen, size, language):
    root = chain_shop.example(tmp_path, monkeypatch)
    set_language(language)
    app = KpiApp(lambda: chain_shop.book(root), options=CALM, spoken=language)
    assert snap_compare(app, terminal_size=size, run_before=walking(SCREENS[screen]))


@pytest.mark.sampled(4, keep=(0, 3))  # each in either language and size
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_private_domain_looks_as_it_did(snap_compare, size, language):
    set_language(language)
    app = KpiApp(PrivateBook, options=CALM, spoken=language)
    assert snap_compare(app, terminal_size=size, run_before=walking(("8",)))
