"""Signs that may stand between two cells of a text file."""

from __future__ import annotations

from kpi_tui.definitions.message import say


def unfit_delimiter(delimiter: str) -> str:
    """Why a sign cannot part cells; "" where it can, or where none is given."""
    if len(delimiter) > 1:
        return say("the delimiter {delimiter!r} is longer than one character", delimiter=delimiter[:_SHOWN])
    if delimiter and (delimiter == '"' or not (delimiter == "\t" or (delimiter.isascii() and delimiter.isprintable()))):
        return say("the delimiter {delimiter!r} cannot part cells", delimiter=delimiter)
    return ""


_SHOWN = 40
