"""The head of the scorecard: who and when, the total as a bar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from kpi_tui.definitions.period import Period
from kpi_tui.text.clean import clean
from kpi_tui.text.fit import fit, width
from kpi_tui.text.format import DASH, SCORE_DIGITS, decimals, difference, honest, number, plain, rule
from kpi_tui.text.i18n import _, n_
from kpi_tui.text.marks_behind_numbers import PARTIAL
from kpi_tui.text.phrase import joined, translate
from kpi_tui.tui.terminal.theme_styles import ThemeStyles
from kpi_tui.tui.widgets.period_arrows import follow_arrow
from kpi_tui.tui.widgets.view_content import both
from kpi_tui.views.reasons import own_days, period_kind
from kpi_tui.views.view import Headline

GAP = 2  # cells between name and period


@dataclass(frozen=True, slots=True)
class Head:
    """The words of the head; `brief` says `when` in a few cells; `share` fills the bar."""

    who: str = ""
    when: str = ""
    brief: str = ""
    score: str = ""
    share: float | None = None


def head_of(words: Headline | None) -> Head:
    """The head of a screen from the headline of a view."""
    if words is None:
        return Head()
    when, brief = when_words(words.period, words.as_of)
    return Head(both(words.who), when, brief, _score(words), words.share)


def when_words(period: Period, as_of: date | None) -> tuple[str, str]:
    """`‹ 2026-10 ›  month · 31 of 31 days`, a period that is not over marked partial; and the same in a few cells."""
    if as_of is None:
        return f"‹ {translate(period.said)} ›", f"‹ {translate(period.said)} ›"
    covered = period.days_until(as_of)
    whole = covered == period.days
    days = n_("{covered} of {days} day", "{covered} of {days} days", period.days, covered=covered, days=period.days)
    grain = translate(period_kind(period))
    partial = "" if whole else f" {PARTIAL} " + _("partial")
    brief = translate(joined(f"‹ {translate(period.said)} ›", own_days(period), "" if whole else PARTIAL, between=" "))
    return f"‹ {translate(period.said)} ›  {grain} · {days}{partial}", brief


def _score(words: Headline) -> str:
    """`Score 86.40 / 100  ▼ 3.12`; a score below what was possible never rounds up to it."""
    if words.possible is None:
        return _("Analysis only: no points")
    if words.what == "points":
        total, limit = number(words.score, "score"), decimals(words.possible, 1)
        return _("Points {total} / {limit}", total=total, limit=limit)
    score = (
        DASH
        if words.score is None
        else honest(words.score, words.possible, SCORE_DIGITS) + (PARTIAL if words.partial else "")
    )
    told = _("Score {score} / {limit}", score=score, limit=plain(words.possible))
    return told if words.change is None else f"{told}  {difference(words.change, SCORE_DIGITS)}{words.change_mark}"


class HeadlineBar(Widget):
    """Two lines: names and period, score and bar."""

    WORDS: ClassVar[dict[str, str]] = {"who": "bold", "when": "", "score": "bold $primary"}
    DEFAULT_CSS = "HeadlineBar { height: 2; color: $foreground; background: $background; }"
    head: reactive[Head] = reactive(Head())

    def __init__(self) -> None:
        super().__init__()
        self._styles = ThemeStyles(self.WORDS)

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
        return self._styles.over(base, name, self)

    def notify_style_update(self) -> None:
        """The theme may be another."""
        super().notify_style_update()
        if self._styles.renew(self.app):
            self.refresh()

    async def on_click(self, event: events.Click) -> None:
        """The arrows beside the period."""
        await follow_arrow(self.screen, event)
