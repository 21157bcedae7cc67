"""A sentence of the core is its English string and remembers what it was made of."""

from __future__ import annotations

import copy
import json
import pickle
from datetime import date
from pathlib import Path

import pytest

from kpi_tui.definitions.issue import TableError
from kpi_tui.definitions.message import Message, from_plain, listed, say, several, to_plain

COVER = say("the data of {table} cover {first} … {last}", table="orders", first=date(2026, 1, 1), last="2026-10-31")
NESTED = say("{count:,} rows left out: {reason}", count=1200, reason=COVER)


def test_a_message_is_the_english_sentence_wherever_a_string_is_wanted() -> None:
    assert COVER == "the data of orders cover 2026-01-01 … 2026-10-31"
    assert {COVER: 1}["the data of orders cover 2026-01-01 … 2026-10-31"] == 1
    assert json.dumps([COVER], ensure_ascii=False) == '["the data of orders cover 2026-01-01 … 2026-10-31"]'
    assert NESTED == "1,200 rows left out: the data of orders cover 2026-01-01 … 2026-10-31"


def test_a_value_is_never_read_as_a_template() -> None:
    assert say("unknown column {name!r}", name="{table.__class__} {0}") == "unknown column '{table.__class__} {0}'"


def test_a_message_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        COVER.template = "other"  # type: ignore[misc]
    with pytest.raises(TypeError):
        COVER.values["table"] = "other"  # type: ignore[index]


@pytest.mark.parametrize("way", [lambda m: pickle.loads(pickle.dumps(m)), copy.deepcopy])
def test_copies_and_pickles_keep_template_and_values(way) -> None:
    again = way(NESTED)
    assert (again, again.template, again.values["reason"].template) == (NESTED, NESTED.template, COVER.template)


def test_json_keeps_template_and_values_inside_lists_and_tables() -> None:
    stored = json.loads(json.dumps(to_plain({"notes": (NESTED, "as it is"), "days": None, "share": 0.5})))
    again = from_plain(stored)
    assert again == {"notes": [NESTED, "as it is"], "days": None, "share": 0.5}
    assert isinstance(again["notes"][0], Message)
    assert again["notes"][0].values["reason"].values["table"] == "orders"
    assert type(again["notes"][1]) is str


def test_an_error_made_with_a_message_still_carries_it_as_its_text() -> None:
    text = str(TableError(COVER))
    assert isinstance(text, Message) and text.template == COVER.template
    outer = say("{path}: {error}", path=Path("orders.csv"), error=TableError(COVER))
    assert isinstance(outer.values["error"], Message)


def test_messages_add_up_and_stand_side_by_side() -> None:
    assert isinstance(COVER + " x", Message) and isinstance("x " + COVER, Message)
    assert several([COVER, "b", "c"]) == f"{COVER}; b; c"
    assert (listed(["a", "b"]), listed([])) == ("a, b", "")
