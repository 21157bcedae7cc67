"""What a screen asks the Book is a plain frozen value that could be sent to another process (docs/architecture.md)."""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import pickle
import pkgutil
from datetime import date
from pathlib import Path
from typing import Any, get_type_hints

import pytest

from kpi_tui import tui
from kpi_tui.definitions.answers.projection import Assumed
from kpi_tui.definitions.answers.rows.counted_rows import RowsWish
from kpi_tui.definitions.period import Grain, Period
from kpi_tui.tui.computing.questions import BookQuestion
from kpi_tui.tui.screens.drivers.way_in import WayIn

SAMPLES = {
    str: "paid_amount",
    bool: True,
    int: 3,
    float: 0.5,
    Period: Period.parse("2026-10"),
    Grain: Grain.WEEK,
    date: date(2026, 10, 31),
    tuple[str, ...]: ("aov", "gmv"),
    tuple[Path, ...]: (Path("other"),),
    RowsWish: RowsWish("amount", True, "kind = 'return'", 1_000),
    tuple[tuple[str, Assumed], ...]: (("viral", Assumed(1000.0, 1.5, 10.0)),),
    WayIn: WayIn("platform", (("channel_id", "wechat"),)),
}
"""A value for every type that a field of a question has: what is missing here may not be such a value; think first."""


def _questions() -> list[type]:
    """Every class of the app that can ask the Book."""
    found: set[type] = set()
    for module in pkgutil.walk_packages(tui.__path__, f"{tui.__name__}."):
        for _name, one in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            ask = getattr(one, "ask", None)
            if one is not BookQuestion and one.__module__ == module.name and _asks_the_book(ask):
                found.add(one)
    return sorted(found, key=lambda one: one.__qualname__)


def _asks_the_book(ask: Any) -> bool:
    return inspect.isfunction(ask) and "book" in inspect.signature(ask).parameters


QUESTIONS = _questions()


def test_the_questions_of_every_screen_are_found() -> None:
    screens = {one.__module__.removeprefix("kpi_tui.tui.screens.").split(".")[0] for one in QUESTIONS}
    assert {"chain", "data", "drivers", "library", "page", "scorecard", "targets"} <= screens


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda one: one.__name__)
def test_a_question_is_frozen_hashable_and_can_be_pickled(question: type) -> None:
    types = get_type_hints(question)
    asked = question(**{field.name: SAMPLES[types[field.name]] for field in dataclasses.fields(question)})
    for field in dataclasses.fields(question):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(asked, field.name, None)
    assert not hasattr(asked, "__dict__"), "slots: nothing can be hung onto a question"
    back = pickle.loads(pickle.dumps(asked))
    assert back == asked and hash(back) == hash(asked)
