"""A line of text being typed and its caret: pure, so that no key can overtake another."""

from __future__ import annotations

from dataclasses import dataclass, replace

MAX = 400
_DELETES = ("backspace", "ctrl+h", "delete", "ctrl+d", "ctrl+u")


@dataclass(frozen=True, slots=True)
class EditLine:
    """Text and caret (an index into it); while it is `selected` as a whole, what is typed replaces it."""

    text: str = ""
    caret: int = 0
    selected: bool = False

    @classmethod
    def of(cls, text: str) -> EditLine:
        """A text with the caret behind it, selected."""
        return cls(text[:MAX], len(text[:MAX]), bool(text))

    def keep(self) -> EditLine:
        """The text as it stands, to be edited."""
        return replace(self, selected=False)

    def insert(self, text: str) -> EditLine:
        """Type or paste at the caret, or over a selected text."""
        if self.selected:
            return EditLine().insert(text)
        room = MAX - len(self.text)
        return EditLine(self.text[: self.caret] + text[:room] + self.text[self.caret :], self.caret + len(text[:room]))

    def press(self, key: str) -> EditLine | None:
        """The line after an editing key; None when the key edits nothing."""
        before, after = self.text[: self.caret], self.text[self.caret :]
        moves = {"left": max(self.caret - 1, 0), "right": min(self.caret + 1, len(self.text))}
        moves |= {"home": 0, "ctrl+a": 0, "end": len(self.text), "ctrl+e": len(self.text)}
        if key in moves:
            return EditLine(self.text, moves[key])
        if self.selected and key in _DELETES:
            return EditLine()
        if key in ("backspace", "ctrl+h"):
            return EditLine(before[:-1] + after, max(self.caret - 1, 0))
        if key in ("delete", "ctrl+d"):
            return EditLine(before + after[1:], self.caret)
        if key == "ctrl+u":
            return EditLine(after, 0)
        return None

    def window(self, width: int) -> tuple[str, int]:
        """The part around the caret that fits into `width` characters, and the caret in it."""
        start = max(self.caret - width + 1, 0)
        return self.text[start : start + width], self.caret - start
