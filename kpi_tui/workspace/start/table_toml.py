"""The mapping of a table as TOML a person can read: `[tables.id]`, of several sources `[tables.id.sources.x]`."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from string import digits

from kpi_tui.definitions.answers.proposal import TableProposal
from kpi_tui.definitions.library.file_reading import FileReading
from kpi_tui.definitions.text import Text
from kpi_tui.definitions.written.file_order import in_order_of_numbers

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def tables_of(proposals: Sequence[TableProposal], home: Path, currency: str) -> Iterator[str]:
    """A text for every table; paths start at `home`, the data folder; `currency` is that of the workspace.

    Amounts in another currency say theirs, and so does each of several sources.
    """
    for table in dict.fromkeys(proposal.table for proposal in proposals):
        parts = [proposal for proposal in proposals if proposal.table == table]
        if len(parts) == 1:
            yield part_toml(parts[0], f"tables.{table}", home, currency)
        else:
            yield f"[tables.{table}]  # of several sources: `--by source`, `--where \"source = '{parts[0].source}'\"`\n"
            yield from (part_toml(part, source_head(part), home, "") for part in parts)


def source_head(part: TableProposal) -> str:
    """Where a source of a table stands."""
    return f"tables.{part.table}.sources.{toml_key(part.source)}"


def part_toml(table: TableProposal, head: str, home: Path, currency: str) -> str:
    """One table of one mapping, or a source of one."""
    lines = [] if table.by_hand else [f"# {table.confidence:.0%} recognised"]
    lines += [f"# {one_line(note)}" for note in table.how_read]
    lines += [f"[{head}]", f"path = {_paths(table, home)}"]
    lines += [f"{name} = {toml_text(value)}" for name, value in table.options.items()]
    lines += _reading(table.reading)
    if table.currency not in ("", currency):
        lines.append(f"currency = {toml_text(table.currency)}")
    if table.complete_until:
        lines.append(f"complete_until = {table.complete_until}")
    if table.where:
        lines.append(f"where = {toml_text(table.where)}")
    if table.latest_by:
        lines.append(f"latest_by = [{', '.join(map(toml_text, table.latest_by))}]")
    if table.distinct:
        lines.append("distinct = true")
    if table.group_by:
        lines.append(f"group_by = [{', '.join(toml_text(sql) for sql in table.group_by)}]")
    if table.confirm:
        lines += ["# `kpi-tui check` asks this until the line is taken out:", f"confirm = [{_both(table)}]"]
    lines += _columns(table, head)
    if table.words:
        lines += ["", f"[{head}.words]  # those the mapping knows; `kpi-tui check` names others"]
        lines += [f"{toml_key(name)} = [{', '.join(map(toml_text, words))}]" for name, words in table.words.items()]
    for name, join in table.joins.items():
        lines += ["", f"[{head}.join.{toml_key(name)}]", f"path = {toml_text(_relative(join.path, home))}"]
        lines += [f"on = {toml_text(join.on)}", f"columns = {{ {', '.join(_pairs(join.columns))} }}"]
    if table.missing:
        lines.append(f"# not found in the file: {one_line(', '.join(table.missing))}")
    if table.unmapped:
        lines.append(f"# not used yet: {one_line(', '.join(table.unmapped))}")
    return "\n".join(lines) + "\n"


def _reading(reading: FileReading) -> Iterator[str]:
    """How the cells of the files are read."""
    if reading.sheet:
        yield f"sheet = {toml_text(reading.sheet)}"
    for name, columns in (("fill_merged", reading.fill_merged), ("fill_down", reading.fill_down)):
        if columns:
            yield f"{name} = [{', '.join(map(toml_text, columns))}]"
    if reading.year_of:
        pairs = (f"{toml_key(column)} = {toml_text(year)}" for column, year in reading.year_of.items())
        yield f"year_of = {{ {', '.join(pairs)} }}"


def _paths(table: TableProposal, home: Path) -> str:
    names = names_of((table.path, *table.more), home)
    return toml_text(names[0]) if len(names) == 1 else f"[{', '.join(map(toml_text, names))}]"


def names_of(files: Iterable[Path], home: Path) -> tuple[str, ...]:
    """Files by their paths; several as a glob when it means exactly these, so that tomorrow's export is read too."""
    paths = sorted((path.resolve() for path in files), key=in_order_of_numbers)
    names = [_relative(path, home) for path in paths]
    if len(names) == 1:
        return (names[0],)
    start = os.path.commonprefix(names)  # noqa: RUF071  the common letters of names, not folders
    end = os.path.commonprefix([name[len(start) :][::-1] for name in names])[::-1]  # noqa: RUF071
    for before, after in ((start.rstrip(digits), end.lstrip(digits)), (start, end)):  # 10 and 11 are no 1*
        glob = f"{before}*{after}"
        if not set("*?[") & set(before + after) and {path.resolve() for path in home.glob(glob)} == {*paths}:
            return (glob,)
    return tuple(names)


def _columns(table: TableProposal, head: str) -> list[str]:
    if not table.columns:
        return []
    return ["", f"[{head}.columns]", *_pairs(table.columns)]


def _pairs(columns: Mapping[str, str]) -> list[str]:
    return [f"{toml_key(name)} = {_mapped(sql)}" for name, sql in columns.items()]


def _mapped(sql: str) -> str:
    """The SQL; of a stamp in several forms the column and its forms, which are easier to add one to."""
    if "strptime(" not in sql or "[" not in sql:
        return toml_text(sql)
    from sqlglot import exp  # 0.1 s, which only such a column is worth

    from kpi_tui.sql import guard

    tree = guard.expression(sql).tree
    if not isinstance(tree, exp.StrToTime) or not isinstance(tree.this, exp.Column):
        return toml_text(sql)
    forms = tree.args["format"]
    if not isinstance(forms, exp.Array):
        return toml_text(sql)
    listed = ", ".join(toml_text(form.name) for form in forms.expressions)
    return f"{{ column = {toml_text(tree.this.name)}, formats = [{listed}] }}"


def _both(table: TableProposal) -> str:
    return ", ".join(
        _said(one, table.about.get(str(one), ())) if isinstance(one, Text) else toml_text(one) for one in table.confirm
    )


def _said(one: Text, of: Sequence[str]) -> str:
    about = f", of = [{', '.join(map(toml_text, of))}]" if of else ""
    return f"{{ en = {toml_text(one.en)}, zh = {toml_text(one.zh)}{about} }}"


def toml_key(name: str) -> str:
    """A name as a key of TOML."""
    return name if _BARE.fullmatch(name) else toml_text(name)


def _relative(path: Path, home: Path) -> str:
    return os.path.relpath(path.resolve(), home)


def toml_text(value: str) -> str:
    """A TOML literal string where that spares escapes, else a basic one (JSON escapes are TOML escapes)."""
    if '"' in value and "'" not in value and value.isprintable():
        return f"'{value}'"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def one_line(text: str) -> str:
    """Safe inside a TOML comment: control characters may not stand there."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+", " ", text)
