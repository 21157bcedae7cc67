"""Files that answers are written to, outside every workspace."""

from __future__ import annotations

from pathlib import Path

from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.message import say
from kpi_tui.definitions.written.written_path import written_path


def write_file(path: Path, data: bytes) -> Path:
    """Write a whole file or nothing, replacing one of that name; the path in full. UsageError says why it cannot be."""
    from kpi_tui.workspace.edits.atomic import write_atomic

    target = written_path(path)
    if target.is_dir():
        raise UsageError(say("{path} is a folder; name a file", path=path))
    if not target.parent.is_dir():
        raise UsageError(say("{path} cannot be written: there is no folder {folder}", path=path, folder=target.parent))
    try:
        write_atomic(target, data, durable=False)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise UsageError(say("{path} cannot be written: {why}", path=path, why=why)) from None
    return target.resolve()
