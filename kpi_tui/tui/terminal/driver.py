"""Textual's Linux driver, made to survive bad bytes and a lost terminal, and to draw on its own descriptor."""

from __future__ import annotations

import io
import os
import selectors
import signal
from codecs import getincrementaldecoder
from typing import Any

from textual._parser import ParseError
from textual._time import get_time
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver


class SafeDriver(LinuxDriver):
    """Draws on a duplicate of stdout, so that file descriptor 2 can be a log while the app runs.

    Stock Textual dies with UnicodeDecodeError on one GBK byte, and spins when the terminal is gone.
    """

    def __init__(self, app: App[Any], **options: Any) -> None:
        super().__init__(app, **options)
        self.output = os.dup(1)
        self._file = io.TextIOWrapper(
            io.FileIO(self.output, "w"), encoding="utf-8", errors="replace", newline="", write_through=False
        )

    def _get_terminal_size(self) -> tuple[int, int]:
        """As the terminal says. $COLUMNS and $LINES, which some shells export, stay as they are when it is resized."""
        try:
            size = os.get_terminal_size(self.output)
        except OSError:
            size = os.terminal_size((0, 0))
        return (size.columns, size.lines) if size.columns and size.lines else super()._get_terminal_size()

    def _sigcont_application(self, *_: object) -> None:
        """Go on. SIGSTOP, unlike ctrl+z, stopped nothing of ours: a second thread would read beside the first."""
        if self._key_thread is not None and self._key_thread.is_alive():
            self.suspend_application_mode()
            self._must_signal_resume = True  # the shell may have written over the screen
        super()._sigcont_application()

    def _run_input_thread(self) -> None:
        """A defect in reading keys is a crash of the app: logged with its traceback, told in one sentence."""
        try:
            self.run_input_thread()
        except Exception as error:  # noqa: BLE001  handed to the app, which ends
            self._app.call_later(self._app._handle_exception, error)

    def run_input_thread(self) -> None:
        """Read keys until told to stop; undecodable bytes become U+FFFD, end of input means hang-up."""
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")(errors="replace").decode
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(0.1):
                    data = self._read()
                    if data is None:
                        return
                    read = get_time()
                    # A lone lead byte decodes to nothing yet, and an empty text would tell the parser "end of input".
                    for event in parser.feed(text) if (text := decode(data)) else ():
                        event.time = read  # what was read before a question was asked does not answer it
                        self.process_message(event)
                for event in parser.tick():
                    self.process_message(event)
        try:
            list(parser.feed(""))
        except (EOFError, ParseError):
            return  # an unfinished key sequence at the end is nobody's

    def _read(self) -> bytes | None:
        """Bytes from the terminal; None when it is gone (the hang-up handler then saves and ends)."""
        try:
            data = os.read(self.fileno, 4096)
        except OSError:
            data = b""
        if data:
            return data
        os.kill(os.getpid(), signal.SIGHUP)
        return None
