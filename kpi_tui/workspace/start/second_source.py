"""A table of one mapping becomes one of several sources, in the text of its tables.toml.

Its headers get another name and what is said of the whole table its own header; every other line, comments too, stays.
The result is read back: it must say what was said before, put below the source, or it is not used.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

from kpi_tui.workspace.parse.tables import OF_THE_TABLE
from kpi_tui.workspace.start.table_toml import toml_key

_HEADER = re.compile(r"\s*\[\s*(tables\s*\.\s*(?P<table>[^].]+?)\s*(?P<rest>(?:\.[^]]*)?))\](?P<after>.*)", re.DOTALL)
_ANY_HEADER = re.compile(r"\s*\[")
_KEY = re.compile(r"\s*([\w-]+)\s*=")


def with_source(toml: str, table: str, source: str) -> str:
    """The text in which the rows of `table` are its source `source`; "" where it is not written as we can follow."""
    made = "".join(_lines(toml, table, source))
    try:
        return made if tomllib.loads(made) == _expected(tomllib.loads(toml), table, source) else ""
    except tomllib.TOMLDecodeError:
        return ""


def _expected(said: dict[str, Any], table: str, source: str) -> dict[str, Any]:
    whole = said["tables"].get(table)
    if not isinstance(whole, dict):
        return {}
    kept = {key: value for key, value in whole.items() if key in OF_THE_TABLE}
    part = {key: value for key, value in whole.items() if key not in OF_THE_TABLE}
    return {**said, "tables": {**said["tables"], table: {**kept, "sources": {source: part}}}}


def _lines(toml: str, table: str, source: str) -> Iterator[str]:
    """Line by line; `complete_until` and the like go up from the part to a header of the table."""
    head = f"tables.{table}.sources.{toml_key(source)}"
    inside: list[str] | None = None
    for line in toml.splitlines(keepends=True):
        if inside is not None and _ANY_HEADER.match(line):
            yield from _block(table, inside)
            inside = None
        found = _HEADER.fullmatch(line)
        ours = found and found["table"].strip("\"'") == table and not found["rest"].lstrip(". ").startswith("types")
        if found and ours and not found["rest"]:
            inside = [f"[{head}]{found['after']}"]
        elif found and ours:
            yield f"[{head}{found['rest']}]{found['after']}"
        elif inside is not None:
            inside.append(line)
        else:
            yield line
    yield from _block(table, inside or [])


def _block(table: str, lines: list[str]) -> Iterator[str]:
    whole = [line for line in lines if (key := _KEY.match(line)) and key[1] in OF_THE_TABLE]
    if whole:
        yield from (f"[tables.{table}]\n", *whole, "\n")
    yield from (line for line in lines if line not in whole)
