"""A new workspace: two short files a person can read and edit (`kpi-tui init DIR [FILE …]`)."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from kpi_tui.definitions.answers.proposal import Proposal
from kpi_tui.definitions.calendar import ISO, Calendar
from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.library.recipe import MONEY
from kpi_tui.definitions.message import both, say
from kpi_tui.definitions.text import Text
from kpi_tui.definitions.written.currencies import DEFAULT_CURRENCY
from kpi_tui.workspace.find import FILE
from kpi_tui.workspace.start.table_toml import one_line, part_toml, tables_of, toml_text
from kpi_tui.workspace.start.write_together import write_together

TABLES = "tables.toml"


def create(
    folder: Path,
    name: str,
    proposal: Proposal | None = None,
    *,
    timezone: str = "Asia/Shanghai",
    currency: str = "",
    language: str = "",
) -> tuple[Path, ...]:
    """Write workspace.toml and tables.toml, both or none; UsageError when either is there. What was written."""
    expect_room(folder)
    return write_together(
        folder, new_files(folder, name, proposal or Proposal(), timezone=timezone, currency=currency, language=language)
    )


def expect_room(folder: Path) -> None:
    """UsageError where a workspace, or a part of one, is there already."""
    paths = (folder / name for name in (FILE, TABLES))
    there = [str(path) for path in paths if path.exists() or path.is_symlink()]
    if there:
        raise UsageError(say("{names} already there; nothing was written. Choose another folder.", names=both(there)))


def new_files(
    folder: Path,
    name: str,
    proposal: Proposal,
    *,
    timezone: str,
    currency: str = "",
    language: str = "",
    calendar: Calendar = ISO,
) -> dict[str, str]:
    """The text of workspace.toml and tables.toml of a workspace in `folder`."""
    home = data_home(folder, proposal)
    data = os.path.relpath(home, folder.resolve())
    money = currency or proposal.currency or DEFAULT_CURRENCY
    return {
        FILE: _workspace(name, proposal.timezone or timezone, money, language, data)
        + _calendar(calendar)
        + _rates(proposal, home),
        TABLES: tables_toml(
            _asking(proposal, () if currency else proposal.confirm),
            home,
            money if proposal.rates else proposal.currency or money,
        ),
    }


def _asking(proposal: Proposal, money: Sequence[Text | str]) -> Proposal:
    """The proposal with what is asked of the whole at the first table that has amounts, where `check` finds it.

    `money`: what is asked of amounts; of the zone it is asked at another table where none has amounts.
    """
    zone = (proposal.zone_asked,) if proposal.zone_asked else ()
    at = next((one for one in proposal.tables if one.table in MONEY), None)
    first = at or next(iter(proposal.tables), None)
    said = (*(money if at else ()), *zone)
    asked = (replace(one, confirm=(*said, *one.confirm)) if one is first else one for one in proposal.tables)
    return replace(proposal, tables=tuple(asked))


def tables_toml(proposal: Proposal, home: Path, currency: str) -> str:
    """tables.toml as text; paths start at `home`, the data folder; amounts in another currency than this say theirs."""
    parts = ["# Where the rows come from: column = SQL over the columns of the file. `kpi-tui check` judges it.\n"]
    if not proposal.tables:
        parts.append(_EXAMPLE)
    parts += tables_of(proposal.tables, home, currency)
    for path, why in proposal.skipped:
        parts.append(f"# {one_line(path.name)} is not used: {one_line(why)}\n")
    return "\n".join(parts)


_EXAMPLE = """\
# [tables.orders]
# path = "orders*.csv"             # relative to `data` of workspace.toml
# [tables.orders.columns]
# order_id = "订单号"
# paid_amount = "Quantity * UnitPrice"
# created_at = "strptime(ordered, '%d/%m/%Y')"
"""


def _workspace(name: str, timezone: str, currency: str, language: str, data: str) -> str:
    lines = [
        "# A kpi-tui workspace. Everything else comes from the standard library.",
        f"name = {toml_text(name)}",
        'extends = "standard"',
        f"timezone = {toml_text(timezone)}",
        f"currency = {toml_text(currency)}",
        f"data = {toml_text(data)}                # where the paths in tables.toml start",
        'north_star = "user_payment_amount"',
    ]
    if language:
        lines.insert(3, f"language = {toml_text(language)}")
    return "\n".join(lines) + "\n"


def _rates(proposal: Proposal, home: Path) -> str:
    """By which rates amounts of other currencies are counted."""
    return "\n" + part_toml(proposal.rates, "rates", home, "") if proposal.rates else ""


def _calendar(calendar: Calendar) -> str:
    """What is not as in ISO 8601; the name of a year only where it could be another."""
    said = {"week_start": calendar.week_start} if calendar.week_start != ISO.week_start else {}
    if calendar.is_fiscal:
        said |= {"fiscal_year": calendar.fiscal_year, "fiscal_year_name": calendar.fiscal_year_name}
    if calendar.in_weeks:
        said |= {"kind": calendar.kind, "year_end": calendar.year_end}
    lines = ["", "[calendar]", *(f"{key} = {toml_text(value)}" for key, value in said.items())]
    return "\n".join(lines) + "\n" if said else ""


def data_home(folder: Path, proposal: Proposal) -> Path:
    """The folder that holds all files, those no table was found for too; the workspace itself when there are none."""
    used = [path for table in proposal.tables for path in (table.path, *table.more)]
    used += [join.path for table in proposal.tables for join in table.joins.values()]
    used += [proposal.rates.path] if proposal.rates else []
    parents = {str(path.resolve().parent) for path in used or [path for path, _ in proposal.skipped if path.exists()]}
    return Path(os.path.commonpath(parents)) if parents else folder.resolve()
