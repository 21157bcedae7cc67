"""A text of 100,000 characters, wherever it is written: the sentence about it can be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpi_tui.definitions.message import Message, from_plain, listed, say, to_plain
from tests.unit.cli.conftest import Run

LONG = "x" * 100_000
READABLE = 3_000
"""Characters of all that is said."""


@pytest.mark.parametrize(
    "arguments",
    [
        ("values", LONG, "--period", "2026-10"),
        ("values", "aov", "--period", LONG),
        ("values", "aov", "--period", "2026-10", "--where", LONG),
        ("values", "aov", "--period", "2026-10", "--where", f"city = {LONG}"),
        ("values", "aov", "--period", "2026-10", "--by", LONG),
        ("score", LONG),
        ("report", LONG),
        ("funnel", LONG),
        ("page", LONG),
        ("tables", LONG),
        ("festival", LONG),
        ("design", LONG),
        ("target", "set", LONG, "aov", "5", "--period", "2026-10"),
        ("target", "set", "ops", LONG, "5", "--period", "2026-10"),
        ("define", "set", LONG, "x"),
        ("config", "set", LONG, "x"),
        (LONG,),
        (f"--{LONG}",),
        ("check", "-o", f"{LONG}/{LONG}"),
    ],
    ids=lambda arguments: " ".join(part[:8] for part in arguments[:3]),
)
def test_a_long_text_is_shortened_in_what_is_said_of_it(shop: Path, run: Run, arguments: tuple[str, ...]) -> None:
    ran = run("-w", shop, *arguments)
    assert ran.code != 0
    assert 0 < len(ran.err) < READABLE
    assert len(ran.out) < READABLE


def test_a_sentence_keeps_the_beginning_and_the_end_of_a_long_text() -> None:
    long = "b" * 999 + "é"
    assert say("{name}: no", name=long) == f"{long}: no"
    said = say("{name}: no", name="begin" + LONG + "end")
    assert said == f"begin{'x' * 395} … {'x' * 97}end: no"
    assert from_plain(to_plain(said)) == said
    assert isinstance(said, Message)


def test_a_long_list_of_names_is_no_long_text() -> None:
    """Its parts are messages, joined: what is one sentence stays whole."""
    names = [f"name_{n}" for n in range(200)]
    assert say("one of {names}", names=listed(names)) == "one of " + ", ".join(names)
