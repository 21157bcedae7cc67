"""A path as a person writes it, and why it leads nowhere before anybody reads there."""

from __future__ import annotations

from pathlib import Path

from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.message import Message, say

_SHOWN = 80


def written_path(text: str | Path) -> Path:
    """The path with `~` as a home folder. UsageError where it leads nowhere, however it is asked for."""
    try:
        path = Path(text).expanduser()
    except RuntimeError:
        raise UsageError(say("{path:.80}: there is no such user", path=str(text))) from None
    if why := leads_nowhere(path):
        raise UsageError(say("{path:.80}: {why}", path=str(text), why=why))
    return path


def leads_nowhere(path: Path) -> Message | str:
    """Links in a circle, a name too long, a NUL: "" for what can be looked for."""
    try:
        path.stat()
    except FileNotFoundError:
        return ""
    except ValueError:
        return say("a path holds no NUL")
    except OSError as error:
        return error.strerror or str(error)
    return ""


def data_folder(root: Path, data: str) -> Path:
    """The folder that `data` of workspace.toml names; a name below `root` that is not there where it leads nowhere."""
    try:
        return written_path(root / written_path(data))
    except UsageError:
        return root / data.replace("\0", "")[:_SHOWN]
