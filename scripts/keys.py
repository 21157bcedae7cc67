"""Write docs/keys.md from the registry of commands: `python scripts/keys.py [--check]`."""

from __future__ import annotations

import sys
from pathlib import Path

from kpi_tui.text.i18n import speaking
from kpi_tui.tui.keys.labels import shown_keys
from kpi_tui.tui.keys.registry import COMMANDS, in_scope
from kpi_tui.tui.overlays.help import SCOPES

SHEET = Path(__file__).parent.parent / "docs" / "keys.md"
HEAD = """# Keys

Written by `python scripts/keys.py` from the registry of commands; a test holds it current. Every command can be given
other keys by its id in `$XDG_CONFIG_HOME/kpi-tui/config.toml`:

```toml
[keys]
"reload" = "f5,ctrl+l"
```
"""


def cheat_sheet() -> str:
    """The whole file."""
    with speaking("en"):
        sections = [_section(scope, title) for scope, title in SCOPES.items() if in_scope(scope, COMMANDS)]
    return HEAD + "".join(sections)


def _section(scope: str, title: str) -> str:
    rows = "".join(
        f"| {' '.join(f'`{key}`' for key in shown_keys(command, {}).split())} | {command.help} | `{command.id}` |\n"
        for command in in_scope(scope, COMMANDS)
    )
    return f"\n## {title}\n\n| Keys | What it does | Id |\n|---|---|---|\n{rows}"


def main() -> int:
    """Write the file, or with --check say whether it is stale."""
    if "--check" in sys.argv:
        return 0 if SHEET.read_text(encoding="utf-8") == cheat_sheet() else 1
    SHEET.write_text(cheat_sheet(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
