"""What a key of the definitions says: its values below each other, and as JSON whole."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from kpi_tui.definitions.edit import CellValue, KeyPath
from kpi_tui.text.format import DASH
from kpi_tui.views.cells import text
from kpi_tui.views.view import Column, View, sheet


def definition_shown(path: KeyPath, value: CellValue) -> View:
    """A row per value below the key."""
    rows = [[text(".".join(key)), text(DASH if one is None else _written(one))] for key, one in _below(path, value)]
    return View(sheets=(sheet([Column("key"), Column("value", flex=1)], rows, key="definition"),), data=value)


def _below(path: KeyPath, value: Any) -> Iterator[tuple[KeyPath, Any]]:
    if isinstance(value, dict) and value and not value.keys() <= {"en", "zh"}:
        for key, inner in value.items():
            yield from _below((*path, key), inner)
    else:
        yield path, value


def _written(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
