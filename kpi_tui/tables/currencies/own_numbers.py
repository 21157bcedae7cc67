"""Numbers in columns a workspace adds: amounts or not? Nobody says, and over several currencies it matters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import polars as pl

from kpi_tui.definitions.answers.value import FileDoubt, Profile
from kpi_tui.definitions.library.table import TableSchema, TableSource
from kpi_tui.definitions.message import listed, say


def own_fractions(kinds: Mapping[str, pl.DataType], source: TableSource, schema: TableSchema) -> tuple[str, ...]:
    """Extra columns with fractions of which nobody says whether they are amounts: fees and weights look alike."""
    return tuple(name for name in _own(kinds, source, schema) if not kinds[name].is_integer())


def own_whole_numbers(kinds: Mapping[str, pl.DataType], source: TableSource, schema: TableSchema) -> tuple[str, ...]:
    """Extra columns of whole numbers: pieces mostly, yen sometimes."""
    return tuple(name for name in _own(kinds, source, schema) if kinds[name].is_integer())


def with_own_numbers(
    profile: Profile, kinds: Mapping[str, pl.DataType], source: TableSource, schema: TableSchema, *, several: bool
) -> Profile:
    """The profile with what is asked about own numbers in rows of `several` currencies, or of one that is not ours.

    Those with fractions are in no sum over them, whole ones are added up as they stand and every value says so.
    """
    fractions, whole = own_fractions(kinds, source, schema), own_whole_numbers(kinds, source, schema)
    if not several:
        return replace(profile, own_fractions=fractions)
    return replace(
        profile,
        own_fractions=fractions,
        notes=(*profile.notes, *_asked(fractions, source)),
        doubts=(*profile.doubts, *_added(whole, source)),
    )


def _own(kinds: Mapping[str, pl.DataType], source: TableSource, schema: TableSchema) -> list[str]:
    numbers = (name for name, kind in kinds.items() if kind.is_numeric() and ":" not in name)
    return [name for name in numbers if name not in schema.columns and name not in source.money]


def _asked(fractions: Sequence[str], source: TableSource) -> list[str]:
    """The line that settles each of them."""
    said = say(
        "{table}: {columns}: amounts or not? Of rows in other currencies they are unknown until [tables.{table}] says "
        "money = {{ {column} = true }} or false",
        table=source.id,
        columns=listed(fractions),
        column=fractions[0] if fractions else "",
    )
    return [said] if fractions else []


def _added(whole: Sequence[str], source: TableSource) -> list[FileDoubt]:
    """A doubt for each of them, so that it stands at its own values alone."""
    return [
        FileDoubt(
            "own-numbers",
            say("{column} is added up over rows in several currencies as it stands", column=name),
            say(
                "if it holds no amounts write money = {{ {column} = false }} in [tables.{table}], else true",
                column=name,
                table=source.id,
            ),
            columns=(name,),
        )
        for name in whole
    ]
