"""The keys of one definition over a screen: Enter goes in, changes or types; what is changed waits to be saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from kpi_tui.definitions.answers.definition_key import DefinitionKey, KeyKind
from kpi_tui.definitions.edit import KeyPath
from kpi_tui.definitions.issue import KpiError
from kpi_tui.text.clean import clean
from kpi_tui.text.i18n import _
from kpi_tui.text.phrase import translate
from kpi_tui.tui.host import Host
from kpi_tui.tui.overlays.choice import Choice
from kpi_tui.tui.overlays.choice_list import ChoiceScreen
from kpi_tui.tui.overlays.overlay import Overlay
from kpi_tui.tui.widgets.prompt import Prompt, Question
from kpi_tui.tui.widgets.sheet import SheetTable
from kpi_tui.views.edits.conflict import DEFINITIONS
from kpi_tui.views.edits.definition_keys import as_typed, definition
from kpi_tui.views.edits.definitions import in_words
from kpi_tui.views.view import View

_OF_SEVERAL = ("roles", "people", "stages", "chains")
"""Sections of several definitions, below the keys of workspace.toml."""
_LISTS = [["settings"], *([name] for name in _OF_SEVERAL)]


class DefinitionScreen(Overlay[None]):
    """Walks the tables from `path` on; `keys` are those of a table, `put` sets what was typed (None: takes it out)."""

    BINDINGS: ClassVar[list[Any]] = [
        ("escape,q", "close", ""),
        ("backspace", "back", ""),
        ("delete", "clear", ""),
    ]
    AUTO_FOCUS = "SheetTable"
    PATIENT = True

    def __init__(
        self,
        path: KeyPath,
        keys: Callable[[KeyPath], tuple[DefinitionKey, ...]],
        put: Callable[[DefinitionKey, str | None], None],
    ) -> None:
        super().__init__()
        self._path, self._keys, self._put = path, keys, put

    def compose(self) -> ComposeResult:
        """Where we are, its keys, the question, what can be done."""
        yield Static(id="title")
        yield SheetTable(())
        with Vertical(id="foot"):
            yield Prompt()
            yield Static(Content(_("Enter open or change   Del take out   Backspace up   Esc back")))

    def on_mount(self) -> None:
        """The keys of the definition."""
        super().on_mount()
        self._show()

    def view_shown(self) -> View:
        """The table we are in."""
        return definition(self._path, self._keys(self._path))

    def action_back(self) -> None:
        """The table around this one."""
        if self._path:
            *around, name = self._path
            self._path = tuple(around) if len(around) > 1 or around[:1] in _LISTS else ()
            self._show(name)

    def action_clear(self) -> None:
        """Take what is said out again."""
        if key := self._key:
            self._set(key, None)

    @on(SheetTable.Selected)
    def _chosen(self) -> None:
        key = self._key
        if key is None:
            return
        if key.opens:
            self._path = key.path
            self._show()
        elif len(words := self._words(key)) > 2:
            self._choose(key, words)
        elif words:
            at = words.index(str(key.value)) if str(key.value) in words else -1
            self._set(key, words[(at + 1) % len(words)])
        else:
            label = f"{key.name}: "
            self.query_one(Prompt).ask(Question(label, lambda text: self._typed(key, text), as_typed(key)))

    def _choose(self, key: DefinitionKey, words: tuple[str, ...]) -> None:
        """One of several words; Esc leaves what stands there."""
        names = {word: translate(in_words(word)) for word in words}
        choices = [Choice(word, word, "" if name == word else name, name) for word, name in names.items()]
        screen = ChoiceScreen(key.name, choices, str(key.value))
        self.app.push_screen(screen, lambda word: None if word is None else self._set(key, word))

    @on(Prompt.Refused)
    def _refused(self, message: Prompt.Refused) -> None:
        self.say(message.why, "error")

    @property
    def _key(self) -> DefinitionKey | None:
        name = self.query_one(SheetTable).row_key
        return next((key for key in self._keys(self._path) if key.name == name), None)

    def _words(self, key: DefinitionKey) -> tuple[str, ...]:
        return ("True", "False") if key.kind is KeyKind.SWITCH else key.choices

    def _typed(self, key: DefinitionKey, text: str) -> str:
        self._put(key, text or None)  # KpiError: the prompt says why
        self._show(key.name)
        return ""

    def _set(self, key: DefinitionKey, text: str | None) -> None:
        try:
            self._put(key, text)
        except KpiError as error:
            self.say(str(error), "error")
            return
        self._show(key.name)

    def _show(self, at: str = "") -> None:
        try:
            (sheet,) = self.view_shown().sheets
        except KpiError:  # the name by which its list knew it has changed: the list shows it anew
            self.action_back()
            return
        self.query_one("#title", Static).update(Content(clean(translate(sheet.title))))
        self.query_one(SheetTable).show_sheet(sheet, keep=False)
        if at:
            self.query_one(SheetTable).go(at)


def edit_definition(app: Host, path: KeyPath) -> None:
    """Every key of a definition as it counts in the period in view; () is workspace.toml."""
    book, period = app.book, app.view.period
    if book is None or period is None:
        return

    def put(key: DefinitionKey, text: str | None) -> None:
        value = None if text is None else book.definition_keys.typed(key, text, app.language)
        since = book.definitions.since_for(key.path, period)
        app.session.edit(DEFINITIONS, lambda: book.definitions.set(key.path, value, since))

    def keys(table: KeyPath) -> tuple[DefinitionKey, ...]:
        found = book.definition_keys.of(table, period)
        return found if table else (*found, *(DefinitionKey((name,), KeyKind.TABLE, {}) for name in _OF_SEVERAL))

    app.push_screen(DefinitionScreen(path, keys, put))
