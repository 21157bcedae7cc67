"""Parts of a pack beside the scores: what moved the weak line, pace of a running period, scores over time."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from tests.unit.cli.conftest import Run
from tests.workspaces import Shop, orders

ROLE = """
[roles.ops]
name = { en = "Ops", zh = "运营" }
[[roles.ops.lines]]
metric = "paid_amount"
weight = 100
"""
PAID = [  # July: A 5 (the data begin); August: A 100; September: A 160, B 40; October to the 15th: A 60, B 60
    ("2026-07-30", "A", 5),
    ("2026-08-03", "A", 100),
    ("2026-09-03", "A", 160),
    ("2026-09-20", "B", 40),
    ("2026-10-03", "A", 60),
    ("2026-10-09", "B", 60),
]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shop = Shop(tmp_path / "sales")
    rows = [
        {**row, "channel_id": channel}
        for n, (day, channel, paid) in enumerate(PAID)
        for row in orders((f"o{n}", f"u{n}", f"{day} 10:00:00", paid))
    ]
    shop.has("orders", rows, complete_until="2026-10-15").says(as_of="2026-10-15")
    shop.says_of("orders", columns={name: name for name in rows[0]})
    shop.defines("roles/ops.toml", ROLE).book()
    for month, target in (("2026-08", 200), ("2026-09", 400), ("2026-10", 400)):
        shop.defines(f"targets/{month}.toml", f"[targets.ops]\npaid_amount = {{ value = {target} }}\n")
    return shop.root


def part(text: str, title: str) -> str:
    return text.split(f"\n## {title}\n")[1].split("\n## ")[0]


def test_a_pack_says_which_segments_moved_the_weak_line(run: Run, root: Path, tmp_path: Path) -> None:
    """In September A gained 60 and B 40 on August's 100 and 0."""
    file = tmp_path / "pack.md"
    assert run("-w", root, "--lang", "en", "pack", "--period", "2026-09", "-o", file).code == 0
    text = part(file.read_text(encoding="utf-8"), "What moved the weak lines")
    assert "### Ops: Paid amount › Channel" in text
    assert "| ▲ | A | 100" in text and "+60" in text and "+40" in text and "+100" in text


def test_scores_stand_over_twelve_periods_with_the_weak_line(run: Run, root: Path, tmp_path: Path) -> None:
    """100 of 200 and 200 of 400 are half: 50 points each."""
    file = tmp_path / "pack.md"
    assert run("-w", root, "--lang", "en", "pack", "--period", "2026-09", "-o", file).code == 0
    text = part(file.read_text(encoding="utf-8"), "Scores over time")
    rows = [line for line in text.splitlines() if line.startswith("| 20")]
    assert len(rows) == 12 and rows[-2:] == ["| 2026-08 | 50.00 |", "| 2026-09 | 50.00 |"]
    assert "### Ops: Paid amount" in text and "| 200.00 | 400.00 |" in text


def test_a_running_period_has_its_pace_and_one_that_is_over_none(run: Run, root: Path, tmp_path: Path) -> None:
    """By the 15th of October 120 of 400; what is over has its final value and no pace."""
    texts = {}
    for month in ("2026-09", "2026-10"):
        file = tmp_path / f"{month}.md"
        assert run("-w", root, "--lang", "en", "pack", "--period", month, "-o", file).code == 0
        texts[month] = file.read_text(encoding="utf-8")
    title = "Pace of the running period"
    assert title not in texts["2026-09"]
    assert "### Ops  2026-10  day 15 of 31" in part(texts["2026-10"], title)


def test_html_xlsx_and_json_have_them_too(run: Run, root: Path, tmp_path: Path) -> None:
    for ending in ("html", "xlsx", "json"):
        assert run("-w", root, "--lang", "en", "pack", "--period", "2026-10", "-o", tmp_path / f"p.{ending}").code == 0
    html = (tmp_path / "p.html").read_text(encoding="utf-8")
    titles = ("Pace of the running period", "What moved the weak lines", "Scores over time")
    assert [title for title in titles if f"<h2>{title}" not in html] == []
    tabs = openpyxl.load_workbook(io.BytesIO((tmp_path / "p.xlsx").read_bytes())).sheetnames
    assert {"What moved Paid amount", "Score"} < {*tabs}
    found = run("-w", root, "pack", "--period", "2026-10", "--format", "json").json["parts"]
    scores = next(one for one in found if isinstance(one, list) and one and "score" in one[0] and "role" in one[0])
    assert [one["score"] for one in scores][-3:] == [50, 50, pytest.approx(30)]
