"""A roll-over as a difference: agreed now, proposed (R043–R062)."""

from __future__ import annotations

from collections.abc import Sequence

from kpi_tui.definitions.answers.chain_card import Roll
from kpi_tui.definitions.library.chain import Chain
from kpi_tui.definitions.target import TargetKey
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.phrase import Word, phrase, phrases
from kpi_tui.views.cells import Cell, NumberCell, TextCell, text
from kpi_tui.views.names import CHAIN, target_name
from kpi_tui.views.view import Column, View, sheet


def roll_view(chain: Chain, rolls: Sequence[Roll], space: Workspace, written: bool = False) -> View:
    """A row per cell of the proposal."""
    columns = [
        Column("period", phrase("Period"), most=12),
        Column("link", phrase("Link"), flex=1, least=12),
        Column("old", phrase("Agreed"), most=14, right=True),
        Column("arrow", width=1, csv=False),
        Column("new", phrase("Proposed"), most=14, right=True),
        Column("note", most=24, drop=1, csv=False),
    ]
    notes: list[Word] = [] if rolls else [phrase("Nothing to roll over: no week is over yet.")]
    if any(roll.capped for roll in rolls):
        notes.append(phrase("A share above 100 % is what the rule gives; scores hold it at 100 %."))
    rows = [_row(roll, chain, space) for roll in rolls]
    name, count = chain.name, len(rolls)
    title = (
        phrases(
            "Roll over {chain}: the rules propose {count} target",
            "Roll over {chain}: the rules propose {count} targets",
            count,
            chain=name,
        )
        if rolls
        else ""
    )
    data = {
        "chain": chain.id,
        "written": written,
        "cells": [{"period": r.period, "link": r.key, "from": r.old, "to": r.new} for r in rolls],
    }
    return View(sheets=(sheet(columns, rows, title, notes, "roll"),), data=data)


def _row(roll: Roll, chain: Chain, space: Workspace) -> list[Cell]:
    key, same = TargetKey(f"{CHAIN}{chain.id}", roll.key), roll.old == roll.new
    note: Word = phrase("scores hold it at 100 %") if roll.capped else phrase("as agreed") if same else ""
    return [
        text(roll.period, "muted"),
        TextCell(target_name(space, key), exact=roll.key),
        NumberCell(roll.old, roll.unit),
        text("→"),
        NumberCell(roll.new, roll.unit, "" if same else "changed"),
        text(note, "muted"),
    ]
