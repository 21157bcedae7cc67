"""What tables.toml still asks a person to confirm: the sentences of `confirm` that nobody has agreed with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from kpi_tui.definitions.library.table import TableSource


def still_asked(tables: Mapping[str, TableSource], toml: Mapping[str, Any]) -> dict[str, TableSource]:
    """The tables without the sentences that the TOML does not ask any more."""
    said = toml.get("tables", {})
    return {key: _asked(table, said[key]) if key in said else table for key, table in tables.items()}


def _asked(table: TableSource, said: Mapping[str, Any]) -> TableSource:
    parts = said.get("sources", {})
    sources = {name: _kept(one, parts.get(name, {})) for name, one in table.sources.items()}
    return replace(_kept(table, said), sources=sources)


def _kept(part: TableSource, said: Mapping[str, Any]) -> TableSource:
    asked = said.get("confirm", ())
    left = {english(one) for one in (asked if isinstance(asked, list) else (asked,))}
    return replace(part, confirm={text: of for text, of in part.confirm.items() if text.en in left})


def english(one: Any) -> str:
    """What a sentence of `confirm` says, in the language that tells it apart."""
    return str(one.get("en", "") if isinstance(one, dict) else one)
