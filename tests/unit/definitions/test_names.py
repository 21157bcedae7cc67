"""Names in a sentence about one that nobody knows."""

from __future__ import annotations

from kpi_tui.definitions.names import listed


def test_a_few_names_are_all_said_and_of_many_the_nearest() -> None:
    assert listed("x", ["ann", "bob"]) == "ann, bob"
    assert listed("x", []) == "none"
    people = [f"person{n}" for n in range(300)]
    assert listed("persn299", people, most=1) == "person299 and 299 more"
