"""A sentence that a person reads is written in one file: said twice, it is mended once."""

from __future__ import annotations

import ast
from collections import defaultdict
from functools import cache

from tests.package_trees import trees

SPEAKERS = {"phrase", "phrases", "say", "says", "_", "N_", "n_"}
LETTERS = 25
"""From so many letters on, two equal texts are one sentence written twice, not a word that two rooms use."""
STILL_TWICE = 6
"""Sentences that views/ or tui/ share with another file. The number may only fall."""


@cache
def sentences() -> dict[str, set[str]]:
    """Sentence -> the modules that write it."""
    found: dict[str, set[str]] = defaultdict(set)
    for module, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _speaker(node.func) in SPEAKERS:
                for text in (one.value for one in node.args if isinstance(one, ast.Constant)):
                    if isinstance(text, str) and sum(map(str.isalpha, text)) >= LETTERS:
                        found[text].add(module)
    return found


def _speaker(function: ast.expr) -> str:
    if isinstance(function, ast.Name):
        return function.id
    return function.attr if isinstance(function, ast.Attribute) else ""


def _twice() -> dict[str, set[str]]:
    return {text: files for text, files in sentences().items() if len(files) > 1}


def test_sentences_are_found() -> None:
    assert len(sentences()) > 500, "the way sentences are written has changed: mend SPEAKERS"


def test_no_sentence_stands_in_two_files() -> None:
    outside = {text: sorted(files) for text, files in _twice().items() if not any(map(_in_a_room_being_mended, files))}
    assert outside == {}


def test_fewer_and_fewer_sentences_of_views_and_screens_stand_twice() -> None:
    shared = [text for text, files in _twice().items() if any(map(_in_a_room_being_mended, files))]
    assert len(shared) == STILL_TWICE, f"say it in one place, or lower STILL_TWICE where fewer are left: {shared}"


def _in_a_room_being_mended(module: str) -> bool:
    return module.startswith(("kpi_tui.views.", "kpi_tui.tui."))
