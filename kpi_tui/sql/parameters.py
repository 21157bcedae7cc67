"""`:name` in a fragment: which settings it mentions, and their values bound into it as literals."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kpi_tui.definitions.message import say
from kpi_tui.sql.fragment_error import FragmentError
from kpi_tui.sql.quoted_text import quoted_text

_PARAMETER = re.compile(r"(?<![:\w]):([a-z_][a-z0-9_]*)")


def bind(sql: str, settings: Mapping[str, object]) -> str:
    """Replace `:name` by the setting's literal: a number, a boolean or a text. FragmentError for an unknown one."""

    if ":" not in sql:
        return sql

    def literal(match: re.Match[str]) -> str:
        name = match[1]
        if name not in settings:
            raise FragmentError(say("unknown setting :{name}", name=name))
        value = settings[name]
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, int | float):
            return repr(value)
        return quoted_text(str(value))

    return _PARAMETER.sub(literal, sql)


def parameters(sql: str) -> tuple[str, ...]:
    """Names of the settings a fragment mentions, each once."""
    return tuple(dict.fromkeys(_PARAMETER.findall(sql)))
