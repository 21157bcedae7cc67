"""The digest of what a period was scored by: a later form, a comment, another order leave it as it was."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from kpi_tui.definitions.issue import Issue
from kpi_tui.definitions.period import Period
from kpi_tui.workspace.changed_definitions import contents, definition_files
from kpi_tui.workspace.definition_edits.dated_keys import counting_in
from kpi_tui.workspace.definition_edits.sections import SECTIONS
from kpi_tui.workspace.toml.source import read_toml


def contents_in(root: Path, period: Period) -> str:
    """Like `contents` of the definition files, but of roles, people and bonus only what counts in the period.

    What changes from a later period on leaves it as it was; so do comments and the order of those files.
    """
    own = root.resolve()
    heads = {own / place.file for place in SECTIONS.values() if place.dated and not place.file.endswith("/")}
    dated = [path for path in definition_files(root) if path in heads or path.parent == own / "roles"]
    rest = contents(path for path in definition_files(root) if path not in dated)
    said: list[str] = []
    for path in dated:
        source = read_toml(path, path.name)
        data = None if isinstance(source, Issue) else counting_in(source.data, period)
        said.append(path.read_bytes().hex() if data is None else json.dumps(data, sort_keys=True, default=str))
    return hashlib.sha256("\0".join([rest, *sorted(one for one in said if one != "{}")]).encode()).hexdigest()
