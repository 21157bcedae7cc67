"""A new workspace: two short files a person can read and edit (`kpi-tui init DIR [FILE …]`)."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from kpi_tui.definitions.answers.proposal import Proposal, TableProposal
from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.message import both, say
from kpi_tui.definitions.text import Text
from kpi_tui.workspace.edits.atomic import write_atomic

DEFAULT_CURRENCY = "CNY"
_BARE = re.compile(r"[A-Za-z0-9_-]+")


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
    files = {
        folder / "workspace.toml": _workspace(
            name, proposal.timezone or timezone, currency or proposal.currency or DEFAULT_CURRENCY, language, data
        ),
        folder / "tables.toml": tables_toml(proposal, home),
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


def tables_toml(proposal: Proposal, home: Path) -> str:
    """tables.toml as text; paths start at `home`, the data folder."""
    parts = ["# Where the rows come from: column = SQL over the columns of the file. `kpi-tui check` judges it.\n"]
    if not proposal.tables:
        parts.append(_EXAMPLE)
    parts += [table_toml(table, home) for table in proposal.tables]
    for path, why in proposal.skipped:
        parts.append(f"# {_one_line(path.name)} is not used: {_one_line(why)}\n")
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
        f"name = {_text(name)}",
        'extends = "standard"',
        f"timezone = {_text(timezone)}",
        f"currency = {_text(currency)}",
        f"data = {_text(data)}                # where the paths in tables.toml start",
        'north_star = "user_payment_amount"',
    ]
    if language:
        lines.insert(3, f"language = {_text(language)}")
    return "\n".join(lines) + "\n"


def table_toml(table: TableProposal, home: Path) -> str:
    """One `[tables.id]` as text; paths start at `home`, the data folder."""
    lines = [f"# {table.confidence:.0%} recognised"]
    lines += [f"# {_one_line(note)}" for note in table.info]
    lines += [f"[tables.{table.table}]", f"path = {_paths(table, home)}"]
    lines += [f"{key} = {_text(value)}" for key, value in table.options.items()]
    if table.where:
        lines.append(f"where = {_text(table.where)}")
    if table.latest_by:
        lines.append(f"latest_by = [{', '.join(map(_text, table.latest_by))}]")
    if table.distinct:
        lines.append("distinct = true")
    if table.group_by:
        lines.append(f"group_by = [{', '.join(_text(key) for key in table.group_by)}]")
    if table.confirm:
        lines += ["# `kpi-tui check` asks this until the line is taken out:", f"confirm = [{_both(table.confirm)}]"]
    lines += _columns(table)
    if table.words:
        lines += ["", f"[tables.{table.table}.words]  # those the mapping knows; `kpi-tui check` names others"]
        lines += [f"{_key(name)} = [{', '.join(map(_text, words))}]" for name, words in table.words.items()]
    for name, join in table.joins.items():
        lines += ["", f"[tables.{table.table}.join.{_key(name)}]", f"path = {_text(_relative(join.path, home))}"]
        lines += [f"on = {_text(join.on)}", f"columns = {{ {', '.join(_pairs(join.columns))} }}"]
    if table.missing:
        lines.append(f"# not found in the file: {_one_line(', '.join(table.missing))}")
    if table.unmapped:
        lines.append(f"# not used yet: {_one_line(', '.join(table.unmapped))}")
    return "\n".join(lines) + "\n"


def _paths(table: TableProposal, home: Path) -> str:
    """One path; several as a glob when it means exactly these files, so that tomorrow's export is read too."""
    paths = sorted(path.resolve() for path in (table.path, *table.more))
    names = [_relative(path, home) for path in paths]
    if len(names) == 1:
        return _text(names[0])
    start = os.path.commonprefix(names)  # noqa: RUF071  the common letters of names, not folders
    end = os.path.commonprefix([name[len(start) :][::-1] for name in names])[::-1]  # noqa: RUF071
    glob = f"{start}*{end}"
    if not set("*?[") & set(start + end) and sorted(path.resolve() for path in home.glob(glob)) == paths:
        return _text(glob)
    return f"[{', '.join(_text(name) for name in names)}]"


def _columns(table: TableProposal) -> list[str]:
    if not table.columns:
        return []
    return ["", f"[tables.{table.table}.columns]", *_pairs(table.columns)]


def _pairs(columns: Mapping[str, str]) -> list[str]:
    return [f"{_key(name)} = {_mapped(sql)}" for name, sql in columns.items()]


def _mapped(sql: str) -> str:
    """The SQL; of a stamp in several forms the column and its forms, which are easier to add one to."""
    if "strptime(" not in sql or "[" not in sql:
        return _text(sql)
    from sqlglot import exp  # 0.1 s, which only such a column is worth

    from kpi_tui.sql import guard

    tree = guard.expression(sql).tree
    if not isinstance(tree, exp.StrToTime) or not isinstance(tree.this, exp.Column):
        return _text(sql)
    forms = tree.args["format"]
    if not isinstance(forms, exp.Array):
        return _text(sql)
    listed = ", ".join(_text(form.name) for form in forms.expressions)
    return f"{{ column = {_text(tree.this.name)}, formats = [{listed}] }}"


def _both(texts: Iterable[Text]) -> str:
    return ", ".join(f"{{ en = {_text(text.en)}, zh = {_text(text.zh)} }}" for text in texts)


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _text(name)


def _relative(path: Path, home: Path) -> str:
    return os.path.relpath(path.resolve(), home)


def _text(value: str) -> str:
    """A TOML literal string where that spares escapes, else a basic one (JSON escapes are TOML escapes)."""
    if '"' in value and "'" not in value and value.isprintable():
        return f"'{value}'"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _one_line(text: str) -> str:
    """Safe inside a TOML comment: control characters may not stand there."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+", " ", text)


def _home(folder: Path, proposal: Proposal) -> Path:
    """The folder that holds all files, those no table was found for too; the workspace itself when there are none."""
    used = [path for table in proposal.tables for path in (table.path, *table.more)]
    used += [join.path for table in proposal.tables for join in table.joins.values()]
    parents = {str(path.resolve().parent) for path in used or [path for path, _ in proposal.skipped if path.exists()]}
    return Path(os.path.commonpath(parents)) if parents else folder.resolve()
