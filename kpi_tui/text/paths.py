"""A path as a person reads it: without detours, and no longer than needed where they are."""

from __future__ import annotations

from pathlib import Path


def shown_path(path: Path | str) -> str:
    """Below the working folder from there, below the home folder as `~/…`, else in full; `..` is never left in it."""
    try:
        whole, here, home = Path(path).expanduser().resolve(), Path.cwd(), Path.home().resolve()
    except (OSError, RuntimeError):  # a removed working folder, no home: as it was said
        return str(path)
    if whole != here and whole.is_relative_to(here):
        return str(whole.relative_to(here))
    return str(Path("~") / whole.relative_to(home)) if whole != home and whole.is_relative_to(home) else str(whole)
