"""The currency `init` chooses for a new workspace: the one its files say.

Where they say none, or several, it is `DEFAULT_CURRENCY` of `workspace/start/scaffold.py`. That amounts of several
currencies are never added up is another idea: `tables/currency_of_row.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import polars as pl

from kpi_tui.tables.propose.by_recipe import Recognised
from kpi_tui.tables.propose.header_words import currencies_said
from kpi_tui.tables.source.text_cells import tidy


def currency_of(one: Recognised) -> str:
    """The code the recipe knows, or the only one its column holds, or its headers say; "" when nothing does."""
    name = one.recipe.currency.strip("{}")
    if name and name == one.recipe.currency:
        return name
    cells = one.frame[one.columns[name]] if name in one.columns else pl.Series(dtype=pl.String)
    codes = {code for code in tidy(cells).drop_nulls().str.to_uppercase() if re.fullmatch(r"[A-Z]{3}", code)}
    codes = codes or currencies_said(one.used)
    return codes.pop() if len(codes) == 1 else ""


def agreed(currencies: Iterable[str]) -> str:
    """The code that all files name which name one; "" when none does, or two differ."""
    named = set(filter(None, currencies))
    return named.pop() if len(named) == 1 else ""
