"""Signs that a Chinese keyboard or a word processor writes where TOML wants plain ones."""

from __future__ import annotations

import re

from kpi_tui.definitions.message import listed, say

_PLAIN = {
    **dict.fromkeys("“”„‟＂「」『』〝〞«»", '"'),
    **dict.fromkeys("‘’‚＇`´", "'"),
    "＝": "=", "＃": "#", "，": ",", "、": ",", "。": ".", "．": ".", "：": ":", "－": "-", "—": "-", "＿": "_",
    **dict.fromkeys("［【〔", "["), **dict.fromkeys("］】〕", "]"), "｛": "{", "｝": "}",
    **dict.fromkeys("\u3000\u00a0\u2007\u202f", " "),
}  # fmt: skip
QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'[^']*'")


def typed_signs(line: str) -> str:
    """What to write instead of such signs in a line that is no TOML; "" where it has none outside plain quotes."""
    bare = QUOTED.sub("", line)
    found = dict.fromkeys(sign for sign in bare if sign in _PLAIN)
    if not found:
        return ""
    if all(_PLAIN[sign] in "\"'" for sign in found):
        return say('write straight quotes (") instead of {signs}', signs=" ".join(found))
    told = listed(f"{_PLAIN[sign]!r} ({sign!r})" for sign in found)
    return say("write the plain sign instead of the wide one: {signs}", signs=told)
