"""Files of targets and typed numbers whose names mean other days, since the calendar is another."""

from __future__ import annotations

from collections.abc import Sequence

from kpi_tui.definitions.answers.targets.former_file import FormerFile
from kpi_tui.text.phrase import phrase
from kpi_tui.views.cells import text
from kpi_tui.views.view import Column, View, listed


def former_files(found: Sequence[FormerFile]) -> View:
    """A line a file; nothing is renamed yet."""
    said = phrase("Nothing is renamed yet: --set names these files after their days.")
    none = phrase("Every file is of the days that its name means.")
    lines = listed(
        found,
        [
            (Column("folder", phrase("Folder")), lambda one: text(one.folder)),
            (Column("file", phrase("File")), lambda one: text(one.name)),
            (Column("days", phrase("Its days")), lambda one: text(one.now.days_said)),
            (Column("now", phrase("Called now")), lambda one: text(one.now.id)),
        ],
        lambda one: f"{one.folder}/{one.name}",
        phrase("Files of another calendar"),
        [said if found else none],
        "former",
    )
    data = [{"folder": one.folder, "file": one.name, "days": one.now.days_said, "now": one.now.id} for one in found]
    return View(sheets=(lines,), data=data)
