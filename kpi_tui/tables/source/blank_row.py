"""Why a row without any cell is left out: it is counted and shown, and nothing that a number could lack."""

from __future__ import annotations

from kpi_tui.definitions.message import say

BLANK_ROW = say("blank row")
