"""A pseudo-terminal with the app in it: type, read the screen, send signals, hang up."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyte

if TYPE_CHECKING:
    from tests.terminal.warm_starts import WarmStarts

ROOT = Path(__file__).parents[2]


class Terminal:
    """The child of a fresh pty of 80×24 cells; `screen` is what a person sees."""

    def __init__(
        self, *arguments: str, home: Path, size: tuple[int, int] = (80, 24), warm: WarmStarts | None = None
    ) -> None:
        """`python ARGUMENTS`: a fresh interpreter, or a warm start."""
        columns, rows = size
        self.raw = b""
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        kept, self.slave = pty.openpty()
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.attributes: list[Any] = termios.tcgetattr(self.slave)
        self.master = kept
        environ = {"PATH": os.environ["PATH"], "HOME": str(home), "TERM": "xterm-256color", "LANG": "C.UTF-8"}
        environ |= {"XDG_STATE_HOME": str(home / "state"), "XDG_CONFIG_HOME": str(home / "config")}
        self._warm = warm
        self.pid = warm.start(arguments, environ, self.slave) if warm else self._start(arguments, environ)

    def _start(self, arguments: tuple[str, ...], environ: dict[str, str]) -> int:
        pid = os.fork()
        if not pid:
            os.close(self.master)
            login(self.slave)
            os.chdir(ROOT)
            os.execve(sys.executable, [sys.executable, *arguments], environ)
        return pid

    def _ended(self) -> int | None:
        """The status of `os.waitpid`; None while it runs."""
        if self._warm:
            return self._warm.ended(self.pid)
        done, status = os.waitpid(self.pid, os.WNOHANG)
        return status if done else None

    def read(self, seconds: float = 0.1) -> bytes:
        """What the app writes within `seconds`."""
        got = b""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if not select.select([self.master], [], [], left)[0]:
                break
            try:
                data = os.read(self.master, 65536)
            except OSError:
                break
            if not data:
                break
            got += data
            self._stream.feed(data)
        self.raw += got
        return got

    @property
    def text(self) -> str:
        """The screen's text."""
        return "\n".join(self.screen.display)

    def wait_for(self, text: str, seconds: float = 60) -> None:
        """Until `text` stands on the screen."""
        end = time.monotonic() + seconds
        while text not in self.text:
            assert time.monotonic() < end, f"{text!r} did not appear:\n{self.text}"
            self.read(0.05)

    def type(self, data: bytes) -> None:
        """Send bytes as a keyboard would."""
        os.write(self.master, data)

    def signal(self, number: int) -> None:
        """Send a signal to the app."""
        os.kill(self.pid, number)

    def hang_up(self) -> None:
        """The other end is gone."""
        os.close(self.slave)
        os.close(self.master)
        self.master = -1

    def end(self, seconds: float = 60) -> int:
        """The exit status (128 + n after signal n); fails when the app does not end."""
        limit = time.monotonic() + seconds
        while time.monotonic() < limit:
            if (status := self._ended()) is not None:
                self.pid = 0
                if self.master >= 0:
                    self.read(0.2)
                return os.waitstatus_to_exitcode(status)
            if self.master >= 0:
                self.read(0.05)
            else:
                time.sleep(0.05)
        raise AssertionError(f"still running:\n{self.text}")

    def is_restored(self) -> bool:
        """Echo and line mode as before, alternate screen left, cursor shown, mouse and paste modes off."""
        last = {mode: self.raw.rfind(mode + b"l") > self.raw.rfind(mode + b"h") for mode in _LEFT}
        cursor = self.raw.rfind(b"\x1b[?25h") > self.raw.rfind(b"\x1b[?25l")
        return termios.tcgetattr(self.slave) == self.attributes and cursor and all(last.values())

    def close(self) -> None:
        """Nothing is left behind."""
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
            while self._ended() is None:
                time.sleep(0.01)
        for descriptor in (self.master, self.slave):
            if descriptor >= 0:
                try:
                    os.close(descriptor)
                except OSError:
                    continue


_LEFT = (b"\x1b[?1049", b"\x1b[?1000", b"\x1b[?1003", b"\x1b[?2004")


def login(slave: int) -> None:
    """Make it the terminal of this process; os.login_tty of Python 3.13, which closes what it is given."""
    os.setsid()
    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
    for descriptor in (0, 1, 2):
        os.dup2(slave, descriptor)
