"""A new workspace: two short files a person can read and edit (`kpi-tui init DIR [FILE …]`)."""

from __future__ import annotations

import os
from pathlib import Path

from kpi_tui.definitions.answers.proposal import Proposal
from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.message import both, say
from kpi_tui.workspace.edits.atomic import write_atomic
from kpi_tui.workspace.start.table_toml import one_line, tables_of, toml_text

DEFAULT_CURRENCY = "CNY"


def create(
    folder: Path,
    name: str,
    proposal: Proposal | None = None,
    *,
    timezone: str = "Asia/Shanghai",
    currency: str = "",
    language: str = "",
) -> tuple[Path, ...]:
    """Write workspace.toml and tables.toml, each whole; UsageError when either is there already. What was written."""
    proposal = proposal or Proposal()
    home = _home(folder, proposal)
    data = os.path.relpath(home, folder.resolve())
    money = currency or proposal.currency or DEFAULT_CURRENCY
    files = {
        folder / "workspace.toml": _workspace(name, proposal.timezone or timezone, money, language, data),
        folder / "tables.toml": tables_toml(proposal, home, proposal.currency or money),
    }
    there = [str(path) for path in files if path.exists() or path.is_symlink()]
    if there:
        raise UsageError(say("{names} already there; nothing was written. Choose another folder.", names=both(there)))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(say("{path}: cannot be made: {why}", path=folder, why=error.strerror or error)) from error
    for path, text in files.items():  # a start that is killed between them is finished by the next one
        write_atomic(path, text.encode())
    return tuple(files)


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


def _home(folder: Path, proposal: Proposal) -> Path:
    """The folder that holds all files, those no table was found for too; the workspace itself when there are none."""
    used = [path for table in proposal.tables for path in (table.path, *table.more)]
    used += [join.path for table in proposal.tables for join in table.joins.values()]
    parents = {str(path.resolve().parent) for path in used or [path for path, _ in proposal.skipped if path.exists()]}
    return Path(os.path.commonpath(parents)) if parents else folder.resolve()
