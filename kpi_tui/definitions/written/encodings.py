"""Names of encodings that the bytes of a text file may have."""

from __future__ import annotations

import codecs

_NO_CHARSETS = frozenset(("idna", "mbcs", "oem", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"))
"""What Python calls an encoding and no file is written in."""


def is_encoding(name: str) -> bool:
    """Whether Python reads text of that encoding."""
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return False
    return found._is_text_encoding and found.name.replace("_", "-") not in _NO_CHARSETS
