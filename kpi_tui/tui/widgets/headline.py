"""The head of the scorecard: who and when, the total as a bar, what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from kpi_tui.text.clean import clean, fit, width
from kpi_tui.text.format import bar


@dataclass(frozen=True, slots=True)
class Head:
    """The words of the head; `share` fills the bar, `weak` colours the advice."""

    who: str = ""
    when: str = ""
    score: str = ""
    share: float | None = None
    advice: str = ""
    weak: bool = False


class Headline(Widget):
    """Three lines: names and period, score and bar, advice."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"headline--who", "headline--score", "headline--weak", "headline--when"}
    DEFAULT_CSS = """
    Headline {
        height: 3; color: $foreground; background: $background;
        & > .headline--who { text-style: bold; }
        & > .headline--when { text-style: none; }
        & > .headline--score { text-style: bold; color: $primary; }
        & > .headline--weak { text-style: bold; color: $text-error; }
    }
    """
    head: reactive[Head] = reactive(Head())

    def render_line(self, y: int) -> Strip:
        """One of the three lines."""
        room = self.size.width - 2
        base = self.rich_style
        segments = [Segment(" ", base), *self._line(y, room, base), Segment(" ", base)]
        return Strip(segments).adjust_cell_length(self.size.width, base)

    def _line(self, y: int, room: int, base: Style) -> list[Segment]:
        head = self.head
        if y == 0:
            when = min(width(clean(head.when)), room)
            left = Segment(fit(head.who, room - when), self._style("who", base))
            return [left, Segment(fit(head.when, when), self._style("when", base))]
        if y == 1:
            score = min(width(clean(head.score)) + 3, room)
            track = room - score if head.score else 0
            drawn = Segment(bar(head.share, max(track, 0), track="░"), self._style("score", base))
            return [Segment(fit(head.score, score), self._style("who", base)), drawn]
        return [Segment(fit(head.advice, room), self._style("weak", base) if head.weak else base)]

    def _style(self, name: str, base: Style) -> Style:
        return base + self.get_component_rich_style(f"headline--{name}", partial=True)
