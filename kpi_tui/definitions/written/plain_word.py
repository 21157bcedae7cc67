"""Words of a cell compared without what people vary, and the words that stand for no number."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

NOTHING = frozenset({"", "-", "–", "—", "--", "/", "n/a", "na", "null", "none", "无", "…"})
"""What people write where there is no number: no opinion, as an empty cell."""
CLEAR = frozenset({"clear", "清除", "清空"})
"""What takes a number away."""


@lru_cache(maxsize=10_000)  # the names of a workspace, for every sheet that is read
def plain(written: str) -> str:
    """Without full-width letters, capitals, blanks, and an apostrophe that a csv puts in front."""
    return "".join(unicodedata.normalize("NFKC", written).casefold().lstrip("'").split())
