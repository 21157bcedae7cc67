"""Who edits: the name that stands beside every change, and the account behind it."""

from __future__ import annotations

import os
from collections.abc import Mapping


def user_name(environ: Mapping[str, str]) -> str:
    """What who edits is called: $KPI_TUI_USER, which is said beside the account, else the account; never $USER."""
    return environ.get("KPI_TUI_USER", "") or account() or "unknown"


def account() -> str:
    """The account the program runs with the rights of, whatever the environment says; its number without a name."""
    try:
        import pwd

    except ImportError:  # Windows has no such list
        return os.environ.get("USERNAME", "")
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:  # a container's user may stand in none
        return f"uid {os.geteuid()}"
