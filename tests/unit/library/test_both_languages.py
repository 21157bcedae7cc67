"""What a screen, an answer or a page can show of the shipped library stands in English and in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

import pytest

from kpi_tui.definitions.text import Text
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.i18n import _, speaking
from kpi_tui.text.terms import SUBCATEGORIES
from kpi_tui.workspace.start.presets import preset_names, read_preset

HAN = re.compile(r"[\u4e00-\u9fff]")
NAMED_BY_THEMSELVES = {"people"}  # a person's name is what it is, in any language
WRITTEN_IN_LETTERS = {"LTV/CAC", "SKU", "520", "618"}  # the same to Chinese readers


def texts(thing: object, path: str = "") -> Iterator[tuple[str, Text]]:
    """Every text inside a definition that says something, with the way to it."""
    if isinstance(thing, Text):
        if thing != Text():
            yield path, thing
    elif is_dataclass(thing):
        for field in fields(thing):
            if field.name not in NAMED_BY_THEMSELVES:
                yield from texts(getattr(thing, field.name), f"{path}.{field.name}")
    elif isinstance(thing, Mapping):
        for key, value in thing.items():
            yield from texts(value, f"{path}.{key}")
    elif isinstance(thing, tuple):
        for place, value in enumerate(thing):
            yield from texts(value, f"{path}[{place}]")


def one_sided(thing: object) -> dict[str, Text]:
    """Texts without English, without Chinese, or with the same words for both (a plain string in the TOML)."""
    return {
        path: text
        for path, text in texts(thing)
        if not text.en.strip()
        or (text.zh not in WRITTEN_IN_LETTERS and (text.en == text.zh or not HAN.search(text.zh)))
    }


def test_r037_every_text_of_the_library_stands_in_both_languages(library: Workspace) -> None:
    assert one_sided(library) == {}


def test_r035_every_text_of_the_presets_stands_in_both_languages(library: Workspace) -> None:
    presets = {name: read_preset(name, library.metrics).roles for name in preset_names()}
    assert len(list(texts(presets))) > len(presets)
    assert one_sided(presets) == {}


def test_r101_the_cautions_stand_in_both_languages(library: Workspace) -> None:
    cautions = library.pages["private"].reminders()
    assert cautions
    assert one_sided(cautions) == {}


def test_r017_every_sub_category_has_a_chinese_word(library: Workspace) -> None:
    used = {metric.subcategory for metric in library.metrics.values()} - {""}
    assert used <= set(SUBCATEGORIES)
    with speaking("zh"):
        assert [word for word in SUBCATEGORIES.values() if not HAN.search(_(word))] == []


def test_r016_nothing_that_wants_an_explanation_is_without_one(library: Workspace) -> None:
    silent = [m.id for m in library.metrics.values() if m.definition == Text()]
    silent += [m.id for m in library.measures.values() if m.about == Text()]
    silent += [fact.id for fact in library.facts.values() if Text() in (fact.name, fact.about)]
    for schema in library.schemas.values():
        silent += [schema.id] if schema.about == Text() else []
        silent += [f"{schema.id}.{column.name}" for column in schema.columns.values() if column.about == Text()]
    assert silent == []


@pytest.mark.parametrize(
    "text", [Text("plain", "plain"), Text("only English"), Text(zh="只有中文"), Text("neither", "keine")]
)
def test_a_text_of_one_language_would_be_found(text: Text) -> None:
    assert one_sided({"here": ({"deep": text},)}) == {".here[0].deep": text}
