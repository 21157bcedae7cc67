"""Orders whose remark calls them a test: they count, and it is said."""

from __future__ import annotations

from kpi_tui.definitions.message import says
from kpi_tui.tables.convert import Converted
from kpi_tui.tables.currencies.currency_of_row import called
from kpi_tui.tables.doubts.doubtful_files import kept_texts
from kpi_tui.tables.mapping.column_names import sql_name
from kpi_tui.tables.source.raw_rows import Raw

_REMARKS = frozenset(
    "remark remarks memo note notes buyermessage 备注 订单备注 买家备注 卖家备注 买家留言 商家备注".split()
)
"""Headers of a column of remarks, mapped or not."""
_TEST = r"(?i)(^|[^a-z])tests?([^a-z]|$)|测试"


def notes_on_test_orders(raw: Raw, made: Converted) -> list[str]:
    """A note for each column of remarks in which rows that count are called tests."""
    notes: list[str] = []
    for name in called(raw.columns, _REMARKS):
        tests = kept_texts(raw, made, name)
        count = int(tests.str.contains(_TEST).sum())
        if count:
            example = tests.filter(tests.str.contains(_TEST).fill_null(False))[0]
            column = sql_name(name).replace('"', '\\"')
            notes.append(
                says(
                    "{column}: {count} row is called a test ({example!r}), and it counts; to leave it out write "
                    "where = \"lower(coalesce({sql}, '')) not like '%{word}%'\"",
                    "{column}: {count} rows are called tests ({example!r}), and they count; to leave them out write "
                    "where = \"lower(coalesce({sql}, '')) not like '%{word}%'\"",
                    count,
                    column=name,
                    example=example,
                    sql=column,
                    word="测试" if "测试" in example else "test",
                )
            )
    return notes
