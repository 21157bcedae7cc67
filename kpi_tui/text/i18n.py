"""Interface words in English and Simplified Chinese: gettext catalogues, chosen at render time.

`_()` reads the language each time it is called, so that a running app can switch. The language
sits in one object held by a context variable: `set_language` changes it for every task and thread,
`speaking()` gives a context (a test, one command) a language of its own.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from kpi_tui.definitions.message import Message
from kpi_tui.definitions.text import Text
from kpi_tui.text.number_form import number_form

LANGUAGES = ("en", "zh")
DOMAIN = "kpi_tui"
_FOLDERS = {"en": "en", "zh": "zh_CN"}
_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


def N_(text: str) -> str:  # noqa: N802  gettext's own name for "to be translated later"
    """Mark a text for the catalogue without translating it yet."""
    return text


@dataclass(slots=True)
class Translator:
    """The language in force and its catalogue."""

    language: str = "en"
    catalogue: gettext.NullTranslations = field(default_factory=gettext.NullTranslations)

    @classmethod
    def of(cls, language: str) -> Translator:
        """A translator of `en` or `zh`; English texts where the catalogue is missing."""
        return cls(language, _catalogue(language))

    def use(self, language: str) -> None:
        """Switch this translator to another language."""
        self.language, self.catalogue = language, _catalogue(language)

    def text(self, message: str) -> str:
        """The translation of `message`, or the message itself."""
        return self.catalogue.gettext(message) if message else ""

    def plural(self, one: str, many: str, count: int) -> str:
        """The form for `count`."""
        return self.catalogue.ngettext(one, many, count)


# The default is shared by every context: one process, one screen, one language.
_CURRENT: ContextVar[Translator] = ContextVar("kpi_tui_translator", default=Translator())  # noqa: B039


def _(message: str, **values: object) -> str:
    """The message in the language in force, `{name}` filled from `values`."""
    text = _CURRENT.get().text(message)
    return text.format_map(_told(values)) if values else text


def n_(one: str, many: str, count: int, /, **values: object) -> str:
    """The singular or plural message, `{count}` and `values` filled in."""
    return _CURRENT.get().plural(one, many, count).format_map({"count": count, **_told(values)})


def told(text: str) -> str:
    """A sentence of the core in the language in force, with the sentences inside it; any other text as it is.

    What was filled in is never read as a template, and is as raw as it was: clean the result.
    """
    if not isinstance(text, Message):
        return text
    if text.many:
        return n_(text.template, text.many, text.number, **text.values)
    return _CURRENT.get().text(text.template).format_map(_told(text.values))


def in_both(text: str) -> Text:
    """A sentence of the core in both languages, for what is written down and read by others."""
    with speaking("zh"):
        return Text(str(text), told(text))


class _Written:
    """A number; where a template formats it (`{rows:,}`) in the form in force, else as it is."""

    def __init__(self, value: float) -> None:
        self._value = value

    def __format__(self, spec: str) -> str:
        return number_form().written(format(self._value, spec)) if spec else str(self._value)

    def __str__(self) -> str:
        return str(self._value)

    def __repr__(self) -> str:
        return repr(self._value)


def _told(values: Mapping[str, object]) -> dict[str, object]:
    return {name: _told_value(value) for name, value in values.items()}


def _told_value(value: object) -> object:
    if isinstance(value, Text):
        return value.get(language())
    if isinstance(value, int | float):
        return _Written(value)
    return told(value) if isinstance(value, str) else value


def language() -> str:
    """The language in force: `en` or `zh`."""
    return _CURRENT.get().language


def set_language(name: str) -> None:
    """Switch the language for the whole process (or for the enclosing `speaking`)."""
    _CURRENT.get().use(normal(name) or "en")


@contextmanager
def speaking(name: str) -> Iterator[None]:
    """A language inside a `with` block only."""
    token = _CURRENT.set(Translator.of(normal(name) or "en"))
    try:
        yield
    finally:
        _CURRENT.reset(token)


def normal(name: str) -> str:
    """`zh_CN.UTF-8` → `zh`, `en_GB` → `en`, anything else → empty."""
    head = name.strip().replace("-", "_").split(".")[0].split("_")[0].lower()
    return head if head in LANGUAGES else ""


def choose(wanted: str | None, workspace: str | None, environ: Mapping[str, str]) -> str:
    """The language to speak: --lang, else the workspace's, else $LC_ALL, $LC_MESSAGES, $LANG, else English."""
    for name in (wanted, workspace):
        if name and normal(name):
            return normal(name)
    # The first variable that is set decides, even when it names a language we do not speak (POSIX).
    return normal(next((environ[key] for key in _VARIABLES if environ.get(key)), "")) or "en"


def locale_folder() -> Path:
    """Where the catalogues lie."""
    return Path(__file__).parent.parent / "locale"


def catalogue_file(name: str) -> Path:
    """The compiled catalogue of a language (made at build or install)."""
    return locale_folder() / _FOLDERS[name] / "LC_MESSAGES" / f"{DOMAIN}.mo"


def is_translated(name: str) -> bool:
    """True when a language can really be shown: English always, Chinese with its compiled catalogue."""
    return name == "en" or catalogue_file(name).is_file()


@lru_cache(maxsize=4)
def _catalogue(name: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, locale_folder(), languages=[_FOLDERS[name]], fallback=True)
