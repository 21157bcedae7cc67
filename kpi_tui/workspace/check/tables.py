"""tables.toml: every file lies inside an allowed folder, every mapping is judged SQL."""

from __future__ import annotations

import os.path
import re
from collections.abc import Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlglot import exp

from kpi_tui.definitions.issue import Issue, Severity
from kpi_tui.definitions.library.table import TableSchema, TableSource
from kpi_tui.definitions.message import say
from kpi_tui.definitions.names import nearest
from kpi_tui.definitions.text import Text
from kpi_tui.definitions.workspace import Setting
from kpi_tui.definitions.written.delimiters import unfit_delimiter
from kpi_tui.definitions.written.encodings import is_encoding
from kpi_tui.definitions.written.secrets import without_secrets
from kpi_tui.sql import guard
from kpi_tui.sql.parameters import bind
from kpi_tui.workspace.check.contradiction import Contradictions, place_of
from kpi_tui.workspace.parse.workspace import ZONE_HINT

_SHOWN = 40

# `Order ID`: words that are no SQL may be the name of a column; the file knows, and is asked when it is read
_NAME = re.compile(r"\w+([ ./#&-]+\w+)+\.?")


class TableCheck:
    """Checks the sources of tables; `data` is where relative paths start, `roots` where they may end."""

    def __init__(
        self, data: Path, roots: tuple[Path, ...], settings: Mapping[str, Setting], report: Contradictions
    ) -> None:
        self._data = data
        self._roots = roots
        self._settings = settings
        self._report = report

    def run(self, table: TableSource, schemas: Mapping[str, TableSchema]) -> None:
        """Report everything wrong with one table."""
        schema = schemas.get(table.id)
        for part in table.parts():
            self._part(part, schema)
            if part.id in self._report.spoilt:
                self._report.spoilt.add(table.id)
        for name in table.types:
            if name not in table.mapped:
                self._report.unknown(table, "types", say("column"), name, table.mapped)
        if schema is None:
            self._report.unknown(table, "", say("canonical table"), table.id, schemas)

    def _part(self, part: TableSource, schema: TableSchema | None) -> None:
        self._source(part, grouped=bool(part.group_by))
        for join in part.joins.values():
            self._source(join.source, grouped=True)
            if join.source.id in self._report.spoilt:
                self._report.spoilt.add(part.id)
        for text in part.confirm:
            self._to_confirm(part, text)
        if schema:
            self._near_misses(part, schema)

    def _to_confirm(self, table: TableSource, text: Text) -> None:
        message = say("table {table}: to be confirmed: {text}", table=table.id, text=text)
        hint = say("when it is right: `kpi-tui check --agree TEXT` (a part of it; all of them: `--agree all`)")
        place = place_of(table, "confirm")
        self._report.issues.append(Issue(Severity.WARNING, message, hint, place.file, place.line, place.key, "confirm"))

    def _source(self, table: TableSource, *, grouped: bool) -> None:
        for path in table.paths:
            self._path(table, path)
        self._reading(table)
        self._sql(table, grouped=grouped)

    def _path(self, table: TableSource, path: str) -> None:
        if "://" in path:
            self._report.error(
                table,
                "path",
                say("{path!r} is an address", path=without_secrets(path)),
                say("name a local file"),
                "path",
            )
            return
        place = Path(os.path.normpath(self._data / path))
        if "\0" in path or not any(place.is_relative_to(root) for root in self._roots):
            hint = say("set `data` in workspace.toml, or --data, to the folder that holds the file")
            message = say("{path!r} lies outside the data folder and the workspace", path=path)
            self._report.error(table, "path", message, hint, "path")

    def _reading(self, table: TableSource) -> None:
        if table.encoding and not is_encoding(table.encoding):
            message = say("unknown encoding {encoding!r}", encoding=table.encoding[:_SHOWN])
            self._report.error(table, "encoding", message, say("write utf-8, gb18030 or utf-16"), "unknown-word")
        if unfit := unfit_delimiter(table.delimiter):
            self._report.error(table, "delimiter", unfit, say("write one of , ; | or \\t"), "type")
        if table.timezone and not _is_zone(table.timezone):
            message = say("unknown time zone {name!r}", name=table.timezone)
            self._report.error(table, "timezone", message, ZONE_HINT, "unknown-word")

    def _sql(self, table: TableSource, *, grouped: bool) -> None:
        for name, sql in table.columns.items():
            self._judge(table, "columns", name, sql, grouped=grouped)
        for sql in table.group_by:
            self._judge(table, "group_by", "group_by", sql, grouped=False)
        if table.where:
            self._judge(table, "where", "where", table.where, grouped=False)

    def _judge(self, table: TableSource, key: str, name: str, sql: str, *, grouped: bool) -> None:
        try:
            bound = bind(sql, self._settings)
            tree = (guard.predicate(bound) if key == "where" else guard.expression(bound)).tree
        except guard.FragmentError as error:
            if key == "where" or not _NAME.fullmatch(sql):
                self._report.error(
                    table,
                    key,
                    say("{key} = {sql!r:.60}: {problem}", key=name, sql=sql, problem=error),
                    say("correct the SQL"),
                    "sql",
                )
            return
        if tree.find(exp.Select):
            self._report.error(
                table,
                key,
                say("{name}: only columns of the file may be read", name=name),
                say("drop the SELECT"),
                "sql",
            )
        windowed = {id(node.this) for node in tree.find_all(exp.Window)}
        if not grouped and any(id(node) not in windowed for node in tree.find_all(exp.AggFunc)):
            message = say("{name} = {sql!r:.60}: an aggregate needs group_by", name=name, sql=sql)
            self._report.error(table, key, message, say('add a line `group_by = ["…"]`'), "sql")

    def _near_misses(self, table: TableSource, schema: TableSchema) -> None:
        """An extra column that looks like a misspelt canonical one."""
        place = place_of(table, "columns")
        for name in table.columns:
            free = [column for column in schema.columns if column not in table.columns]
            if name not in schema.columns and (near := nearest(name, free, cutoff=0.8)):
                message = say(
                    "table {table}: {name!r} is an extra column; the table has {near!r}",
                    table=table.id,
                    name=name,
                    near=near,
                )
                where = (place.file, place.line, f"{place.key}.{name}")
                self._report.issues.append(
                    Issue(Severity.HINT, message, say("did you mean {near!r}?", near=near), *where, "column")
                )


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return False
    return True
