"""Words that stand in a row of sums instead of a record: 合计, Total."""

from __future__ import annotations

TOTAL_WORDS = ("合计", "总计", "小计", "汇总", "总和", "total", "grand total", "subtotal", "sub total", "sum", "totals")
"""Small letters. Beginnings of lines below a csv's records are in `tables/source/csv/footer.py`."""
