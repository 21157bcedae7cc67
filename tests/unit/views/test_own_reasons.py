"""What the program wrote as the reason of a change is told in the language in force; what a person wrote stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from kpi_tui.definitions.edit import Change
from kpi_tui.definitions.target import TargetKey
from kpi_tui.render.formats import render
from kpi_tui.text.i18n import speaking
from kpi_tui.views.edits.history import changes, history
from kpi_tui.views.view import View
from tests.workspaces import Shop, orders

CHANGE = Change("1", datetime(2026, 9, 28, 9), "ann", "operations", "aov", "2026-10", 1.0, 2.0)
SAID = [
    ("proposed: last", "proposed from the period before", "按上一周期建议"),
    ("proposed: last, median", "proposed from the period before, median of last periods", "按上一周期、"),
    (
        "agreed in May (proposed: year)",
        "agreed in May (proposed from same period last year)",
        "agreed in May (按去年同期",
    ),
    ("copied from 2026-09", "copied from 2026-09", "取自 2026-09"),
    ("2027 split by shape", "2027 split by last year's shape", "2027 按去年走势分摊"),
    ("2027 split by days", "2027 split by days", "2027 按天数分摊"),
    ("from plan.xlsx", "from plan.xlsx", "来自 plan.xlsx"),
    ("rolled over: site", "rolled over: Balanced chain", "推算下期：平衡指标链"),
    ("proposed: a new way", "proposed: a new way", "proposed: a new way"),
    ("from the meeting of May", "from the meeting of May", "from the meeting of May"),
    ("", "set", "设定"),
]


@pytest.mark.parametrize(("why", "english", "chinese"), SAID)
def test_a_reason_the_program_wrote_is_told_in_either_language(
    tmp_path: Path, why: str, english: str, chinese: str
) -> None:
    space = Shop(tmp_path / "ws").has("orders", orders()).says(extends="standard").book().workspace
    found = View(sheets=(history([replace(CHANGE, why=why)], TargetKey("operations", "aov"), space),))
    for language, told in (("en", english), ("zh", chinese)):
        with speaking(language):
            assert told in render(found, "table", width=120)


def test_csv_and_json_keep_the_reason_as_it_is_written(tmp_path: Path) -> None:
    space = Shop(tmp_path / "ws").has("orders", orders()).book().workspace
    view = changes([replace(CHANGE, why="proposed: last")], space)
    with speaking("zh"):
        assert "proposed: last" in render(view, "csv")
        assert "proposed: last" in render(view, "json")
        assert "proposed: last" not in render(view, "table", width=120)
