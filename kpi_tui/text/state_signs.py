"""The sign of how a line or link stands: it says without colour what colour says too."""

from __future__ import annotations

from kpi_tui.definitions.attainment_state import State

STATE_SIGNS: dict[State, str] = {"on_target": "●", "near": "◐", "weak": "○", "unknown": "◌", "none": " "}
