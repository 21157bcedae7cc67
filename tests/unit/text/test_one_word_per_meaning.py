"""One Chinese word per meaning, over the whole catalogue: what is attained, whether it is met, how likely that is."""

from __future__ import annotations

import re

import pytest
from babel.messages.pofile import read_po

from tests.conftest import PROJECT

FILE = PROJECT / "kpi_tui/locale/zh_CN/LC_MESSAGES/kpi_tui.po"


def sentences() -> list[str]:
    with FILE.open("rb") as file:
        found = [message.string for message in read_po(file, locale="zh_CN") if message.id]
    return [one for said in found for one in (said if isinstance(said, tuple | list) else [said])]


@pytest.mark.parametrize(
    ("word", "instead"),
    [
        (
            "达成(?!率|$)",  # alone it is the head of a narrow column
            "达成率 for the share of a target, 达标 for a target that is met, 达标概率 for its odds",
        ),
        ("恢复后|疏通后可带来", "what mending is worth is said as the number that would be more"),
        ("绩效分", "得分, of links too; the names of metrics of the library are their own"),
        ("占比上一步|上一步占比", "占上一步, as the command says it"),
    ],
)
def test_a_meaning_has_one_word(word: str, instead: str) -> None:
    assert [one for one in sentences() if re.search(word, one)] == [], instead
