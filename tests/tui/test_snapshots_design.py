"""The four steps of the Design screen as they look, against pictures a person has looked at; hostile names among them.

After a change of the look: `pytest tests/tui/test_snapshots_design.py --snapshot-update`, then look at what changed.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from kpi_tui.definitions.role import LifeStage
from kpi_tui.definitions.text import Text
from kpi_tui.text.i18n import set_language
from kpi_tui.tui.app import KpiApp
from tests.tui.driving import CALM, press, settled
from tests.tui.shop_book import ShopBook

STEPS = {"plan": 0, "library": 1, "posts": 2, "allocation": 3}


@pytest.mark.parametrize(("size", "language"), [((80, 24), "en"), ((120, 40), "zh")], ids=["80x24-en", "120x40-zh"])
@pytest.mark.parametrize("step", STEPS)
def test_a_step_of_the_design_looks_as_it_did(
    snap_compare, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, step: str, size: tuple[int, int], language: str
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    set_language(language)
    book = ShopBook(language)
    silent = LifeStage(
        "silent", Text("stopped coming", "不再来访"), Text("a reminder", "提醒"), Text("one more use", "再用一次")
    )
    book.workspace = replace(book.workspace, stages={"silent": silent}, candidates=("new_users",))
    app = KpiApp(lambda: book, options=CALM, spoken=language)

    async def walk(pilot: Pilot[int]) -> None:
        await settled(pilot)
        await press(pilot, "7", *["right_curly_bracket"] * STEPS[step], "down")

    assert snap_compare(app, terminal_size=size, run_before=walk)
