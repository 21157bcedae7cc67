"""What a person agrees with: sentences of `confirm` taken out of tables.toml, so that `check` asks them no more."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from pathlib import Path
from typing import Any

from kpi_tui.workspace.definition_edits.rewritten import rewritten
from kpi_tui.workspace.start.add_tables import FILE
from kpi_tui.workspace.start.settled import english
from kpi_tui.workspace.start.write_together import write_together

EVERY = "all"


def agree(root: Path, texts: Collection[str]) -> list[str]:
    """Takes out the sentences that contain one of the texts (`all`: every one), in either language; those taken.

    UsageError where the file cannot be changed.
    """
    path = root / FILE
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    data = tomllib.loads(before)
    gone: list[str] = []
    for table in data.get("tables", {}).values():
        for part in (table, *table.get("sources", {}).values()):
            asked = part.get("confirm", ())
            asked = [asked] if isinstance(asked, str) else list(asked)
            kept = [one for one in asked if not _is_meant(one, texts)]
            gone += [english(one) for one in asked if one not in kept]
            if asked and kept:
                part["confirm"] = kept
            elif asked:
                del part["confirm"]
    if gone:
        write_together(root, {FILE: rewritten(before.encode(), data, FILE).decode()})
    return gone


def _is_meant(one: Any, texts: Collection[str]) -> bool:
    said = list(one.values()) if isinstance(one, dict) else [one]
    return EVERY in texts or any(text in str(sentence) for text in texts for sentence in said)
