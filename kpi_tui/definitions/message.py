"""A sentence for people: the English string itself, which remembers its template and what was filled in.

The core says what happened once, in English; `kpi_tui.text.told` tells it in the language in force. To
everything else (JSON, files, sets, comparisons) a message is the string it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import reduce
from types import MappingProxyType
from typing import Any

from kpi_tui.definitions.text import Text

_TEXT = "text()"
_MARK = "say()"  # no name of a column, table or measure has brackets


class Message(str):
    """An English sentence made by `say`; immutable, and a plain string wherever one is wanted."""

    __slots__ = ("_template", "_values")

    _template: str
    _values: Mapping[str, object]

    def __new__(cls, template: str, values: Mapping[str, object]) -> Message:
        """Values that are neither texts (in one language or both) nor numbers (paths, days) are kept as their text."""
        kept = {name: value if type(value) in _KEPT else str(value) for name, value in values.items()}
        message = super().__new__(cls, template.format_map(kept))
        message._template, message._values = template, MappingProxyType(kept)
        return message

    @property
    def template(self) -> str:
        """The English sentence with its {fields}: the key in the catalogues."""
        return self._template

    @property
    def values(self) -> Mapping[str, object]:
        """What stands in the fields: texts, numbers and other messages."""
        return self._values

    def __str__(self) -> str:
        """Itself, so that `str(error)` of an error made with a message is still a message."""
        return self

    def __add__(self, other: str) -> Message:
        return Message("{left}{right}", {"left": self, "right": other})

    def __radd__(self, other: str) -> Message:
        return Message("{left}{right}", {"left": other, "right": self})

    def __reduce__(self) -> tuple[type[Message], tuple[str, dict[str, object]]]:
        return Message, (self._template, dict(self._values))


_KEPT = (str, int, float, bool, Message, Text)


def say(template: str, /, **values: object) -> Message:
    """The sentence with its {fields} filled in; the template goes into the catalogues, so it is always a literal."""
    return Message(template, values)


def several(parts: Iterable[str]) -> str:
    """Sentences side by side: `one; two; three`."""
    return _joined(lambda left, right: say("{left}; {right}", left=left, right=right), parts)


def listed(parts: Iterable[str]) -> str:
    """Things side by side: `one, two, three`."""
    return _joined(lambda left, right: say("{left}, {right}", left=left, right=right), parts)


def either(parts: Iterable[str]) -> str:
    """A choice: `one or two or three`."""
    return _joined(lambda left, right: say("{left} or {right}", left=left, right=right), parts)


def both(parts: Iterable[str]) -> str:
    """All of them: `one and two and three`."""
    return _joined(lambda left, right: say("{left} and {right}", left=left, right=right), parts)


def _joined(pair: Callable[[str, str], str], parts: Iterable[str]) -> str:
    kept = list(parts)
    return reduce(pair, kept) if kept else ""


def to_plain(value: Any) -> Any:
    """A value as JSON keeps it, messages with their template and values."""
    if isinstance(value, Message):
        return {_MARK: [value.template, to_plain(dict(value.values))]}
    if isinstance(value, Text):
        return {_TEXT: [value.en, value.zh]}
    if isinstance(value, Mapping):
        return {key: to_plain(part) for key, part in value.items()}
    return [to_plain(part) for part in value] if isinstance(value, list | tuple) else value


def from_plain(stored: Any) -> Any:
    """What `to_plain` kept."""
    if isinstance(stored, dict) and _MARK in stored:
        template, values = stored[_MARK]
        return Message(template, from_plain(values))
    if isinstance(stored, dict) and _TEXT in stored:
        return Text(*stored[_TEXT])
    if isinstance(stored, dict):
        return {key: from_plain(part) for key, part in stored.items()}
    return [from_plain(part) for part in stored] if isinstance(stored, list) else stored
