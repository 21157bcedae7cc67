"""Why a native reader gave a file up, in our words: its own name its inner parts, and help nobody who has the file."""

from __future__ import annotations

import re
from collections.abc import Callable

from kpi_tui.definitions.message import Message, say


def why_unread(error: BaseException) -> Message:
    """A few words, for behind the name of the file."""
    said = error.args[0] if error.args else ""
    if isinstance(said, Message):
        return said
    found = ((sentence, re.search(pattern, str(error), re.I)) for pattern, sentence in _SENTENCES)
    return next((sentence(match) for sentence, match in found if match), say("it is damaged; export it again"))


_SENTENCES: tuple[tuple[str, Callable[[re.Match[str]], Message]], ...] = (
    (
        r"parse time zone: '(.{0,60}?)'",
        lambda found: say(
            "a column of times has the time zone {name!r}, which nobody knows; export it in UTC, or with a name such as"
            " Asia/Shanghai",
            name=found[1],
        ),
    ),
    (
        r"string index not found",
        lambda _: say("a cell refers to a text that is not in it; open and save it in a spreadsheet"),
    ),
    (
        r"must end with|unexpected eof|end of file|not a zip file|unexpected end|footer size",
        lambda _: say("its end is missing; copy or export it again"),
    ),
    (r"password|encrypted|crypto", lambda _: say("it is protected with a password; save it without one")),
    (
        r"compression (?:method|type)|not (?:yet )?(?:supported|implemented)|unsupported",
        lambda _: say("it is written in a way that cannot be read; save it anew, with texts, numbers and times only"),
    ),
)
