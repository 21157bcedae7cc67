"""What a workspace still asks of files that were left out, taken out of its tables.toml once such a file is added."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path

from kpi_tui.workspace.definition_edits.rewritten import rewritten
from kpi_tui.workspace.definition_edits.still_asked import english


def without_settled(toml: str, added: Iterable[Path], name: str) -> str:
    """The text of the file `name` without the questions whether these files are rightly left out.

    UsageError where the text cannot be changed.
    """
    files = tuple(f"{path.name} is left out: " for path in added)
    said = tomllib.loads(toml) if any(file in toml for file in files) else {}
    changed = False
    for table in said.get("tables", {}).values():
        for part in (table, *table.get("sources", {}).values()):
            kept = [one for one in part.get("confirm", ()) if not english(one).startswith(files)]
            if len(kept) < len(part.get("confirm", ())):
                changed = True
                part |= {"confirm": kept}
                if not kept:
                    del part["confirm"]
    return rewritten(toml.encode(), said, name).decode() if changed else toml
