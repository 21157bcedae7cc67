"""The currency `init` chooses for a new workspace: the one its files say.

Where they say none, or several, it is `DEFAULT_CURRENCY` of `workspace/start/scaffold.py`. That amounts of several
currencies are never added up is another idea: `tables/currency_of_row.py`.
"""

from __future__ import annotations

from collections.abc import Iterable

from kpi_tui.tables.propose.by_recipe import Recognised
from kpi_tui.tables.propose.header_words import currencies_said


def currency_of(one: Recognised) -> str:
    """The code the recipe knows, or the only one its column holds, or its headers say; "" when nothing does."""
    codes = one.currencies() or currencies_said(one.used)
    return codes.pop() if len(codes) == 1 else ""


def agreed(currencies: Iterable[str]) -> str:
    """The code that all files name which name one; "" when none does, or two differ."""
    named = set(filter(None, currencies))
    return named.pop() if len(named) == 1 else ""
