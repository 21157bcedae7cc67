"""Definitions edited from the Design screen: each a step, since the period in view where that matters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from kpi_tui.definitions.edit import KeyPath
from kpi_tui.definitions.text import Text
from kpi_tui.text.i18n import _
from kpi_tui.text.typed_amounts import edit_text, parse_amount
from kpi_tui.tui.screens.frame import KpiScreen
from kpi_tui.tui.widgets.prompt import Question
from kpi_tui.views.edits.conflict import DEFINITIONS

_NO_NAME = re.compile(r"[^\w-]+")
LONGEST_ID = 40
MOST_MONEY = 1e12


class DesignEdits:
    """Sets keys of definitions; asks for texts in the line at the foot of the screen."""

    def __init__(self, screen: KpiScreen) -> None:
        self._screen = screen

    def set(self, path: KeyPath, value: Any) -> bool:
        """One key; None removes it. False where it says so already."""
        return self.set_all({path: value})

    def set_all(self, values: Mapping[KeyPath, Any]) -> bool:
        """Keys that change together, as one step that undo takes back."""
        definitions, period = self._screen.open_book.definitions, self._screen.period
        since = definitions.since_for(next(iter(values)), period)
        changed = self._screen.kpi.session.edit(DEFINITIONS, lambda: definitions.set_all(values, since))
        if changed:
            self._screen.say("")
        return changed

    def value(self, path: KeyPath) -> Any:
        """What counts in the period in view, as TOML holds it; None: nothing."""
        return self._screen.open_book.definitions.value(path, self._screen.period)

    # --- texts -------------------------------------------------------------------------------------
    def ask_text(self, label: str, path: KeyPath, *, needed: bool = False) -> None:
        """Ask for a text in the language in force; the other language stays as it is. An empty one removes it."""

        def answer(typed: str) -> str:
            if needed and not typed.strip():
                return _("It cannot be empty.")
            self.set(path, self.with_text(self.value(path), typed))
            return ""

        self.ask(label, self.text_of(self.value(path)), answer)

    def ask_money(self, label: str, path: KeyPath, present: float | None) -> None:
        """Ask for an amount that is 0 or more; nothing, or -, takes it out."""

        def answer(typed: str) -> str:
            amount = None if typed.strip() in ("", "-") else parse_amount(typed, "currency", present)
            if amount is not None and not 0 <= amount <= MOST_MONEY:
                return _("Write an amount from 0 on, such as 8000; - takes it out.")
            self.set(path, amount if amount is None or amount != int(amount) else int(amount))
            return ""

        self.ask(label, "" if present is None else edit_text(present, "currency"), answer)

    def ask(self, label: str, text: str, answer: Any) -> None:
        """Ask one question; `answer` takes what was typed and returns why it is refused."""
        self._screen.prompt.ask(Question(label, answer, text))

    def text_of(self, value: Any) -> str:
        """A text of the TOML in the language in force."""
        if isinstance(value, Mapping):
            return Text(str(value.get("en", "")), str(value.get("zh", ""))).get(self._screen.kpi.language)
        return "" if value is None else str(value)

    def with_text(self, value: Any, typed: str) -> Any:
        """The text with what was typed in the language in force; None when nothing is left."""
        said = typed.strip()
        if isinstance(value, Mapping):
            both = {**value, self._screen.kpi.language: said}
            return {key: text for key, text in both.items() if text} or None
        return said or None


def plain_text(text: Text) -> Any:
    """A text as TOML holds it: one string where both languages say the same."""
    if text.en == text.zh or not (text.en and text.zh):
        return text.en or text.zh
    return {"en": text.en, "zh": text.zh}


def new_id(name: str, taken: Iterable[str]) -> str:
    """An id for a new definition of that name: its words, and a number where another has it."""
    base = _NO_NAME.sub("_", name.strip().lower()).strip("_-")[:LONGEST_ID] or "new"
    known = {one.casefold() for one in taken}
    return next(one for one in (base, *(f"{base}_{n}" for n in range(2, 1000))) if one.casefold() not in known)
