"""Where what stands on the screen shall be written, and in which format."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Input, Static

from kpi_tui.render.formats import FORMATS, Format, format_of
from kpi_tui.text.clean import clean
from kpi_tui.text.i18n import _
from kpi_tui.tui.overlays.overlay import Overlay
from kpi_tui.tui.terminal.confirmation import Confirmation

OFFERED: tuple[Format, ...] = tuple(dict.fromkeys(form for form in ("html", "xlsx", *FORMATS) if form != "table"))
TABLES: frozenset[Format] = frozenset({"csv"})
"""Those that hold one table and no document of several parts."""


@dataclass(frozen=True, slots=True)
class ExportWish:
    """A file and its format."""

    file: Path
    form: Format


class ExportScreen(Overlay[ExportWish]):
    """A file name; Tab changes the format, Enter writes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape", "close", ""),
        ("tab", "next_place(1)", ""),
        ("shift+tab", "next_place(-1)", ""),
    ]
    AUTO_FOCUS = "Input"

    def __init__(
        self, what: str, wish: ExportWish, own: Container[Path] = (), forms: Sequence[Format] = OFFERED
    ) -> None:
        """`what` is written, in one of `forms`; `wish`: place and format offered; `own`: files replaced unasked."""
        super().__init__()
        self._own, self._forms, self._replace, self._read = own, forms, Confirmation(), 0.0
        self._what, self._form, self._file = what, wish.form, wish.file

    def compose(self) -> ComposeResult:
        """Title, format, file, keys."""
        yield Static(Content(clean(_("Export {what}", what=self._what))), id="title")
        yield Static(id="ask")
        yield Input(str(self._file), select_on_focus=False)
        yield Static(Content(_("Tab format   Enter write   Esc back")), id="foot")

    def on_mount(self) -> None:
        """Show the formats; the cursor stands at the end of the name."""
        place = self.query_one(Input)
        place.cursor_blink = self.app.animation_level != "none"
        place.cursor_position = len(place.value)
        self._show_format()

    def _show_format(self) -> None:
        parts = [(f" {form} ", "reverse bold" if form == self._form else "dim") for form in self._forms]
        self.query_one("#ask", Static).update(Content.assemble((" " + _("Format") + "  ", ""), *parts))

    def action_next_place(self, step: int) -> None:
        """The next format; the ending of the name follows."""
        self._form = self._forms[(self._forms.index(self._form) + step) % len(self._forms)]
        place = self.query_one(Input)
        file = Path(place.value)
        if file.name:
            place.value = str(file.with_suffix(f".{self._form}"))
            place.cursor_position = len(place.value)
        self._show_format()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        """An ending that names a format chooses it."""
        if (found := format_of(Path(event.value))) and found in self._forms:
            self._form = found
            self._show_format()

    @on(Input.Submitted)
    def _taken(self, event: Input.Submitted) -> None:
        if not event.value.strip():
            self.query_one("#foot", Static).update(Content(_("Name a file.")))
            return
        file = Path(event.value.strip())
        if self._is_strange(file) and not self._replace.given(file, self._read):
            asked = _("{file} stands there already: Enter replaces it, Esc leaves it.", file=file.name)
            self.query_one("#foot", Static).update(Content(clean(asked)))
            return
        self.dismiss(ExportWish(file, self._form))

    def _is_strange(self, file: Path) -> bool:
        """Whether a file stands there that this sitting has not written; a place that cannot be read says so later."""
        try:
            there = file.expanduser()
            return there.is_file() and there.resolve() not in self._own
        except (OSError, RuntimeError, ValueError):
            return False

    def on_key(self, event: events.Key) -> None:
        """Remember when it was read."""
        self._read = event.time
