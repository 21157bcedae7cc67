"""The data of a View as JSON, safe to print on a terminal."""

from __future__ import annotations

import json
import re

from kpi_tui.definitions.written.secrets import without_secrets
from kpi_tui.text.phrase import translate
from kpi_tui.views.view import View

# json escapes C0 only. These too would be obeyed by a terminal, hide, or break UTF-8.
_UNSAFE = re.compile(
    "[\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]"
)


def render(view: View) -> str:
    """JSON text; ValueError for NaN or infinity, which R002 forbids in every answer.

    Words of both languages are told in the one in force; sentences of the core stay English.
    """
    text = json.dumps(view.data, ensure_ascii=False, allow_nan=False, indent=2, default=translate)
    # Only strings can hold these characters, so that an escape is always in its right place.
    return _UNSAFE.sub(_escape, without_secrets(text)) + "\n"


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code > 0xFFFF:
        code -= 0x10000
        return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"
    return f"\\u{code:04x}"
