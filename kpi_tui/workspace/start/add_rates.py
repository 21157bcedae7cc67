"""Rates of exchange for a workspace that is there (`kpi-tui init DIR --rates FILE`): `[rates]` of workspace.toml."""

from __future__ import annotations

from dataclasses import dataclass

from kpi_tui.definitions.answers.proposal import TableProposal
from kpi_tui.definitions.message import Message, say
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.workspace.find import FILE
from kpi_tui.workspace.start.add_tables import far
from kpi_tui.workspace.start.table_toml import part_toml


@dataclass(frozen=True, slots=True)
class AddedRates:
    """The text of workspace.toml with the rates; "" without any, or where they are not added, and why."""

    toml: str = ""
    said: tuple[Message, ...] = ()


def add_rates(space: Workspace, rates: TableProposal | None) -> AddedRates:
    """What stands in workspace.toml stays as it is, letter by letter; rates that are there are not replaced."""
    if rates is None:
        return AddedRates()
    if space.rates is not None:
        said = say(
            "workspace.toml has rates already: {file} is not added; change `path` below [rates] there",
            file=rates.path.name,
        )
        return AddedRates(said=(said,))
    if outside := far(space, rates):
        return AddedRates(said=(outside,))
    there = (space.root / FILE).read_text(encoding="utf-8").rstrip("\n")
    return AddedRates(f"{there}\n\n{part_toml(rates, 'rates', space.data, '')}")
