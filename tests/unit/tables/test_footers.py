"""Lines below the records of a delimited file: a footer is left out with a note, what may be a record never is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.table_kit import balanced, column, counts, read

HEAD = "order_id,user_id,created_at,paid_amount\n"
ROWS = "1,u,2026-01-01,5\n2,u,2026-01-02,6\n"


@pytest.mark.parametrize(
    "footer",
    [
        "总交易单数,总交易额\n`2,`11\n",  # WeChat Pay: a second header, then figures
        "------------\n共2笔记录\n已收入:2笔,11.00元\n导出时间:[2026-02-01]\n",  # Alipay
        "#-----列表结束-----\n#交易合计：2笔\n\n#导出时间：2026-02-01\n",
        "Total,11.00\n",
        '"合计",11\n',
    ],
)
def test_a_footer_is_no_record_and_is_told(tmp_path: Path, footer: str) -> None:
    made = read(tmp_path, HEAD + ROWS + footer)
    assert column(made, "order_id") == ["1", "2"]
    assert counts(made) == {} and balanced(made)
    assert any("below the records" in note and " 4" in note for note in made.profile.notes)


@pytest.mark.parametrize(
    ("end", "rejected"),
    [
        ("3,u,2026\n", 1),  # a line that broke off
        ("合计,,2026-01-02,11\n", 0),  # as wide as a record: `check` asks about it
        ("总计,11\n3,u,2026-01-03,7\n", 1),  # a record stands below it
        ("note\n4,u\n", 2),  # no sign of a footer
    ],
)
def test_what_may_be_a_record_is_rejected_or_kept_not_left_out(tmp_path: Path, end: str, rejected: int) -> None:
    made = read(tmp_path, HEAD + ROWS + end)
    assert sum(counts(made).values()) == rejected and balanced(made)
    assert not any("below the records" in note for note in made.profile.notes)


def test_a_quoted_cell_of_several_lines_is_no_footer(tmp_path: Path) -> None:
    made = read(tmp_path, HEAD + ROWS + '3,"u\n# signed",2026-01-03,7\n')
    assert column(made, "user_id") == ["u", "u", "u\n# signed"]
