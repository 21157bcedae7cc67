"""The head of the scorecard: who and when, the total as a bar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from kpi_tui.text.clean import clean, fit, width
from kpi_tui.text.format import rule

GAP = 2  # cells between name and period


@dataclass(frozen=True, slots=True)
class Head:
    """The words of the head; `brief` says `when` in a few cells; `share` fills the bar."""

    who: str = ""
    when: str = ""
    brief: str = ""
    score: str = ""
    share: float | None = None


class Headline(Widget):
    """Two lines: names and period, score and bar."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"headline--who", "headline--score", "headline--when"}
    DEFAULT_CSS = """
    Headline {
        height: 2; color: $foreground; background: $background;
        & > .headline--who { text-style: bold; }
        & > .headline--when { text-style: none; }
        & > .headline--score { text-style: bold; color: $primary; }
    }
    """
    head: reactive[Head] = reactive(Head())

    def render_line(self, y: int) -> Strip:
        """One of the two lines."""
        room = self.size.width - 2
        base = self.rich_style
        segments = [Segment(" ", base), *self._line(y, room, base), Segment(" ", base)]
        return Strip(segments).adjust_cell_length(self.size.width, base)

    def _line(self, y: int, room: int, base: Style) -> list[Segment]:
        head = self.head
        if y == 0:
            words = head.when
            if head.brief and width(clean(head.who)) + GAP + width(clean(words)) > room:
                words = head.brief
            when = min(width(clean(words)), room)
            left = Segment(fit(head.who, room - when), self._style("who", base))
            return [left, Segment(fit(words, when), self._style("when", base))]
        score = min(width(clean(head.score)) + 3, room)
        track = room - score if head.score else 0
        drawn = Segment(rule(head.share, max(track, 0)), self._style("score", base))
        return [Segment(fit(head.score, score), self._style("who", base)), drawn]

    def _style(self, name: str, base: Style) -> Style:
        return base + self.get_component_rich_style(f"headline--{name}", partial=True)
