"""Names in a sentence about one that nobody knows."""

from __future__ import annotations

from kpi_tui.definitions.names import few_of


def test_a_few_names_are_all_said_and_of_many_the_nearest() -> None:
    assert few_of("x", ["ann", "bob"]) == "ann, bob"
    assert few_of("x", []) == "none"
    people = [f"person{n}" for n in range(300)]
    assert few_of("persn299", people, most=1) == "person299 and 299 more"
