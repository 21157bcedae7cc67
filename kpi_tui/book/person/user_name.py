"""Who edits: the name that stands beside every change, and the account behind it."""

from __future__ import annotations

import getpass
import os
from collections.abc import Mapping


def user_name(environ: Mapping[str, str]) -> str:
    """Who edits: $KPI_TUI_USER, else the login name."""
    if name := environ.get("KPI_TUI_USER", ""):
        return name
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


def account() -> str:
    """The login account the program runs under, whatever the environment says; "" when the system knows none."""
    try:
        import pwd

        return pwd.getpwuid(os.getuid()).pw_name
    except (ImportError, KeyError):  # Windows has no such list; a container's user may stand in none
        return os.environ.get("USERNAME", "")
