"""Typed reading of TOML tables: wrong types and unknown keys become issues, never exceptions."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from kpi_tui.definitions.answers.definition_key import KeyKind
from kpi_tui.definitions.issue import Issue, Place, Severity
from kpi_tui.definitions.message import listed, say
from kpi_tui.definitions.names import did_you_mean
from kpi_tui.definitions.text import Text
from kpi_tui.workspace.toml.key_lines import TomlPath
from kpi_tui.workspace.toml.source import TomlFile

T = TypeVar("T")
_MISSING = object()


@dataclass
class Fields:
    """One TOML table being read. `broken` turns true with the first error; `finish` names unknown keys.

    `kinds` and `inner` tell afterwards what was asked for: which keys such a table can have.
    """

    source: TomlFile
    path: TomlPath
    data: Mapping[str, Any]
    issues: list[Issue]
    broken: bool = False
    seen: set[str] = field(default_factory=set)
    kinds: dict[str, KeyKind] = field(default_factory=dict)
    choices: dict[str, tuple[str, ...]] = field(default_factory=dict)
    inner: dict[str, list[Fields]] = field(default_factory=dict)

    @property
    def place(self) -> Place:
        """Where this table stands."""
        return self.source.place(*self.path)

    @property
    def places(self) -> dict[str, Place]:
        """Where each of its keys stands."""
        return {key: self.source.place(*self.path, key) for key in self.data}

    def problem(self, key: str, message: str, hint: str = "", code: str = "type") -> None:
        """Report an error of one key (or, with "", of the table)."""
        place = self.source.place(*self.path, key) if key else self.place
        self.issues.append(Issue(Severity.ERROR, message, hint, place.file, place.line, place.key, code))
        self.broken = True

    def _take(self, key: str, required: bool, kind: KeyKind) -> Any:
        self.seen.add(key)
        self.kinds.setdefault(key, kind)
        value = self.data.get(key, _MISSING)
        if value is _MISSING and required:
            self.problem(key, say("{key!r} is missing", key=key), say("add a line `{key} = …`", key=key), "missing-key")
        return value

    def _typed(self, key: str, wanted: str, check: Callable[[Any], bool], kind: KeyKind, required: bool) -> Any:
        """The value when it passes the check, else _MISSING and perhaps an issue."""
        value = self._take(key, required, kind)
        if value is _MISSING or check(value):
            return value
        self.problem(
            key,
            say("{key!r} must be {wanted}, not {kind}", key=key, wanted=wanted, kind=kind_of(value)),
            say("write {wanted}", wanted=wanted),
        )
        return _MISSING

    def string(self, key: str, default: str = "", *, required: bool = False) -> str:
        """A string; a required one may not be empty."""
        value = self._typed(key, say("a text in quotes"), lambda v: isinstance(v, str), KeyKind.TEXT, required)
        if required and isinstance(value, str) and not value.strip():
            self.problem(key, say("{key!r} is empty", key=key), say("write a text"), "missing-key")
        return default if value is _MISSING else str(value)

    def number(self, key: str, default: float = 0.0, *, required: bool = False) -> float:
        """A finite number."""
        value = self._typed(key, say("a number"), is_number, KeyKind.NUMBER, required)
        return default if value is _MISSING else float(value)

    def boolean(self, key: str, default: bool = False) -> bool:
        """true or false."""
        value = self._typed(key, say("true or false"), lambda v: isinstance(v, bool), KeyKind.SWITCH, False)
        return default if value is _MISSING else bool(value)

    def choice(self, key: str, allowed: Iterable[str], default: str = "", *, required: bool = False) -> str:
        """One of the allowed words; when it is none, an issue and the default (else the first word)."""
        words = [str(word) for word in allowed]
        self.kinds[key] = KeyKind.CHOICE
        self.choices[key] = tuple(words)
        value = self.string(key, default, required=required)
        if value in words or (not value and (not required or key not in self.data)):
            return value or default or words[0]
        if value:
            self.problem(
                key, say("{key} = {value!r} is not known", key=key, value=value), _one_of(value, words), "unknown-word"
            )
        return default or words[0]

    def strings(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """A string or a list of strings."""
        value = self._typed(key, say("a text or a list of texts"), _is_strings, KeyKind.NAMES, required)
        if value is _MISSING:
            return ()
        return (value,) if isinstance(value, str) else tuple(value)

    def text(self, key: str, *, required: bool = False) -> Text:
        """A plain string (the same in both languages) or { en, zh }."""
        value = self._take(key, required, KeyKind.TEXT)
        return Text() if value is _MISSING else self._as_text(key, value)

    def texts(self, key: str) -> tuple[Text, ...]:
        """A list of texts; one text alone counts as a list of one."""
        value = self._take(key, False, KeyKind.LIST)
        if value is _MISSING:
            return ()
        return tuple(self._as_text(key, item) for item in (value if isinstance(value, list) else [value]))

    def texts_of(self, key: str) -> dict[Text, tuple[str, ...]]:
        """A list of texts, each with the names it is `of`: `{ en = …, zh = …, of = [COLUMN] }`; mostly none."""
        value = self._take(key, False, KeyKind.LIST)
        items = [] if value is _MISSING else value if isinstance(value, list) else [value]
        return dict(self._text_of(key, item) for item in items)

    def _text_of(self, key: str, item: Any) -> tuple[Text, tuple[str, ...]]:
        if not isinstance(item, dict) or not _is_strings(item.get("of")):
            return self._as_text(key, item), ()
        of = item["of"]
        words = {name: text for name, text in item.items() if name != "of"}
        return self._as_text(key, words), (of,) if isinstance(of, str) else tuple(of)

    def _as_text(self, key: str, value: Any) -> Text:
        if isinstance(value, str):
            return Text(value, value)
        if isinstance(value, dict) and all(isinstance(part, str) for part in value.values()):
            if unknown := set(value) - {"en", "zh"}:
                self.problem(
                    key,
                    say("{key!r} has an unknown language {language!r}", key=key, language=min(unknown)),
                    say("write en and zh"),
                    "unknown-key",
                )
            return Text(value.get("en", ""), value.get("zh", ""))
        self.problem(
            key,
            say("{key!r} must be a text or {{ en = …, zh = … }}, not {kind}", key=key, kind=kind_of(value)),
            say("write a text"),
        )
        return Text()

    def day(self, key: str) -> date | None:
        """A TOML date or an ISO string."""
        value = self._take(key, False, KeyKind.DAY)
        if value is _MISSING:
            return None
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            self.problem(
                key,
                say("{key!r} must be a day, not {kind}", key=key, kind=kind_of(value)),
                say("write it as 2026-10-31"),
            )
            return None

    def listed(self, key: str, kind: KeyKind) -> list[Any]:
        """A list of anything, for a reader that judges its members itself."""
        value = self._typed(key, say("a list"), lambda v: isinstance(v, list), kind, False)
        return [] if value is _MISSING else list(value)

    def table(self, key: str) -> Fields | None:
        """A table inside this one, to be read and finished by the caller."""
        value = self._typed(key, say("a table"), lambda v: isinstance(v, dict), KeyKind.TABLE, False)
        if value is _MISSING:
            return None
        self.inner[key] = [Fields(self.source, (*self.path, key), value, self.issues)]
        return self.inner[key][0]

    def tables(self, key: str) -> list[Fields]:
        """A list of tables inside this one."""
        value = self._typed(key, say("a list of tables"), _is_tables, KeyKind.TABLES, False)
        items = [] if value is _MISSING else value
        self.inner[key] = [Fields(self.source, (*self.path, key, n), item, self.issues) for n, item in enumerate(items)]
        return self.inner[key]

    def pairs(self, key: str) -> tuple[tuple[float, float], ...]:
        """A list of pairs of numbers."""
        value = self._typed(
            key, say("a list of pairs of numbers such as [[0.8, 0.5], [1.0, 1.0]]"), _is_pairs, KeyKind.LIST, False
        )
        return () if value is _MISSING else tuple((float(a), float(b)) for a, b in value)

    def string_map(self, key: str) -> dict[str, str]:
        """A table of strings."""
        inner = self.table(key)
        found = {} if inner is None else {name: inner.string(name) for name in inner.data}
        self.join(inner)
        return found

    def number_map(self, key: str) -> dict[str, float]:
        """A table of numbers."""
        inner = self.table(key)
        found = {} if inner is None else {name: inner.number(name) for name in inner.data}
        self.join(inner)
        return found

    def join(self, *inner: Fields | None) -> None:
        """Finish inner tables; an error of theirs is an error of this table."""
        for fields in inner:
            if fields is not None:
                fields.finish()
                self.broken = self.broken or fields.broken

    def finish(self) -> None:
        """Report every key nobody asked for."""
        for key in self.data:
            if key not in self.seen:
                hint = _one_of(key, sorted(self.seen))
                self.problem(key, say("unknown key {key!r}", key=key), hint, "unknown-key")


def kind_of(value: Any) -> str:
    """A TOML value's type in words."""
    if isinstance(value, bool):
        return say("true/false")
    if isinstance(value, int):
        return say("a whole number")
    if isinstance(value, float):
        return say("a number") if math.isfinite(value) else str(value)
    if isinstance(value, str):
        return say("the text {value!r:.40}", value=value)
    return (
        say("a table")
        if isinstance(value, dict)
        else say("a list")
        if isinstance(value, list)
        else say("a date or time")
    )


def is_number(value: Any) -> bool:
    """A finite number that a float can hold; true and false are none."""
    try:
        return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(float(value))
    except OverflowError:
        return False


def _is_strings(value: Any) -> bool:
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(item, str) for item in value))


def _is_tables(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)


def _is_pairs(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(pair, list) and len(pair) == 2 and all(map(is_number, pair)) for pair in value
    )


def _one_of(word: str, words: Sequence[str]) -> str:
    return did_you_mean(word, words, say("known: {names}", names=listed(words)))
