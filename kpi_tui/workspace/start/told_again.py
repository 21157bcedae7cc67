"""What `init` adds to the mapping of a file that is read already: that later exports count, how its cells are read,
what a person says this time.
"""

from __future__ import annotations

import tomllib
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kpi_tui.definitions.answers.proposal import TableProposal
from kpi_tui.definitions.library.recipe import MONEY
from kpi_tui.definitions.library.table import TableSource
from kpi_tui.definitions.message import Message, listed, say
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.workspace.definition_edits.rewritten import rewritten
from kpi_tui.workspace.definition_edits.still_asked import english

_NAMES = ("where", "group_by", "words")


@dataclass(frozen=True, slots=True)
class ToldAgain:
    """The text with the new keys, and what was changed or why not; `parts`: those of the proposal it is about."""

    toml: str
    said: tuple[Message, ...] = ()
    parts: tuple[TableProposal, ...] = ()


def told_again(
    space: Workspace, toml: str, proposal: Iterable[TableProposal], further: Mapping[str, Sequence[Path]], name: str
) -> ToldAgain:
    """tables.toml with what the parts of a proposal say more of files that it reads. UsageError.

    `further`: by part of a table the files that it reads from now on.
    """
    data = tomllib.loads(toml)
    said: list[Message] = []
    parts: list[TableProposal] = []
    for one in proposal:
        part = next((part for part in _parts(space, one.table) if _reads(space, part, one, further)), None)
        if part is None:
            continue
        changes = _changes(part, one)
        table = data["tables"][one.table]
        source = part.id.partition(".sources.")[2]
        if changes:
            mapping = table["sources"][source] if source else table
            _follow(mapping, changes)
            _settle(mapping, one, changes)
            parts.append(replace(one, further=True))
            said.append(
                say("{part}: {keys} added from {file}", part=part.id, keys=listed(sorted(changes)), file=one.path.name)
            )
    if not parts:
        return ToldAgain(toml)
    return ToldAgain(rewritten(toml.encode(), data, name).decode(), tuple(said), tuple(parts))


def _parts(space: Workspace, table: str) -> tuple[TableSource, ...]:
    there = space.tables.get(table)
    return there.parts() if there else ()


def _reads(space: Workspace, part: TableSource, one: TableProposal, further: Mapping[str, Sequence[Path]]) -> bool:
    there = (
        path for text in part.paths for path in ([Path(text)] if Path(text).is_absolute() else space.data.glob(text))
    )
    return one.path.resolve() in {path.resolve() for path in (*there, *further.get(part.id, ()))}


def _changes(part: TableSource, one: TableProposal) -> dict[str, Any]:
    """Key -> what it shall say: what the mapping lacks, and what a person answered otherwise than it was proposed."""
    found: dict[str, Any] = {}
    if one.latest_by and not part.latest_by and one.table in MONEY:
        found["latest_by"] = list(one.latest_by)
    reading = part.reading.and_also(one.reading)
    for key in ("fill_merged", "fill_down"):
        if getattr(reading, key) != getattr(part.reading, key):
            found[key] = list(getattr(reading, key))
    if dict(reading.year_of) != dict(part.reading.year_of):
        found["year_of"] = dict(reading.year_of)
    if one.reading.sheet and not part.sheet:
        found["sheet"] = one.reading.sheet
    if one.totals and one.totals not in part.where:
        found["where"] = f"({part.where}) and {one.totals}" if part.where else one.totals
    return found | dict(_dated(part, one)) | dict(_answered(part, one))


def _dated(part: TableSource, one: TableProposal) -> Iterator[tuple[str, Any]]:
    """Columns of dates that stand as the file has them, once it is said whether day or month stands first."""
    for column, sql in one.columns.items():
        before = part.columns.get(column, column)
        if sql != before and before.strip('"') in one.reading.dates:
            yield f"columns.{column}", sql


def _answered(part: TableSource, one: TableProposal) -> Iterator[tuple[str, Any]]:
    """What an answer makes of keys that stand as they were proposed without it: a mapping by hand stays."""
    plain = one.unanswered
    if plain is None:
        return
    there: Mapping[str, Any] = {"where": part.where, "group_by": part.group_by, "words": dict(part.words)}
    for key in _NAMES:
        before, after = (_plain(getattr(said, key)) for said in (plain, one))
        if after != before and _plain(there[key]) == before:
            yield key, after
    for column in {*one.columns, *plain.columns}:
        before, after = plain.columns.get(column), one.columns.get(column)
        if after != before and part.columns.get(column) == before:
            yield f"columns.{column}", after


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: list(words) for name, words in value.items()}
    return list(value) if isinstance(value, tuple) else value


def _settle(mapping: dict[str, Any], one: TableProposal, changes: Mapping[str, Any]) -> None:
    """Takes out what `check` asked and is answered now."""
    asked = {"fill_down": "--fill-down ", "year_of": "--year ", "sheet": "--all-sheets "}
    answered = [f"`init … {option}" for key, option in asked.items() if key in changes]
    answered += [f"`init … --dates {name}=" for name in one.reading.dates]
    notes = {str(note) for note in (one.unanswered.notes if one.unanswered else ())} - set(map(str, one.notes))
    kept = [said for said in mapping.get("confirm", ()) if not _is_settled(english(said), answered, notes)]
    if kept:
        mapping["confirm"] = kept
    else:
        mapping.pop("confirm", None)


def _is_settled(said: str, answered: Iterable[str], notes: Container[str]) -> bool:
    return said in notes or any(option in said for option in answered)


def _follow(table: dict[str, Any], changes: Mapping[str, Any]) -> None:
    for key, value in changes.items():
        place, inner = (table.setdefault("columns", {}), key[8:]) if key.startswith("columns.") else (table, key)
        if value in (None, "", [], {}):
            place.pop(inner, None)
        else:
            place[inner] = value
