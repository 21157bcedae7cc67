"""The three one-line frames of every screen: top bar, status line, hint bar."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import ClassVar

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.clean import clean
from kpi_tui.text.fit import fit, width
from kpi_tui.text.format import rule
from kpi_tui.text.i18n import _, told
from kpi_tui.text.wrap import line_ends
from kpi_tui.tui.keys.labels import hints, shown_key
from kpi_tui.tui.keys.registry import by_id, keys_of
from kpi_tui.tui.keys.tabs import PAGES, TABS

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

        Where there is no room, the program's name leaves, the pages' names are cut, then places aside shrink to their
        keys, then all do.
        """
        room = self.size.width
        plain = self._places(names=True)
        rest = room - _width(plain) + width(_(PAGES))
        tries = (
            [(f" {NAME} ", "bold"), *self._places(names=True, pages=self.pages)],
            self._places(names=True, pages=self.pages),
            self._places(names=True, pages=_cut(self.pages, rest)),
            plain,
            self._places(names=True, aside=False),
            self._places(names=False),
        )
        name = width(self.workspace) + 2 if self.workspace else 0
        spare = (name, 0, 0, 0, 0, 0)  # the workspace's name is cut before a tab is
        parts = next((p for p, more in zip(tries, spare, strict=True) if _width(p) + more <= room), tries[-1])
        used = _width(parts)
        right = fit(self.workspace, room - used - 2, "right") if room - used > 6 else ""
        return Content.assemble(*parts, (f" {right} " if right else "", "dim"))

    def _places(self, names: bool, aside: bool = True, pages: str = "") -> list[tuple[str, str]]:
        commands = by_id()
        parts = []
        for tab in TABS:
            active = tab.mode == self.mode
            brief = tab.aside and not aside
            key = shown_key(keys_of(commands[tab.command], self.keymap)[0])
            named = pages if pages and tab.aside else _(tab.label)
            label = f"{key} {named}" if (names and not brief) or active else key
            parts.append((f" {label} ", "bold reverse" if active else ""))
        return parts


def _cut(names: str, room: int) -> str:
    """What fits of them, cut behind a word where there is one; empty where even the first word does not fit."""
    kept = fit(names, room).removesuffix("…")
    return f"{kept[: kept.rfind(' ')] if ' ' in kept else kept}…".replace(" ·…", "…") if room > SHORTEST else ""


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
            return Content.assemble((fit(f"… {what}{share}{stop}", room), "dim"))
        if not self.text:
            return Content("")
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


class HintBar(Widget):
    """At most six keys with what they do."""

    DEFAULT_CSS = "HintBar { height: 1; background: $panel; color: $foreground; }"
    scope: reactive[str] = reactive("")
    without: reactive[frozenset[str]] = reactive(frozenset())  # commands of no use in what is shown
    keymap: Mapping[str, str] = {}

    def render(self) -> Content:
        """As many hints as fit; help and quit are the last to go."""
        pairs = hints(self.scope, self.keymap, self.without)
        while len(pairs) > 1 and sum(width(keys) + width(label) + 4 for keys, label in pairs) > self.size.width:
            pairs.pop(max(len(pairs) - 3, 0))
        parts: list[tuple[str, str]] = []
        for keys, label in pairs:
            parts += [(f" {keys}", "bold"), (f" {label}  ", "")]
        return Content.assemble(*parts)
