"""What a new workspace is called, where it lies, whose days and money it counts."""

from __future__ import annotations

from pathlib import Path

from kpi_tui.text.phrase import Word, phrase
from kpi_tui.views.cells import text
from kpi_tui.views.start.files import LIST
from kpi_tui.views.view import Column, Row, Sentence, View, sheet

CHANGEABLE = ("name", "folder", "timezone", "currency")


def settings(name: str, folder: Path, timezone: str, currency: str, *, adds: bool) -> View:
    """The settings with their values; of a workspace that is there they stand in its workspace.toml."""
    rows: list[tuple[str, Word, Word]] = [
        ("name", phrase("Name"), name),
        ("folder", phrase("Folder"), str(folder)),
        ("timezone", phrase("Time zone"), timezone),
        ("currency", phrase("Currency"), currency),
        ("week", phrase("Weeks"), phrase("from Monday to Sunday, numbered as ISO 8601 does")),
        ("year", phrase("Years"), phrase("from January to December")),
    ]
    columns = [Column("what", most=14), Column("value", flex=1)]
    fixed: tuple[str, ...] = tuple(key for key, _, _ in rows) if adds else ("week", "year")
    lines = [Row(key, (text(label), text(value, "muted" if key in fixed else ""))) for key, label, value in rows]
    said = phrase("Days begin and end in this zone; amounts are in this currency. e changes a line.")
    if adds:
        said = phrase("The workspace is there: its settings stay as they are.")
    return View(phrase("Settings"), (Sentence(said, key="advice"),), (sheet(columns, lines, key=LIST),))
