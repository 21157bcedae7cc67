"""What ids and words of a column are called: by the column that `named_by` names, by the `words` of the definitions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile

from kpi_tui.definitions.answers.value import Value
from kpi_tui.definitions.issue import TableError
from kpi_tui.definitions.text import Text
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.definitions.written.named_id import NamedId
from kpi_tui.engine.data import Data
from kpi_tui.engine.kept.cache import digest, program

_CUT_WORD = re.compile(r"[A-Za-z0-9]+$")
_TAIL = " -_/·|,(（[【"


class CalledIds:
    """Names of ids, read once and remembered in the result cache as long as the table is the same."""

    def __init__(self, workspace: Workspace, data: Data) -> None:
        self._workspace = workspace
        self._data = data

    def in_values(self, values: Sequence[Value], by: str | None) -> list[Value]:
        """Values whose segments know what they are called."""
        asked = [value.segment for value in values if value.segment is not None]
        names = self._names(by) if by and asked else {}
        if not names:
            return [*values]
        return [replace(value, segment=_named(value.segment, names)) if value.segment else value for value in values]

    def of(self, column: str, ids: Iterable[str]) -> list[str]:
        """Ids of a column, each of which knows what it is called."""
        names = self._names(column)
        return [_named(one, names) for one in ids]

    def _names(self, asked: str) -> Mapping[str, Text]:
        """Id → its name and the id behind it; word → what people say."""
        table, _dot, name = asked.rpartition(".")
        space = self._workspace
        schemas = [space.schemas[table]] if table in space.schemas else [*space.schemas.values()]
        for schema in schemas:
            column = schema.columns.get(name)
            if column is None:
                continue
            owner, _dot, key = (column.references or f"{schema.id}.{name}").partition(".")
            named = space.schemas[owner].columns.get(key) if owner in space.schemas else None
            if named is not None and named.named_by:
                return self._read(owner, key, named.named_by)
        said = [schema.columns[name].words for schema in schemas if name in schema.columns]
        said += [fact.words.get(name, {}) for fact in space.facts.values() if table in ("", fact.id)]
        return {word: text for words in reversed(said) for word, text in words.items()}

    def _read(self, table: str, key: str, name: str) -> Mapping[str, Text]:
        """Nothing where the workspace maps no such column, or the table cannot be read."""
        source = self._workspace.tables.get(table)
        if source is None or name not in source.mapped or not self._data.has(table):
            return {}
        stamp = digest(program(), self._data.fingerprint(table), key, name)
        found = self._data.remembered(f"called:{stamp}", lambda: _called(self._data, table, key, name))
        return {id_: Text(said) for id_, said in found.items()}


def _called(data: Data, table: str, key: str, name: str) -> dict[str, str]:
    """`明前龙井 · P01`; of several rows of one id what their names begin with."""
    try:
        rows = data.frame(table).select(key, name).drop_nulls().unique().collect()
    except TableError:
        return {}
    names: dict[str, list[str]] = {}
    for id_, said in zip(rows[key].cast(str), rows[name].cast(str), strict=True):
        names.setdefault(id_, []).append(" ".join(said.split()))
    shared = {id_: _beginning(some) for id_, some in names.items()}
    return {id_: f"{said} · {id_}" for id_, said in sorted(shared.items()) if said and said != id_}


def _beginning(names: Sequence[str]) -> str:
    """What names begin with, whole words of it: `明前龙井 Longjing` of this and `明前龙井 Longjing 大 L`."""
    shared = "".join(signs[0] for signs in takewhile(lambda signs: len({*signs}) == 1, zip(*names, strict=False)))
    following = {name[len(shared) : len(shared) + 1] for name in names}
    if any(after.isascii() and after.isalnum() for after in following):
        shared = _CUT_WORD.sub("", shared)
    return shared.rstrip(_TAIL)


def _named(segment: str, names: Mapping[str, Text]) -> str:
    return NamedId(segment, names[segment]) if segment in names else segment
