"""Keys a person chose: the table [keys] of the config file, checked against the commands there are."""

from __future__ import annotations

from pathlib import Path

from kpi_tui.definitions.names import nearest
from kpi_tui.text.i18n import _
from kpi_tui.tui.keys.registry import COMMANDS, by_id


def own_keys(keys: object, path: Path, problems: list[str]) -> dict[str, str]:
    """Command id -> its keys; what is no command or no key is added to `problems`, a sentence each."""
    if not isinstance(keys, dict):
        problems.append(_("{file}: keys must be a table [keys]", file=str(path)))
        return {}
    known = by_id(COMMANDS)
    keymap: dict[str, str] = {}
    for id_, value in keys.items():
        if id_ not in known:
            near = nearest(id_, known)
            hint = _("; did you mean {name}?", name=near) if near else ""
            problems.append(_("{file}: [keys] has no command {key}", file=str(path), key=id_) + hint)
        elif isinstance(value, str) and value.strip():
            keymap[id_] = value
        else:
            problems.append(_("{file}: [keys] {key} must be a key name", file=str(path), key=id_))
    return keymap
