"""Text from data made harmless: no escape sequence, no reordering, nothing invisible."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from kpi_tui.definitions.written.secrets import without_secrets

MAX_MARKS = 4  # combining marks kept on one letter; Vietnamese and Hebrew need no more
INVISIBLE = "·"

_SYMBOLS = {"\t": "⇥", "\n": "⏎", "\r": "␍", "\x7f": "␡", "\u2028": "⏎", "\u2029": "⏎"}
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Letters and marks that draw nothing although Unicode does not call them format characters.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180e\u180f\u2800\u3164\uffa0")
_GLYPH_CHOICE = frozenset("\ufe0e\ufe0f")  # text or emoji form: only a wish, dropped so that widths are sure
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]|[\u202a-\u202e\u2066-\u2069]")


@lru_cache(maxsize=16_384)
def clean(text: str) -> str:
    """One harmless line without secrets: control, bidi, invisible or lone surrogate characters as visible symbols.

    Combining marks beyond MAX_MARKS in a row become one `·`. The result has no line break.
    """
    text = without_secrets(text)
    if text.isascii() and text.isprintable():
        return text
    parts: list[str] = []
    marks = 0
    for char in text:
        if unicodedata.category(char) in ("Mn", "Me") and char not in _BLANK and not _is_selector(char):
            marks += 1
            if marks <= MAX_MARKS:
                parts.append(char)
            elif marks == MAX_MARKS + 1:
                parts.append(INVISIBLE)
            continue
        marks = 0
        parts.append(_visible(char))
    return "".join(parts)


def is_clean(text: str) -> bool:
    """True when no control or bidi character is left that a terminal would obey (line feeds and tabs apart)."""
    return _CONTROL.search(text) is None


def _is_selector(char: str) -> bool:
    return "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"


def _visible(char: str) -> str:
    """What is shown for one character; most characters are themselves."""
    if char in _SYMBOLS:
        return _SYMBOLS[char]
    if char < " ":
        return chr(0x2400 + ord(char))
    if char in _GLYPH_CHOICE:
        return ""
    if char in _BLANK or _is_selector(char):
        return INVISIBLE
    category = unicodedata.category(char)
    if category == "Cf" and char not in _BIDI and char < "\U000e0000":
        return INVISIBLE
    if category in ("Cc", "Cf", "Cs") or ord(char) & 0xFFFE == 0xFFFE:
        return f"<U+{ord(char):04X}>"
    return char
