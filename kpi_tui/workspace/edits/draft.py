"""Unsaved edits kept on disk, so that a lost terminal loses nothing.

A draft lies in `$XDG_STATE_HOME/kpi-tui/drafts/`, one per workspace and person. Writing it takes no lock
and logs nothing: a signal handler may do it, even in the middle of another write.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from kpi_tui.definitions.calendar import ISO, Calendar
from kpi_tui.definitions.edit import Edit
from kpi_tui.definitions.issue import WorkspaceError
from kpi_tui.definitions.message import say
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.target import TargetKey
from kpi_tui.definitions.user_folders import is_own, make_private_folder, state_folder
from kpi_tui.workspace.edits.atomic import write_atomic
from kpi_tui.workspace.edits.history import cell_value
from kpi_tui.workspace.files.plain_file import open_plain

MAX_BYTES = 4 * 1024 * 1024
DraftEdits = Mapping[str, Sequence[Edit]]
"""Edits by the id of their file: a period's."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a former session left behind; `note` says when something could not be read."""

    edits: DraftEdits = field(default_factory=dict)
    note: str = ""

    def __len__(self) -> int:
        """Number of cells and keys that were edited, however often each was."""
        return len({(file, edit.since, edit.key) for file, some in self.edits.items() for edit in some})


def draft_path(root: Path, who: str, environ: Mapping[str, str] = os.environ) -> Path:
    """Where the draft of `who` for the workspace at `root` lies."""
    workspace = os.path.realpath(root)
    name = re.sub(r"[^\w.@-]", "_", who)[:40]
    digest = hashlib.sha256(f"{workspace}\0{who}".encode("utf-8", "surrogateescape")).hexdigest()[:16]
    return state_folder(environ) / "drafts" / f"{digest}-{name}.json"


def save_draft(path: Path, edits: DraftEdits, calendar: Calendar = ISO) -> None:
    """Replace the draft, whose periods are called as in the calendar; without edits remove it.

    WorkspaceError when it cannot be written.
    """
    if not any(edits.values()):
        clear_draft(path)
        return
    cells = [_plain(period, edit) for period, some in edits.items() for edit in some]
    keep_draft(path, json.dumps({"version": 1, **_called(calendar), "edits": cells}, allow_nan=False))


def keep_draft(path: Path, text: str) -> None:
    """Replace what is kept at `path` in the user's state folder. WorkspaceError when it cannot be written."""
    try:
        make_private_folder(path.parent)
        write_atomic(path, text.encode("ascii"), durable=False, mode=0o600, follow=False)
    except OSError as error:
        raise WorkspaceError(
            say("{path}: the draft cannot be kept ({why})", path=path, why=error.strerror or error)
        ) from error


def load_draft(path: Path, calendar: Calendar = ISO) -> Draft:
    """The draft, or an empty one. A damaged file, or one whose weeks and years are called by another calendar, is
    moved aside and named in the note; this never fails."""
    try:
        said = json.loads(_own_text(path))
        if said.get("calendar") != _called(calendar).get("calendar"):
            return Draft(note=_of_another_calendar(path))
        edits: dict[str, list[Edit]] = {}
        for cell in said["edits"]:
            edits.setdefault(_file(cell, calendar), []).append(_edit(cell))
    except FileNotFoundError:
        return Draft()
    except WorkspaceError as error:
        return Draft(note=str(error))
    except OSError as error:
        return Draft(
            note=say(
                "{path}: the draft of the last session cannot be read ({why})", path=path, why=error.strerror or error
            )
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return Draft(note=_put_aside(path))
    return Draft(edits)


def _own_text(path: Path) -> bytes:
    """ValueError: it is too large. WorkspaceError: a link, or somebody else's."""
    with os.fdopen(open_plain(path, os.O_RDONLY), "rb") as file:
        if not is_own(path):
            raise WorkspaceError(say("{path} belongs to another account and is not read", path=path))
        text = file.read(MAX_BYTES + 1)
    if len(text) > MAX_BYTES:
        raise ValueError(say("it is too large"))
    return text


def clear_draft(path: Path) -> None:
    """Remove the draft, if there is one. WorkspaceError when it cannot be removed."""
    try:
        path.unlink(missing_ok=True)
    except NotADirectoryError:
        return
    except OSError as error:
        raise WorkspaceError(
            say("{path}: the draft cannot be removed ({why})", path=path, why=error.strerror or error)
        ) from error


def set_aside(path: Path) -> str:
    """Keep a draft nobody decided about under another name; says which. WorkspaceError when that fails."""
    aside = path.with_name(f"{path.name}.former-{datetime.now():%Y%m%d-%H%M%S}")
    try:
        path.rename(aside)
    except OSError as error:
        raise WorkspaceError(
            say("{path}: the former draft cannot be moved aside ({why})", path=path, why=error.strerror or error)
        ) from error
    return say("The unsaved edits of the last session are kept as {aside}", aside=aside)


def _put_aside(path: Path) -> str:
    aside = path.with_name(f"{path.name}.damaged-{datetime.now():%Y%m%d-%H%M%S}")
    try:
        path.rename(aside)
    except OSError as error:
        return say("{path}: the draft of the last session is damaged ({why})", path=path, why=error.strerror or error)
    return say("The draft of the last session is damaged; it is kept as {aside}", aside=aside)


def _of_another_calendar(path: Path) -> str:
    try:
        return say("{kept}: they were made when weeks and years began on other days", kept=set_aside(path))
    except WorkspaceError as error:
        return str(error)


def _called(calendar: Calendar) -> dict[str, object]:
    """What a draft says of a calendar; nothing of that of ISO 8601."""
    return {} if calendar == ISO else {"calendar": dataclasses.asdict(calendar)}


def _plain(period: str, edit: Edit) -> dict[str, object]:
    cell = {"period": period, **_plain_key(edit), "to": edit.to, "base": edit.base, "why": edit.why}
    return cell | {"since": edit.since} if edit.since else cell


def _plain_key(edit: Edit) -> dict[str, object]:
    """A target's two keys are a role and a metric, as in every draft there is; any other path is written key by key."""
    if isinstance(edit.key, TargetKey):
        return {"role": edit.key.role, "metric": edit.key.metric}
    return {"keys": list(edit.key)}


def _file(cell: Mapping[str, Any], calendar: Calendar) -> str:
    return str(cell["period"]) if "keys" in cell else Period.parse(cell["period"], calendar).id


def _edit(cell: Mapping[str, Any]) -> Edit:
    keys = tuple(cell["keys"]) if "keys" in cell else TargetKey(cell["role"], cell["metric"])
    why, since = cell.get("why", ""), cell.get("since", "")
    if not all(isinstance(word, str) for word in (*keys, why, since)):
        raise TypeError("words")
    to, base = (cell_value(cell[name], of_target="keys" not in cell) for name in ("to", "base"))
    return Edit(keys, to, base, why, since)
