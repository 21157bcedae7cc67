"""A role of a shipped preset, made of what the data of a workspace allow (R035)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kpi_tui.definitions.text import Text


@dataclass(frozen=True, slots=True)
class PresetRole:
    """`definition`: the role as TOML holds it; `said`: what was put in place of what, or left out."""

    preset: str
    id: str
    name: Text
    metrics: tuple[str, ...]
    definition: Mapping[str, object]
    said: tuple[str, ...] = ()
