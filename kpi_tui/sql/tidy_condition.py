"""A condition of TOML whose words have blanks around them, as cells have not; the parser is needed only for such."""

from __future__ import annotations

import re

from kpi_tui.definitions.written.blanks import BLANKS_AROUND

_TEXT = re.compile("'((?:[^']|'')*)'")


def tidy_where(sql: str) -> str:
    """The condition with tidy words. Not parsed where no text in it has blanks around, nor changed where it may not
    run: that is said elsewhere."""
    if all(text.strip(BLANKS_AROUND) == text for text in _TEXT.findall(sql)):
        return sql
    from kpi_tui.sql.compared_words import tidy_condition
    from kpi_tui.sql.guard import FragmentError

    try:
        return tidy_condition(sql)
    except FragmentError:
        return sql
