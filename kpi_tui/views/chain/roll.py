"""A roll-over as a difference: agreed now, proposed (spec R043–R062)."""

from __future__ import annotations

from collections.abc import Sequence

from kpi_tui.definitions.answers.chain_card import Roll
from kpi_tui.definitions.library.chain import Chain
from kpi_tui.definitions.target import TargetKey
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.phrase import Word, phrase
from kpi_tui.views.cells import NumberCell, TextCell, text
from kpi_tui.views.names import CHAIN, target_name
from kpi_tui.views.record import record
from kpi_tui.views.view import Column, Columns, View, listed


def roll_view(chain: Chain, rolls: Sequence[Roll], space: Workspace, written: bool = False) -> View:
    """A row per cell of the proposal."""

    def link(roll: Roll) -> TextCell:
        return text(target_name(space, TargetKey(f"{CHAIN}{chain.id}", roll.key)), exact=roll.key)

    def new(roll: Roll) -> NumberCell:
        return NumberCell(roll.new, roll.unit, "" if roll.old == roll.new else "changed")

    def note(roll: Roll) -> TextCell:
        same: Word = phrase("as agreed") if roll.old == roll.new else ""
        return text(phrase("scores hold it at 100 %") if roll.capped else same, "muted")

    columns: Columns[Roll] = [
        (Column("period", phrase("Period"), most=12), lambda roll: text(roll.period, "muted")),
        (Column("link", phrase("Link"), flex=1, least=12), link),
        (Column("old", phrase("Agreed"), most=14, right=True), lambda roll: NumberCell(roll.old, roll.unit)),
        (Column("arrow", width=1, csv=False), lambda _roll: text("→")),
        (Column("new", phrase("Proposed"), most=14, right=True), new),
        (Column("note", most=24, drop=1, csv=False), note),
    ]
    notes: list[Word] = [] if rolls else [phrase("Nothing to roll over: no week is over yet.")]
    if any(roll.capped for roll in rolls):
        notes.append(phrase("A share above 100 % is what the rule gives; scores hold it at 100 %."))
    count = len(rolls)
    title = phrase("Roll over {chain}: the rules propose {count} targets", chain=chain.name, count=count)
    table = listed(rolls, columns, lambda roll: f"{roll.period}/{roll.key}", title if rolls else "", notes, "roll")
    cells = [record(roll, "period", "link=key", "from=old", "to=new") for roll in rolls]
    return View(sheets=(table,), data={"chain": chain.id, "written": written, "cells": cells})
