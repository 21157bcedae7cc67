"""From one style of text to the next with as few bytes as the terminal needs (SGR, ECMA-48 8.3.117)."""

from __future__ import annotations

from functools import lru_cache

PLAIN = ""
"""The style in which the terminal writes after a reset."""
INK, GROUND = "38", "48"
"""What a code sets: the colour of the text, the colour behind it; each attribute goes by its own number."""
_OFF = {"1": "22", "2": "22", "3": "23", "4": "24", "7": "27", "9": "29", INK: "39", GROUND: "49"}
"""What ends a style alone; what ends others only together with all."""
_UNSEEN_ON_BLANKS = {INK, "1", "2", "3"}
_LENGTHS = {"2": 5, "5": 3}
"""Parameters of a colour: of three parts, of a palette."""


@lru_cache(maxsize=4096)
def style_change(before: str, after: str) -> str:
    """The sequence that makes of text in `before` text in `after`, both as parameters of SGR: `1;38;2;255;0;0`."""
    old, new = _parts(before), _parts(after)
    if old == new:
        return ""
    gone = old.keys() - new.keys()
    anew = f"\x1b[0;{after}m" if after else "\x1b[0m"
    if not new or not gone <= _OFF.keys():
        return anew
    ended = sorted({_OFF[kind] for kind in gone})
    again = {"1", "2"} if "22" in ended else set()  # bold and faint end together
    begun = (code for kind, code in new.items() if old.get(kind) != code or kind in again)
    return min(f"\x1b[{';'.join((*ended, *begun))}m", anew, key=len)


@lru_cache(maxsize=4096)
def on_blanks(style: str) -> str:
    """What of a style is seen where nothing but blanks is written: mostly the ground alone."""
    parts = _parts(style)
    return ";".join(code for kind, code in parts.items() if "7" in parts or kind not in _UNSEEN_ON_BLANKS)


@lru_cache(maxsize=16384)
def _parts(parameters: str) -> dict[str, str]:
    """Its parameters by what they set."""
    found: dict[str, str] = {}
    rest = parameters.split(";") if parameters else []
    while rest:
        length = _LENGTHS[rest[1]] if rest[0] in (INK, GROUND) else 1
        found[_kind(int(rest[0]))] = ";".join(rest[:length])
        rest = rest[length:]
    return found


def _kind(code: int) -> str:
    """30–37, 90–97: colours of the palette; ten more: the same behind the text; 39, 49: those of the terminal."""
    if code // 10 in (3, 9):
        return INK
    return GROUND if code // 10 in (4, 10) else str(code)
