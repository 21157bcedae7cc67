"""The last guard before the terminal: no control character of any text becomes a command to it."""

from __future__ import annotations

import re
from functools import lru_cache

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from kpi_tui.text.clean import clean

_SUSPECT = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)


class ControlFilter(LineFilter):
    """Shows control, bidi and invisible characters as symbols and keeps the line as wide as it was."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same segments, harmless; nothing is copied when there is nothing to do."""
        del background  # symbols keep the colours of the text around them
        if not any(_SUSPECT.search(text) for text, _style, _control in segments):
            return segments
        width = sum(segment.cell_length for segment in segments)
        shown = [Segment(clean(text), style) for text, style, _control in segments]
        return Segment.adjust_line_length(shown, width)


class FilterChain(LineFilter):
    """Filters one after another: to Textual a single one, for it makes and keeps a line anew for each."""

    def __init__(self, *filters: LineFilter) -> None:
        super().__init__()
        self._filters = filters

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """What the last one makes of what the others made."""
        for one in self._filters:
            segments = one.apply(segments, background)
        return segments


@lru_cache(maxsize=4)
def chained(*filters: LineFilter) -> FilterChain:
    """The chain of these filters, always the same: lines are kept for as long as it is."""
    return FilterChain(*filters)
