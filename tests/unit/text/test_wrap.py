"""Lines end between Chinese characters, before no closing mark, and never between a number and its unit."""

from __future__ import annotations

from itertools import pairwise

import pytest
from rich._wrap import divide_line

from kpi_tui.text.wrap import line_ends


def lines(text: str, width: int) -> list[str]:
    ends = [0, *line_ends(text, width), len(text)]
    return [text[a:b].rstrip() for a, b in pairwise(ends)]


@pytest.mark.parametrize(
    ("text", "width", "told"),
    [
        ("按完成率，C 询盘转化偏弱", 12, ["按完成率，C", "询盘转化偏弱"]),  # 5 wide and C and a blank: 12 cells
        ("达成了目标。然后", 10, ["达成了目", "标。然后"]),  # the full stop does not begin a line
        ("目标的 65.1 % 已达成", 11, ["目标的", "65.1 % 已达", "成"]),
        ("还剩5周可用", 6, ["还剩", "5周可", "用"]),
        ("上期 23.0 % ▼ 1.6 个百分点", 22, ["上期 23.0 % ▼", "1.6 个百分点"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
    ],
)
def test_chinese_breaks_between_characters_and_a_number_keeps_its_unit(text: str, width: int, told: list[str]) -> None:
    assert lines(text, width) == told


@pytest.mark.parametrize("width", [7, 10, 24])
def test_english_without_units_breaks_where_rich_breaks_it(width: int) -> None:
    text = "Back there it would bring more deals, a window that is not full yet and a number"
    assert line_ends(text, width) == divide_line(text, width)
