"""What was answered in the conversation of `init`, kept in the user's state folder until a workspace is written."""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kpi_tui.definitions.answers.setup import STEPS, SetupAnswers
from kpi_tui.definitions.calendar import KINDS, MONTHS, WEEKDAYS, YEAR_ENDS, YEAR_NAMES, Calendar
from kpi_tui.definitions.library.file_reading import ORDERS_OF_DATES, FileReading
from kpi_tui.definitions.user_folders import state_folder
from kpi_tui.definitions.written.status_words import MEANINGS
from kpi_tui.workspace.edits.draft import keep_draft


def setup_draft(folder: Path, environ: Mapping[str, str] = os.environ) -> Path:
    """Where the answers for a workspace in `folder` lie."""
    digest = hashlib.sha256(os.path.realpath(folder).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    return state_folder(environ) / "drafts" / f"setup-{digest}.json"


def save_setup(path: Path, answers: SetupAnswers) -> None:
    """Replace what was kept. WorkspaceError when it cannot be written."""
    said = {
        "version": 1,
        "folder": str(answers.folder),
        "files": [str(file) for file in answers.files],
        "assigned": {str(file): table for file, table in answers.assigned.items()},
        "left_out": sorted(answers.left_out),
        "taken": sorted(answers.taken),
        "columns": {part: dict(columns) for part, columns in answers.columns.items()},
        "words": {file: {name: dict(some) for name, some in of.items()} for file, of in answers.words.items()},
        "readings": {str(file): dataclasses.asdict(one) for file, one in answers.readings.items()},
        "roles": None if answers.roles is None else list(answers.roles),
        "calendar": dataclasses.asdict(answers.calendar),
        **{name: getattr(answers, name) for name in _PLAIN},
    }
    keep_draft(path, json.dumps(said))


_PLAIN = ("step", "name", "timezone", "currency", "rates", "complete", "preset")


def load_setup(path: Path) -> SetupAnswers | None:
    """What was kept; None where nothing was, or nothing that can be read (it is put aside then)."""
    try:
        return _answers(json.loads(path.read_bytes()))
    except OSError:
        return None
    except (ValueError, TypeError, KeyError, AttributeError):
        with contextlib.suppress(OSError):
            path.replace(path.with_name(f"{path.name}.damaged"))
        return None


def _answers(said: Mapping[str, Any]) -> SetupAnswers:
    found = SetupAnswers(
        folder=Path(said["folder"]),
        files=tuple(map(Path, said["files"])),
        assigned={Path(file): str(table) for file, table in said.get("assigned", {}).items()},
        left_out=frozenset(map(str, said["left_out"])),
        taken=frozenset(map(str, said["taken"])),
        columns={str(part): {str(k): str(v) for k, v in some.items()} for part, some in said["columns"].items()},
        words={
            str(file): {str(name): _meanings(some) for name, some in of.items()}
            for file, of in said.get("words", {}).items()
        },
        readings={Path(file): _reading(one) for file, one in said.get("readings", {}).items()},
        roles=None if said["roles"] is None else tuple(map(str, said["roles"])),
        calendar=_calendar(said.get("calendar", {})),
        **{name: str(said.get(name, "")) for name in _PLAIN},
    )
    return found if found.step in STEPS else found.at(STEPS[0])


def _reading(said: Mapping[str, Any]) -> FileReading:
    years = {str(name): str(year) for name, year in said["year_of"].items()}
    dates = {str(name): ORDERS_OF_DATES[ORDERS_OF_DATES.index(first)] for name, first in said.get("dates", {}).items()}
    return FileReading(str(said["sheet"]), fill_down=tuple(map(str, said["fill_down"])), year_of=years, dates=dates)


def _meanings(said: Mapping[str, str]) -> dict[str, str]:
    """ValueError for a meaning that nobody knows."""
    for meaning in said.values():
        MEANINGS.index(meaning)
    return {str(word): meaning for word, meaning in said.items()}


def _calendar(said: Mapping[str, Any]) -> Calendar:
    """ValueError for words that no calendar knows."""
    found = Calendar(**said)
    for word, known in (
        (found.week_start, WEEKDAYS),
        (found.fiscal_year, MONTHS),
        (found.fiscal_year_name, YEAR_NAMES),
        (found.kind, KINDS),
        (found.year_end, YEAR_ENDS),
    ):
        known.index(word)
    return found
