"""How a known export is recognised, and which tables its columns fill (config/recipes/*.toml).

One rule for every recipe (R148): an order that was paid and later closed, cancelled or refunded stays in paid_amount
and makes a row of refunds, dated by the file's refund date, else by the payment; closed and never paid is left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from kpi_tui.definitions.issue import Place
from kpi_tui.definitions.text import Text

KINDS = ("", "number", "time", "order", "person")
TOLD_BY = ("shop", "payments", "account", "tracker")
"""Who tells of orders and refunds: a shop's own export, a statement of payments, that of an account, a tracker.
They tell of the same orders, so the first of them that is there is taken."""
OWN_FILE = "file"
"""Who tells of orders in a file that no recipe knows, a shop's own sheet: they are compared before they count."""
MONEY = ("orders", "order_items", "refunds")
"""The tables they tell of."""
PLACEHOLDER = re.compile(r"\{([^{}:=]+)(?::([^{}=]+))?(?:=([^{}]+))?\}")


@dataclass(frozen=True, slots=True)
class Placeholder:
    """`{paid}` in the SQL of a recipe: a column of the export as text; `{paid:number}`, `{paid_at:time}`: read as such.

    `{total:order}`: the number of an order of several lines, `max` where all or one of them say it, else `sum`.
    `{receiver:person}`: a name that is not masked (张*), as if the file had no such column where all are.
    `{postage:number=0}`: 0 where the cell is empty or the file has no such column. `{closed}`: the words of a group.
    """

    name: str
    kind: str = ""
    default: str = ""


def placeholders(sql: str) -> list[Placeholder]:
    """Those of one SQL, in their order."""
    return [Placeholder(*found) for found in PLACEHOLDER.findall(sql)]


@dataclass(frozen=True, slots=True)
class RecipeTable:
    """A canonical table made of one export; its SQL holds placeholders.

    A column and `where` have one SQL or several, the best first: the first whose columns the file has is taken; a
    column that has none is left out, and a table whose `where` or `group_by` has none too.
    """

    id: str
    columns: Mapping[str, tuple[str, ...]]
    where: tuple[str, ...] = ()
    group_by: tuple[str, ...] = ()
    distinct: bool = False
    timezone: str = ""  # of stamps that carry none; "" = the workspace's
    spare: bool = False  # only where no other file of this source fills the table
    told_by: str = TOLD_BY[0]
    place: Place = Place()

    def sqls(self) -> list[str]:
        """All that is written of it, with its placeholders."""
        return [*(sql for ways in self.columns.values() for sql in ways), *self.where, *self.group_by]


@dataclass(frozen=True, slots=True)
class Told:
    """What a person should confirm of a table, said when there are such rows.

    {count} in `text` is the number of rows kept, or with `of = "left_out"` of those its `where` leaves out; {made} the
    rows they make (orders of lines); {sum} the total of the canonical column `sum` over the rows made. `{count:is|are}`
    is the first word for one row, else the second. With `name` it is said only where that name fills a column.
    `columns`: the canonical columns it is about, for a sentence that changes nothing where none of them is used.
    """

    table: str
    text: Text
    of: str = "kept"
    sum: str = ""
    name: str = ""
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recipe:
    """One kind of export. `names`: what a column is called in SQL here -> its header words, the likeliest first."""

    id: str
    name: Text
    source: str  # whose rows these are: taobao, shopify …
    names: Mapping[str, tuple[str, ...]]
    needs: tuple[str, ...]  # names that the file must have to be of this kind
    without: tuple[str, ...] = ()  # header words that files of this kind never have
    words: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)  # name -> group -> words
    empty: tuple[str, ...] = ()  # words that stand for an empty cell of a number or time
    currency: str = ""  # a code, or `{name}` of the column that holds it
    tables: Mapping[str, RecipeTable] = field(default_factory=dict)
    told: tuple[Told, ...] = ()
    latest_by: tuple[str, ...] = ()  # names: of an order in several exports the last one counts
    no_table: Text | None = None  # why its rows are no rows of any table: `init` says so and maps nothing
    place: Place = Place()
