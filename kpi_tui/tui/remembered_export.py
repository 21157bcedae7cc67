"""What E offers: the folder and format of the last export, and a file name made of a title."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from kpi_tui.book import write_file
from kpi_tui.definitions.issue import KpiError
from kpi_tui.definitions.user_folders import make_private_folder, state_folder
from kpi_tui.render.formats import Format
from kpi_tui.tui.overlays.export import ExportWish

_SIGNS = re.compile(r"[^\w.-]+")
MOST_NAME = 60


def offered(name: str, environ: Mapping[str, str], forms: Sequence[Format]) -> ExportWish:
    """The folder and format of the last time, else the present folder and html."""
    folder, form = Path.cwd(), forms[0]
    try:
        kept = json.loads(_memory(environ).read_text(encoding="utf-8"))
        form = kept["format"] if kept["format"] in forms else form
        folder = Path(kept["folder"]) if Path(kept["folder"]).is_dir() else folder
    except (OSError, ValueError, TypeError, KeyError):
        pass  # nothing was exported yet, or the note about it is unreadable: a default serves as well
    return ExportWish(folder / f"{file_name(name)}.{form}", form)


def remember(wish: ExportWish, environ: Mapping[str, str]) -> None:
    """Keep folder and format for the next time; that it cannot be kept spoils nothing."""
    note: dict[str, str | Format] = {"folder": str(wish.file.expanduser().resolve().parent), "format": wish.form}
    memory = _memory(environ)
    try:
        make_private_folder(memory.parent)
        write_file(memory, json.dumps(note).encode())
    except (OSError, KpiError):
        return


def file_name(title: str) -> str:
    """A title as a name every file system takes."""
    return _SIGNS.sub("-", title).strip("-.")[:MOST_NAME] or "kpi-tui"


def _memory(environ: Mapping[str, str]) -> Path:
    return state_folder(environ) / "export.json"
