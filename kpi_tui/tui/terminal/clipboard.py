"""Text to the clipboard of whoever sits at the terminal: by OSC 52, which crosses SSH, and through tmux."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from typing import Protocol

MOST = 74_000
"""Bytes that terminals take at once (xterm's limit in base64 is 100,000)."""


class Terminal(Protocol):
    """What can write OSC 52: the running app."""

    def copy_to_clipboard(self, text: str) -> None:
        """Ask the terminal to keep the text."""


def copy(app: Terminal, text: str, environ: Mapping[str, str]) -> bool:
    """Copy; False when the text is longer than terminals take. A terminal that ignores OSC 52 tells nobody."""
    if len(text.encode("utf-8", "replace")) > MOST:
        return False
    if not (environ.get("TMUX") and _through_tmux(text)):
        app.copy_to_clipboard(text)
    return True


def _through_tmux(text: str) -> bool:
    """tmux keeps OSC 52 of programs to itself unless told otherwise; its own command hands the text on (`-w`)."""
    try:
        done = subprocess.run(
            ["tmux", "load-buffer", "-w", "-"], input=text.encode("utf-8", "replace"), capture_output=True, timeout=2
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
