"""The three one-line frames of every screen: top bar, status line, hint bar."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import events
from textual.content import Content
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import Widget

from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.clean import clean
from kpi_tui.text.fit import fit, width
from kpi_tui.text.format import rule
from kpi_tui.text.i18n import _, told
from kpi_tui.text.wrap import line_ends
from kpi_tui.tui.keys.action import KeyAction
from kpi_tui.tui.keys.labels import hinted, hints, shown_key
from kpi_tui.tui.keys.registry import by_id, keys_of
from kpi_tui.tui.keys.tabs import PAGES, TABS

if TYPE_CHECKING:
    from kpi_tui.tui.host import Host

NAME = "kpi-tui"
FEW = 2  # pages that the bar names
SHORTEST = 6  # cells of a page's name worth showing
LINES = 4  # at most of a message


class TopBar(Widget):
    """The program's name, the screens with their keys, the workspace's name at the right."""

    DEFAULT_CSS = "TopBar { height: 1; background: $panel; color: $foreground; }"
    mode: reactive[str] = reactive("")
    workspace: reactive[str] = reactive("")
    pages: reactive[str] = reactive("")
    keymap: Mapping[str, str] = {}

    def show(self, space: Workspace, language: str) -> None:
        """The names of a workspace and of its own pages; many of them are told where one is chosen."""
        self.workspace = space.name.get(language)
        own = [page for page in space.pages.values() if not page.place.is_shipped]
        self.pages = clean(" · ".join(page.name.get(language) for page in own)) if len(own) <= FEW else ""
        self.refresh()

    def render(self) -> Content:
        """One line of the screens and the workspace's own pages.

        Where there is no room, the program's name leaves, the pages' names are cut, the screens stand closer, then
        places aside shrink to their keys, then all do.
        """
        parts = self._parts()
        used, room = _width(parts), self.size.width
        right = fit(self.workspace, room - used - 2, "right") if room - used > 6 else ""
        return Content.assemble(*parts, (f" {right} " if right else "", "dim"))

    async def on_click(self, event: events.Click) -> None:
        """A click on a screen's name shows it."""
        parts = self._parts()
        place = part_at(parts, event.x)
        tab = TABS[place - (len(parts) - len(TABS))] if place is not None and place >= len(parts) - len(TABS) else None
        if tab is not None:
            await cast("Host", self.app).action_command(tab.command)

    def _parts(self) -> list[tuple[str, str]]:
        """The program's name where there is room, then a part for each screen."""
        room = self.size.width
        plain = self._places(names=True)
        rest = room - _width(plain) + width(_(PAGES))
        tries = (
            [(f" {NAME} ", "bold"), *self._places(names=True, pages=self.pages)],
            self._places(names=True, pages=self.pages),
            self._places(names=True, pages=_cut(self.pages, rest)),
            plain,
            [(" ", ""), *self._places(names=True, close=True)],
            self._places(names=True, aside=False),
            self._places(names=False),
        )
        name = width(self.workspace) + 2 if self.workspace else 0
        spare = (name, 0, 0, 0, 0, 0, 0)  # the workspace's name is cut before a tab is
        return next((p for p, more in zip(tries, spare, strict=True) if _width(p) + more <= room), tries[-1])

    def _places(self, names: bool, aside: bool = True, pages: str = "", close: bool = False) -> list[tuple[str, str]]:
        commands = by_id()
        parts = []
        for tab in TABS:
            active = tab.mode == self.mode
            brief = tab.aside and not aside
            key = shown_key(keys_of(commands[tab.command], self.keymap)[0])
            named = pages if pages and tab.aside else _(tab.label)
            label = f"{key} {named}" if (names and not brief) or active else key
            parts.append((f"{label} " if close else f" {label} ", "bold reverse" if active else ""))
        return parts


def _cut(names: str, room: int) -> str:
    """What fits of them, cut behind a word where there is one; empty where even the first word does not fit."""
    kept = fit(names, room).removesuffix("…")
    return f"{kept[: kept.rfind(' ')] if ' ' in kept else kept}…".replace(" ·…", "…") if room > SHORTEST else ""


def part_at(parts: Sequence[tuple[str, str]], x: int) -> int | None:
    """Which of some texts side by side stands at a cell."""
    end = 0
    for place, (text, _style) in enumerate(parts):
        end += width(text)
        if x < end:
            return place
    return None


def _width(parts: list[tuple[str, str]]) -> int:
    return sum(width(text) for text, _style in parts)


