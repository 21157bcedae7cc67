"""The currency `init` chooses for a new workspace: the one its files say.

Where they say none, or several, it is `DEFAULT_CURRENCY` of `definitions/written/currencies.py`. That amounts of
several currencies are never added up is another idea: `tables/currencies/currency_of_row.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import polars as pl

from kpi_tui.tables.currencies.currency_of_row import is_called_currency
from kpi_tui.tables.propose.by_recipe import Recognised
from kpi_tui.tables.propose.header_words import currencies_said
from kpi_tui.tables.source.text_cells import tidy

_CODE = re.compile(r"[A-Z]{3}")


def currency_of(one: Recognised) -> str:
    """The code the recipe knows, or the only one its column holds, or its headers say; "" when nothing does."""
    codes = one.currencies() or currencies_said(one.used)
    return codes.pop() if len(codes) == 1 else ""


def currency_in(frame: pl.DataFrame) -> str:
    """The one code that all rows of a file nobody knows say in a column called so; "" without one, or of several."""
    for name in frame.columns:
        if is_called_currency(name):
            codes = set(tidy(frame[name].cast(pl.String)).drop_nulls().str.to_uppercase().unique())
            if len(codes) == 1 and _CODE.fullmatch(code := str(codes.pop())):
                return code
    return ""


def agreed(currencies: Iterable[str]) -> str:
    """The code that all files name which name one; "" when none does, or two differ."""
    named = set(filter(None, currencies))
    return named.pop() if len(named) == 1 else ""
