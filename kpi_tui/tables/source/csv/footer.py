"""Lines below the records: totals, dashes, the time of export, as banks and payment services put them there."""

from __future__ import annotations

import re

from kpi_tui.definitions.message import say
from kpi_tui.tables.source.csv.header import Header

_LOOKED = 30  # lines at the end of a file in which a footer is looked for
_SHOWN = 60
_SIGN = re.compile(
    r"[\s\"'`]*(?:#|[-=*_]{3,}|[总共]|合计|小计|汇总|交易合计|退款合计|[已待](?:收入|支出)|导出|制表|说明|注[:：]|"
    r"(?:grand |sub)?totals?\b|generated\b|exported\b)",
    re.IGNORECASE,
)


def without_footer(lines: list[str], header: Header, first: int) -> tuple[list[str], list[str]]:
    """The lines before a footer, and a note about it; `first` is the row number of the first line.

    A footer begins with a sign of one, and none of its lines has as many cells as the header: a line that could be a
    record is never taken, nor one that merely broke off.
    """
    start = len(lines)
    while start > max(0, len(lines) - _LOOKED) and _is_outside(lines[start - 1], header):
        start -= 1
    at = next((i for i in range(start, len(lines)) if _SIGN.match(lines[i])), len(lines))
    if at == len(lines):
        return lines, []
    text = lines[at].strip()[:_SHOWN]
    note = say("row {first} stands below the records and is none: {text!r}", first=first + at, text=text)
    if len(lines) - at > 1:
        note = say(
            "rows {first} to {last} stand below the records and are none: {text!r} …",
            first=first + at,
            last=first + len(lines) - 1,
            text=text,
        )
    return lines[:at], [note]


def _is_outside(line: str, header: Header) -> bool:
    """A line that is no record: another width, and no quote that a line above it may have opened."""
    return line.count(header.mark) + 1 != len(header.names) and line.count('"') % 2 == 0
