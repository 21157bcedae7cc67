"""Where one was: the step and the row of each, kept per workspace so that a second start goes on there."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kpi_tui.book import write_file
from kpi_tui.definitions.issue import KpiError
from kpi_tui.definitions.user_folders import make_private_folder, state_folder


@dataclass(slots=True)
class DesignPlace:
    """The step in view, and the row under the cursor of each step."""

    step: str = ""
    rows: dict[str, str] = field(default_factory=dict)


def read_place(root: Path, environ: Mapping[str, str]) -> DesignPlace:
    """Where one was in this workspace; nowhere when nothing, or nothing readable, is kept."""
    kept = _all(environ).get(str(root), {})
    try:
        rows = {str(step): str(row) for step, row in dict(kept["rows"]).items()}
        return DesignPlace(str(kept["step"]), rows)
    except (KeyError, TypeError, ValueError):
        return DesignPlace()


def keep_place(root: Path, place: DesignPlace, environ: Mapping[str, str]) -> None:
    """Keep it for the next start; that it cannot be kept spoils nothing."""
    file = _file(environ)
    found = _all(environ) | {str(root): {"step": place.step, "rows": place.rows}}
    try:
        make_private_folder(file.parent)
        write_file(file, json.dumps(found).encode())
    except (OSError, KpiError):
        return


def _all(environ: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    try:
        found = json.loads(_file(environ).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _file(environ: Mapping[str, str]) -> Path:
    return state_folder(environ) / "design.json"
