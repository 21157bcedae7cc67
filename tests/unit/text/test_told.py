"""Sentences of the core in the language in force; every one of them has its Chinese translation."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from kpi_tui.definitions.answers.value import Reason
from kpi_tui.definitions.issue import TableError
from kpi_tui.definitions.message import listed, say
from kpi_tui.text.i18n import _, speaking, told
from kpi_tui.text.phrase import joined, translate
from kpi_tui.views.reasons import reason

ROOT = Path(__file__).parents[3]
PO = ROOT / "kpi_tui" / "locale" / "zh_CN" / "LC_MESSAGES" / "kpi_tui.po"
CORE = ("definitions", "sql", "workspace", "tables", "engine", "scoring", "analysis", "book")
FIELD = re.compile(r"\{[^{}]*\}")


@cache
def calls() -> list[tuple[str, ast.Call]]:
    """Every call of `say` in the core, with where it stands."""
    return list(_calls())


def _calls() -> Iterator[tuple[str, ast.Call]]:
    for room in CORE:
        for path in sorted((ROOT / "kpi_tui" / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say":
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", node


def test_every_sentence_is_a_literal_that_names_exactly_the_values_it_is_given() -> None:
    assert len(calls()) > 500
    for where, call in calls():
        (template,) = call.args
        assert isinstance(template, ast.Constant) and isinstance(template.value, str), where
        named = {name for _text, name, _spec, _conversion in Formatter().parse(template.value) if name is not None}
        assert named == {keyword.arg for keyword in call.keywords}, where


def test_every_sentence_has_a_chinese_translation_with_the_same_fields() -> None:
    with PO.open("rb") as file:
        translations = {message.id: message.string for message in read_po(file, locale="zh_CN")}
    for where, call in calls():
        template = ast.literal_eval(call.args[0])
        translated = translations.get(template, "")
        assert translated, f"{where}: {template}"
        assert set(FIELD.findall(translated)) == set(FIELD.findall(template)), f"{where}: {translated}"


def test_a_sentence_is_told_in_the_language_in_force_with_the_sentences_inside_it() -> None:
    lack = say("needs the table {name}", name="refunds")
    text = say("{lack}, which cannot be read: {error}", lack=lack, error=TableError(say("no file is given")))
    assert told(text) == "needs the table refunds, which cannot be read: no file is given"
    with speaking("zh"):
        assert told(text) == "需要表 refunds，而该表无法读取：未给出文件"
        assert _("○ missing: {what}", what=lack) == "○ 缺少：需要表 refunds"
        assert translate(reason(Reason.ZERO_DENOMINATOR, say("the denominator is 0"))).endswith("(分母为 0)")


def test_a_list_of_names_has_the_signs_of_its_language() -> None:
    """However long: a list of a thousand is no sentence in a thousand sentences."""
    assert listed([]) == "" and listed(["a"]) == "a"
    names = listed(str(n) for n in range(1001))
    assert names == ", ".join(map(str, range(1001)))
    with speaking("zh"):
        assert told(names) == "、".join(map(str, range(1001)))
        assert told(say("known: {names}", names=listed(["uv", "dau"]))) == "可选：uv、dau"
        assert translate(joined("甲", "乙", between=", ")) == "甲、乙"


def test_no_sentence_is_given_names_that_are_joined_by_themselves() -> None:
    """`names=", ".join(…)` has its comma in Chinese too; `listed` does not."""
    joins = re.compile(r'(?<!encoding)=", "\.join\(')  # what a profile says of encodings is no sentence
    found = [path.name for path in (ROOT / "kpi_tui").rglob("*.py") if joins.search(path.read_text(encoding="utf-8"))]
    assert found == []


def test_what_a_finding_says_begins_as_a_sentence() -> None:
    """Verdict and cause stand in lines of their own."""
    for path in sorted((ROOT / "config" / "pages").glob("*.toml")):
        for page in tomllib.loads(path.read_text(encoding="utf-8"))["pages"].values():
            rules = [rule for section in page["sections"] for rule in section.get("rules", ())]
            texts = [text for rule in rules for text in (*rule["says"].values(), *rule.get("because", {}).values())]
            assert not [text["en"] for text in texts if text["en"][0].islower()], path.name


@pytest.mark.parametrize("data", ["{name}", "{0.__class__}", "%s", "{", "needs the table {name}"])
def test_what_data_says_is_never_a_template_nor_translated(data: str) -> None:
    with speaking("zh"):
        assert told(data) == data
        assert told(say("needs the table {name}", name=data)) == f"需要表 {data}"
