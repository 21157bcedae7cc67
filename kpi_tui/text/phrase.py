"""Words that know no language yet, and their one way into the language in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from kpi_tui.definitions.quantity import Quantity
from kpi_tui.definitions.text import Text
from kpi_tui.text.format import quantity
from kpi_tui.text.i18n import _, language, n_, told


@dataclass(frozen=True, slots=True)
class Phrase:
    """A template of the catalogues and what stands in its {fields}; with `many` the form for `count` is chosen."""

    template: str
    values: Mapping[str, object]
    many: str = ""
    count: int = 0

    def __hash__(self) -> int:
        """Values are words and numbers, so that a phrase can stand in a cell that is kept drawn."""
        return hash((self.template, tuple(self.values.items()), self.many, self.count))

    def __reduce__(self) -> tuple[object, ...]:
        """Answers may cross to another process; a mapping proxy could not."""
        return _unpickled, (self.template, dict(self.values), self.many, self.count)


@dataclass(frozen=True, slots=True)
class Joined:
    """Words side by side with the same text between them; empty ones are left out, with `once` said ones too."""

    parts: tuple[Word, ...]
    between: str = "  "
    once: bool = False


@dataclass(frozen=True, slots=True)
class BothNames:
    """A name in both languages, the one in force first: for a heading that says whose something is."""

    name: Text


@dataclass(frozen=True, slots=True)
class FilledText:
    """A text of the definitions whose {names} of these values are replaced; any other brace is text."""

    text: Text
    values: tuple[tuple[str, Word], ...]


@dataclass(frozen=True, slots=True)
class Aside:
    """Words for who sits at the program: a command to type, the number of a rule. What leaves goes without them.

    `keys`: what a screen says instead, where it is told briefly and a key does what the command would.
    """

    word: Word
    keys: Word = ""


Word = str | Text | Quantity | Phrase | Joined | BothNames | FilledText | Aside
"""Anything that `translate` can say: plain text (a Message too), a text of both languages, a number with its unit."""


def phrase(template: str, /, **values: Word | float | int) -> Phrase:
    """A sentence for the catalogues; the template is always a literal."""
    return Phrase(template, MappingProxyType(values))


def phrases(one: str, many: str, count: int, /, **values: Word | float | int) -> Phrase:
    """As `phrase`, in the form for `count`, which stands in {count}."""
    return Phrase(one, MappingProxyType(values), many, count)


_IN_CHINESE = {": ": "：", ", ": "、"}
"""What stands between words as it is printed in Chinese."""


def joined(*parts: Word, between: str = "  ", once: bool = False) -> Joined:
    """Words side by side; with `once` each is said once only."""
    return Joined(parts, between, once)


def translate(word: Word, brief: bool = False) -> str:
    """The word in the language in force, numbers in few cells where `brief`.

    What was filled in is never read as a template; clean the result.
    """
    if isinstance(word, Phrase):
        filled = {name: _filled(value, brief) for name, value in word.values.items()}
        return n_(word.template, word.many, word.count, **filled) if word.many else _(word.template, **filled)
    if isinstance(word, Joined):
        said = [text for part in word.parts if (text := translate(part, brief))]
        between = _IN_CHINESE.get(word.between, word.between) if language() == "zh" else word.between
        return between.join(dict.fromkeys(said) if word.once else said)
    if isinstance(word, Text):
        return word.get(language())
    if isinstance(word, FilledText):
        return _replaced(word, brief)
    if isinstance(word, Quantity):
        return quantity(word, brief)
    if isinstance(word, BothNames):
        return word.name.both(language())
    if isinstance(word, Aside):
        return translate(word.keys if brief and word.keys else word.word, brief)
    return told(word)


def without_asides(word: Word) -> Word:
    """The word for a document that leaves."""
    match word:
        case Aside():
            return ""
        case Joined():
            return replace(word, parts=tuple(without_asides(part) for part in word.parts))
        case Phrase():
            values = {name: _leaving(value) for name, value in word.values.items()}
            return replace(word, values=MappingProxyType(values))
        case _:
            return word


def _leaving(value: object) -> object:
    return without_asides(value) if isinstance(value, Word) else value


def is_empty(word: Word) -> bool:
    """Whether nothing would be said."""
    return not translate(word)


def _replaced(word: FilledText, brief: bool) -> str:
    text = word.text.get(language())
    for name, value in word.values:
        text = text.replace(f"{{{name}}}", translate(value, brief))
    return text


def _filled(value: object, brief: bool) -> object:
    return translate(value, brief) if isinstance(value, Word) else value


def _unpickled(template: str, values: dict[str, object], many: str, count: int) -> Phrase:
    return Phrase(template, MappingProxyType(values), many, count)
