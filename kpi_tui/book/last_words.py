"""What is said when a native reader ends the process, for who answers in it: a command."""

from __future__ import annotations

from kpi_tui.tables.native_aborts import last_words as last_words
