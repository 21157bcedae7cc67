"""What a chart of characters is made of: lines of pieces, each with what it is; and the signs of the fills."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Literal

from kpi_tui.text.fit import ELLIPSIS
from kpi_tui.text.i18n import n_
from kpi_tui.text.marks_behind_numbers import PARTIAL

Part = Literal["", "title", "label", "line", "last", "target", "band", "bar", "total", "weak", "number", "shade"]
"""What a piece of a chart is; "" is blank. Who draws it colours the parts by what they are."""
Line = list[tuple[str, Part]]

FILLS = "█▓▒░▚▄▀▞"
"""Parts of a stacked bar."""
TOTAL, RISE, FALL = 0, 1, 3
"""The fills of a waterfall: a total, what adds, what takes away."""
SHADES = " ░▒▓█"
"""How dark a cell of a heat map is, from hardly to fully: behind its number."""
AIM, HAIR = "┊", "│"
"""The target of a bar; what is too small for a cell."""
_PLAIN = str.maketrans(
    "█▓▒░▚▄▀▞▏▎▍▌▋▊▉●○┄·│┤└┴─┊…−—⚠⇥→▲▼×" + PARTIAL,
    "#=+.xo^%    ###oo-.|+++-:~--!>>^vx" + "?",
)


def fill_sign(fill: int) -> str:
    """The block of a fill."""
    return FILLS[fill % len(FILLS)]


def more_lines(count: int) -> Line:
    """How many lines find no room."""
    return [(f"{ELLIPSIS} " + n_("and {count} more", "and {count} more", count), "label")]


def joined(cells: Iterable[tuple[str, Part]]) -> Iterator[tuple[str, Part]]:
    """Neighbours of one kind as one piece."""
    for part, group in groupby(cells, key=lambda cell: cell[1]):
        yield "".join(sign for sign, _part in group), part


def in_ascii(lines: Iterable[Line]) -> list[Line]:
    """The signs of charts in ASCII, cell by cell; words of a person keep their letters."""
    return [[(_plain(text, part), part) for text, part in line] for line in lines]


def _plain(text: str, part: Part) -> str:
    return "*" * len(text) if part == "line" else text.translate(_PLAIN)
