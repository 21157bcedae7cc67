"""A name or sentence that exists in English and in Simplified Chinese."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """A text in both languages; an empty language falls back to the other one."""

    en: str = ""
    zh: str = ""

    def __str__(self) -> str:
        return self.get("en")

    def get(self, language: str) -> str:
        """The text in `language` ("en" or "zh")."""
        return (self.zh or self.en) if language.startswith("zh") else (self.en or self.zh)

    def both(self, first: str = "en") -> str:
        """Both languages side by side, each once, `first` in front: `Buy-back rate 回购率`."""
        pair = (self.zh, self.en) if first.startswith("zh") else (self.en, self.zh)
        return " ".join(dict.fromkeys(part for part in pair if part))
