"""The shipped TOML as it was parsed when the program was built: a seventh of what a start costs.

`hatch_build.py` writes one JSON file beside this one. It is believed of the very same text only (by SHA-256), so that
a file that was changed is parsed; where there is none, every file is.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from kpi_tui.workspace.toml.key_lines import TomlPath

FILE = Path(__file__).with_name("shipped.json")
Parsed = tuple[Mapping[str, Any], Mapping[TomlPath, int]]
"""The data of a file, and the line of every key."""


def as_built(text: str) -> Parsed | None:
    """What a text was parsed to; None where it is not known."""
    found = _built(FILE).get(_digest(text))
    return (found[0], {tuple(path): line for path, line in found[1]}) if found else None


def write(files: Iterable[tuple[str, Parsed]], into: Path = FILE) -> None:
    """Keep texts as they were parsed; one that JSON cannot say (it has a date) is left to be parsed."""
    built = {}
    for text, (data, lines) in files:
        try:
            json.dumps(data, allow_nan=False)
        except (TypeError, ValueError):
            continue
        built[_digest(text)] = [data, [[list(path), line] for path, line in lines.items()]]
    into.write_text(json.dumps(built, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


@cache
def _built(file: Path) -> Mapping[str, Any]:
    try:
        found = json.loads(file.read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
