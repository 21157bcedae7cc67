"""Why a text is no SQL, in plain words."""

from __future__ import annotations

from sqlglot.errors import ParseError

from kpi_tui.definitions.message import Message, say


def no_such_kind(kind: str) -> Message:
    """That a cast names no kind of values."""
    return say("there is no kind {kind!r}; write integer, double, varchar, boolean, date or timestamp", kind=kind)


def unparsed(error: Exception) -> str:
    """What is wrong with a text that the parser refused, without its words."""
    if isinstance(error, RecursionError):
        return say("it is nested too deeply")
    if not isinstance(error, ParseError) or not error.errors:
        return say("a quotation mark or bracket is not closed")
    first = error.errors[0]
    said, at = str(first.get("description")), str(first.get("highlight") or "")
    if said.startswith("Expecting )"):
        return say("a closing bracket is missing")
    if said.startswith("Required keyword"):
        return say("something is missing before {at!r}", at=at)
    return say("{at!r} is out of place", at=at) if at else say("it ends too early")
