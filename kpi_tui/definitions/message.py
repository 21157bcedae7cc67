"""A sentence for people: the English string itself, which remembers its template and what was filled in.

The core says what happened once, in English; `kpi_tui.text.told` tells it in the language in force. To
everything else (JSON, files, sets, comparisons) a message is the string it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from kpi_tui.definitions.text import Text

_TEXT = "text()"
_MARK = "say()"  # no name of a column, table or measure has brackets


class Message(str):
    """An English sentence made by `say`; immutable, and a plain string wherever one is wanted."""

    __slots__ = ("_count", "_many", "_template", "_values")

    _template: str
    _values: Mapping[str, object]
    _many: str
    _count: int

    def __new__(cls, template: str, values: Mapping[str, object], many: str = "", count: int = 0) -> Message:
        """Values that are neither texts (in one language or both) nor numbers (paths, days) are kept as their text, and
        of a long one its beginning and its end.

        With `many` the template is the sentence about one, and `count` says which of the two is meant.
        """
        kept = {name: _kept(value) for name, value in values.items()}
        message = super().__new__(cls, (many if many and count != 1 else template).format_map(kept))
        message._template, message._values = template, MappingProxyType(kept)
        message._many, message._count = many, count
        return message

    @property
    def template(self) -> str:
        """The English sentence with its {fields}: the key in the catalogues."""
        return self._template

    @property
    def values(self) -> Mapping[str, object]:
        """What stands in the fields: texts, numbers and other messages."""
        return self._values

    @property
    def many(self) -> str:
        """The English sentence about several; "" where no number decides."""
        return self._many

    @property
    def number(self) -> int:
        """The number that decides between the two."""
        return self._count

    def with_values(self, values: Mapping[str, object]) -> Message:
        """The same sentence about something else."""
        return Message(self._template, values, self._many, self._count)

    def __str__(self) -> str:
        """Itself, so that `str(error)` of an error made with a message is still a message."""
        return self

    def __add__(self, other: str) -> Message:
        return Message("{left}{right}", {"left": self, "right": other})

    def __radd__(self, other: str) -> Message:
        return Message("{left}{right}", {"left": other, "right": self})

    def __reduce__(self) -> tuple[type[Message], tuple[str, dict[str, object], str, int]]:
        return Message, (self._template, dict(self._values), self._many, self._count)


_KEPT = (int, float, bool, Message, Text)
MOST_SHOWN = 1_000
"""Characters of a text of somebody else in a sentence."""
_FIRST, _LAST = 400, 100


def _kept(value: object) -> object:
    return value if type(value) in _KEPT else shortened(str(value))


def shortened(text: str, most: int = MOST_SHOWN) -> str:
    """A text that somebody else wrote, for a sentence that quotes it: a name of 100,000 letters hides what is said."""
    return text if len(text) <= most else f"{text[:_FIRST]} … {text[-_LAST:]}"


def say(template: str, /, **values: object) -> Message:
    """The sentence with its {fields} filled in; the template goes into the catalogues, so it is always a literal."""
    return Message(template, values)


def says(one: str, many: str, count: int, /, **values: object) -> Message:
    """As `say`, in the form for `count`, which stands in {count}: `1 row`, `2 rows`. Both forms are literals."""
    return Message(one, {"count": count, **values}, many, count)


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
    """Halves joined to halves: a sentence in a sentence is told in as many steps as they lie deep."""
    kept = list(parts)
    while len(kept) > 1:
        last = kept[len(kept) & ~1 :]
        kept = [*map(pair, kept[::2], kept[1::2]), *last]
    return kept[0] if kept else ""


_PLAIN = frozenset((str, float, int, bool, type(None)))


def to_plain(value: Any) -> Any:
    """A value as JSON keeps it, messages with their template and values."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, Message):
        return {_MARK: [value.template, to_plain(dict(value.values)), value.many, value.number]}
    if isinstance(value, Text):
        return {_TEXT: [value.en, value.zh]}
    if isinstance(value, Mapping):
        return {key: to_plain(part) for key, part in value.items()}
    return [to_plain(part) for part in value] if isinstance(value, list | tuple) else value


def from_plain(stored: Any) -> Any:
    """What `to_plain` kept."""
    if type(stored) in _PLAIN:
        return stored
    if isinstance(stored, dict) and _MARK in stored:
        template, values, *plural = stored[_MARK]
        return Message(template, from_plain(values), *plural)
    if isinstance(stored, dict) and _TEXT in stored:
        return Text(*stored[_TEXT])
    if isinstance(stored, dict):
        return {key: part if type(part) in _PLAIN else from_plain(part) for key, part in stored.items()}
    return [from_plain(part) for part in stored] if isinstance(stored, list) else stored
