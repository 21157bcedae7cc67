"""A name that is cut keeps its id: two sizes of one article differ in nothing else."""

from __future__ import annotations

import pytest

from kpi_tui.text.fit import fit_name, width


@pytest.mark.parametrize(
    ("text", "cells", "shown"),
    [
        ("Corporate gift set · P20-1", 20, "Corporate g… · P20-1"),
        ("企业定制 Corporate gift · P20-1", 24, "企业定制 Corpor… · P20-1"),
        ("Vase · P23", 12, "Vase · P23  "),
        ("Incense · P21 → Souvenir set · P18", 30, "Incense · P21 → Souveni… · P18"),
        ("Incense sticks · P21 → Souvenir set · P18", 30, "Incense… · P21 → Souven… · P18"),
        ("as usual · below the market", 14, "as usual · be…"),
        ("Corporate gift set · P20-1", 10, "Corporate…"),
        ("a name without an id", 10, "a name wi…"),
        ("Warm-up 10-20 … 11-11 · people", 25, "Warm-up 10-20… · people  "),
        ("Warm-up · c26  10-20 … 11-11 · people", 24, "Warm-up · c26  10-20…   "),
        ("", 4, "    "),
    ],
)
def test_a_cut_name_keeps_its_id(text: str, cells: int, shown: str) -> None:
    told = fit_name(text, cells)
    assert width(told) == cells
    assert told == shown
