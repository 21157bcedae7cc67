"""`drivers METRIC --by COLUMN`: contributions of segments, and questions that do not go together (R026)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.cli.conftest import Run
from tests.workspaces import Shop, orders


@pytest.fixture
def sales(tmp_path: Path) -> Path:
    """September: A 100, B 50; October: A 80, B 120: +50, A -20, B +70."""
    sold = [("o1", "2026-09-01", 100, "A"), ("o2", "2026-09-28", 50, "B"), ("o3", "2026-10-03", 80, "A")]
    sold.append(("o4", "2026-10-28", 120, "B"))
    rows = [orders((id_, "u1", f"{day}T10:00:00", amount), channel_id=channel)[0] for id_, day, amount, channel in sold]
    shop = Shop(tmp_path / "sales")
    shop.has("orders", rows, complete_until="2026-10-31").book(draft=False)
    return shop.root


def test_segments_as_json_and_csv(run: Run, sales: Path) -> None:
    asked = ("-w", sales, "drivers", "paid_amount", "--by", "channel_id", "--then", "domain", "--period", "2026-10")
    found = run(*asked).json
    assert (found["change"], found["basis"], found["shared"]) == (50, "difference", 0)
    assert [(one["name"], one["contribution"]) for one in found["segments"]] == [("B", 70), ("A", -20)]
    assert found["deeper"]["path"] == [{"column": "channel_id", "segment": "B"}]
    assert [one["contribution"] for one in found["deeper"]["segments"]] == [70]
    written = run(*asked[:6], *asked[8:], "--format", "csv").out.splitlines()
    assert written[0] == "segment,before,after,share,change,contribution"
    assert written[1].startswith("B,50.0,120.0,0.6,1.4,70.0")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--then", "domain"), "--then goes with --by COLUMN"),
        (("--by", "channel_id", "--expand"), "leave them out with --by"),
        (("--by", "colour"), "orders has no column colour"),
        (("--by", "channel_id", "--where", "paid_amount >"), "--where"),
    ],
)
def test_what_cannot_be_asked_is_a_sentence(run: Run, sales: Path, words: tuple[str, ...], said: str) -> None:
    ran = run("-w", sales, "drivers", "paid_amount", *words, "--period", "2026-10")
    assert (ran.code, said in ran.err) == (2, True), ran.err
    assert "Traceback" not in ran.err