class StatusLine(Widget):
    """What is being computed, or the last message: a sentence with a glyph, never markup; a long one has more lines."""

    DEFAULT_CSS = "StatusLine { height: 1; color: $foreground; padding: 0 1; }"
    GLYPHS: ClassVar[dict[str, str]] = {"info": "·", "done": "✓", "warning": "!", "error": "✗"}
    STYLES: ClassVar[dict[str, str]] = {"info": "dim", "done": "", "warning": "bold", "error": "bold $text-error"}
    text: reactive[str] = reactive("")
    kind: reactive[str] = reactive("info")
    progress: reactive[tuple[str, int, int] | None] = reactive(None)
    pending: reactive[str] = reactive("")  # the first of two keys
    unseen: reactive[str] = reactive("")  # words of the line under the cursor that find no room there
    fresh: reactive[bool] = reactive(False)  # whether the message came while something was being computed

    def render(self) -> Content:
        """Progress while there is work, unless something was said meanwhile; else the message."""
        room = self.size.width
        if self.pending:
            return Content.assemble((fit(f"{self.pending} …", room), "bold"))
        if self.progress is not None and not self.fresh:
            what, done, total = self.progress
            share = f" {rule(done / total, 10)} {done}/{total}" if total else ""
            stop = "  " + _("Esc stops")
            return Content.assemble((fit(f"… {clean(told(what))}{share}{stop}", room), "dim"))
        if not self.text:
            return Content.styled(fit(self.unseen, room).rstrip(), "dim") if self.unseen else Content("")
        lines = self._lines()
        shown = [*lines[: LINES - 1], " ".join(lines[LINES - 1 :])]
        return Content.assemble(("\n".join(fit(line, room) for line in shown if line), self.STYLES[self.kind]))

    def _lines(self) -> list[str]:
        """The message, cut where lines of this width end."""
        text = clean(f"{self.GLYPHS[self.kind]} {told(self.text)}")
        ends = line_ends(text, self.size.width) if self.size.width else []
        return [text[start:end].strip() for start, end in pairwise((0, *ends, len(text)))]

    def say(self, text: str, kind: str = "info") -> None:
        """Show a sentence until the next one."""
        self.text, self.kind, self.fresh = text, kind, bool(text) and self.progress is not None
        self._grow()

    def watch_progress(self, progress: tuple[str, int, int] | None) -> None:
        """What is computed next hides what was said before it."""
        if progress is None:
            self.fresh = False
        self._grow()

    def on_resize(self) -> None:
        """A message may need more lines, or fewer."""
        self._grow()

    def _grow(self) -> None:
        """As many lines as what stands here needs."""
        is_message = self.text and (self.progress is None or self.fresh)
        height = min(len(self._lines()), LINES) if is_message else 1
        if self.styles.height is None or self.styles.height.value != height:
            self.styles.height = height


def unsay(screens: Iterable[Screen[Any]]) -> None:
    """What was said on them was said of what they showed, and goes with it."""
    for screen in screens:
        for status in screen.query(StatusLine):
            status.say("")


class HintBar(Widget):
    """At most six keys with what they do."""

    DEFAULT_CSS = "HintBar { height: 1; background: $panel; color: $foreground; }"
    scope: reactive[str] = reactive("")
    without: reactive[frozenset[str]] = reactive(frozenset())  # commands of no use in what is shown
    keymap: Mapping[str, str] = {}

    def render(self) -> Content:
        """As many hints as fit; help and quit are the last to go."""
        parts: list[tuple[str, str]] = []
        for keys, label, _commands in self._hints():
            parts += [(f" {keys}", "bold"), (f" {label}  ", "")]
        return Content.assemble(*parts)

    async def on_click(self, event: events.Click) -> None:
        """A click on a hint does what its key does; of two keys side by side the one it stands on."""
        start = 0
        for keys, label, commands in self._hints():
            end = start + width(keys) + width(label) + 4
            if start <= event.x < end:
                shown = [(f" {key}", "") for key in keys.split(" ")]
                place = part_at(shown, event.x - start) or 0
                await cast("Host", self.app).action_command(commands[min(place, len(commands) - 1)].id)
                return
            start = end

    def _hints(self) -> list[tuple[str, str, list[KeyAction]]]:
        """Keys, label and commands of the hints that fit."""
        pairs = hints(self.scope, self.keymap, self.without)
        found = [(keys, label, commands) for (keys, label), (commands, _label) in
                 zip(pairs, hinted(self.scope, self.without), strict=True)]  # fmt: skip
        while len(found) > 1 and sum(width(keys) + width(label) + 4 for keys, label, _ in found) > self.size.width:
            found.pop(max(len(found) - 3, 0))
        return found
