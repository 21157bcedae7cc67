"""Numbers that are not those of what is in view: dimmed while new ones are computed, and for as long as none came."""

from __future__ import annotations

from collections.abc import Callable

from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Static

from kpi_tui.text.i18n import N_, _
from kpi_tui.tui.widgets.bars import StatusLine

COMPUTING = N_("The numbers are being computed …")
OLD = "-old"
"""The class of a screen whose numbers are old."""
PATIENT = 0.3
"""Seconds of computing before the old numbers are dimmed: what comes from the cache flickers otherwise."""


class OldNumbers:
    """Dims the numbers of a screen.

    `shown`: whether there are any; `asked`: whether others that would take their place are being computed.
    """

    def __init__(self, screen: Screen[None], shown: Callable[[], bool], asked: Callable[[], bool]) -> None:
        self._screen, self._shown, self._asked = screen, shown, asked
        self._timer: Timer | None = None
        self._held, self._told = False, ""

    def follow(self, progress: tuple[str, int, int] | None) -> None:
        """The computing goes on, or has ended (None)."""
        if progress is not None or self._asked():
            self._timer = self._timer or self._screen.set_timer(PATIENT, self._look)
            return
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        self._screen.set_class(self._held, OLD)

    def stop(self, stop: Callable[[], bool]) -> bool:
        """Stop the computing and say so, until it computes again; False when there is none."""
        self._held = self._shown() and self._asked()
        if not stop():
            return False
        self._screen.set_class(self._held, OLD)
        told = _("Stopped: the dimmed numbers are those of before. F5 computes again.")
        self._told = told if self._held else _("Stopped. F5 computes again.")
        self._status.say(self._told, "warning")
        if not self._shown():
            self._say_instead(self._told)
        return True

    def renew(self, show: Callable[[], None]) -> None:
        """Show what is in view now: at once, or it is asked for and those of before stay as they are."""
        self._held = False
        if self._told and self._status.text == self._told:
            self._status.say("")
        show()
        if not self._asked():
            self._screen.remove_class(OLD)
        elif not self._shown():
            self._say_instead(_(COMPUTING))

    def _say_instead(self, text: str) -> None:
        """Where the numbers would stand."""
        for place in self._screen.query("#advice, #summary").results(Static):
            place.update(text)

    @property
    def _status(self) -> StatusLine:
        return self._screen.query_one(StatusLine)

    def _look(self) -> None:
        """Again and again while they are asked for: the answer to something else ends the progress, too."""
        asked, self._timer = self._asked(), None
        self._screen.set_class(asked or self._held, OLD)
        if asked:
            self._timer = self._screen.set_timer(PATIENT, self._look)
