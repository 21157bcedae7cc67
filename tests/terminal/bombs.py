"""Files and questions that blow up, behind the app: `python -m tests.terminal.bombs [BOMB …]`.

For each a shop whose scorecard needs the bomb. The app is opened in a pseudo-terminal, and while the bomb is computed
the cursor keys go on: told are the seconds until the screen has an answer or a sentence, the most memory of the process
that computes and of the app, how long the screen took to draw after a key (median and most, in milliseconds), and what
it said. The limits of the issue: 10 s, 1 GB, 100 ms. Nothing is asserted: figures are for a quiet machine.
"""

from __future__ import annotations

import contextlib
import re
import select
import statistics
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import polars as pl
import xlsxwriter

from tests.terminal.terminal import Terminal
from tests.workspaces import Shop

GIGA = 1 << 30
MOST_SECONDS = 60
KEYS = (b"3", b"\x1b[B", b"1")
"""The library, a line down in it, and back to the scorecard: each of them draws."""
LOOKS = 3
"""Times in a row that nothing is said to be computed: that is an answer."""
WORKSPACE = 'name = "Shop"\nextends = "standard"\ntimezone = "Asia/Shanghai"\ncurrency = "CNY"\nas_of = 2026-10-20\n'
ROLE = '[roles.ops]\nname = "Ops"\n[[roles.ops.lines]]\nmetric = "{metric}"\nweight = 100\n'
METRIC = """[metrics.blown]
name = { en = "Blown up", zh = "爆" }
definition = { en = "Nothing one would want to know.", zh = "无意义" }
category = "revenue"
kind = "absolute"
formula = "blown"
unit = "count"
better = "higher"
rollup = "recompute"
[measures.blown]
about = { en = "blown", zh = "爆" }
table = "d_blown"
agg = "sum"
column = "x"
time = "paid_at"
"""
FACT = """[facts.d_blown]
name = {{ en = "Blown up", zh = "爆" }}
time = "paid_at"
key = ["order_id"]
sql = '''{sql}'''
"""
ROW = ("o{n}", "u{n}", "2026-10-03 10:00:00", "2026-10-03 10:05:00", "100")
COLUMNS = ("order_id", "user_id", "created_at", "paid_at", "paid_amount")


def far_cell(shop: Shop) -> None:
    """A workbook with one stray cell in the last row of the last column."""
    book = xlsxwriter.Workbook(str(shop.root / "orders.xlsx"), {"constant_memory": True})
    sheet = book.add_worksheet()
    for place, name in enumerate(COLUMNS):
        sheet.write(0, place, name)
        sheet.write(1, place, ROW[place].format(n=1))
    sheet.write(1_048_575, 16_383, "x")
    book.close()
    reads(shop, "orders.xlsx")


def zip_bomb(shop: Shop) -> None:
    """A workbook of a few megabytes whose sheet inflates to four gigabytes of blanks."""
    whole = shop.root / "whole.xlsx"
    book = xlsxwriter.Workbook(str(whole))
    book.add_worksheet().write_row(0, 0, COLUMNS)
    book.close()
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(shop.root / "orders.xlsx", "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != "xl/worksheets/sheet1.xml":
                new.writestr(name, old.read(name))
        with new.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            text = old.read("xl/worksheets/sheet1.xml")
            sheet.write(text[: text.index(b"<sheetData>")])
            for _megabyte in range(4096):
                sheet.write(b" " * (1 << 20))
            sheet.write(text[text.index(b"<sheetData>") :])
    whole.unlink()
    reads(shop, "orders.xlsx")


def parquet_of_one_value(shop: Shop) -> None:
    """A Parquet of a few megabytes with two hundred million rows."""
    one = {name: value.format(n=1) for name, value in zip(COLUMNS, ROW, strict=True)}
    part = pl.LazyFrame({"n": range(1)}).select(**{name: pl.lit(value) for name, value in one.items()})
    pl.concat([part.select(pl.all().repeat_by(2_000_000).explode())] * 100).sink_parquet(shop.root / "orders.parquet")
    reads(shop, "orders.parquet")


def three_thousand_columns(shop: Shop) -> None:
    """A csv of 3,000 unnamed columns and 5,000 rows."""
    with (shop.root / "orders.csv").open("w", encoding="utf-8") as file:
        file.write(",".join(COLUMNS) + "," * 3000 + "\n")
        for number in range(5000):
            file.write(",".join(ROW).format(n=number) + "," * 3000 + "\n")
    reads(shop, "orders.csv")


def two_million_orders(shop: Shop) -> None:
    """No bomb, but long: 130 MB of csv."""
    with (shop.root / "orders.csv").open("w", encoding="utf-8") as file:
        file.write(",".join(COLUMNS) + "\n")
        row = ",".join(ROW) + "\n"
        for number in range(2_000_000):
            file.write(row.format(n=number))
    reads(shop, "orders.csv")


def join_of_one_key(shop: Shop) -> None:
    """60,000 orders of one buyer joined with themselves: 3.6 thousand million rows."""
    with (shop.root / "orders.csv").open("w", encoding="utf-8") as file:
        file.write(",".join(COLUMNS) + "\n")
        for number in range(60_000):
            file.write(",".join((f"o{number}", "u1", *ROW[2:])) + "\n")
    blown(
        shop,
        "SELECT a.order_id, a.paid_at, b.paid_amount AS x FROM orders a JOIN orders b ON a.user_id = b.user_id",
    )


def text_of_two_gigabytes(shop: Shop) -> None:
    """A literal length."""
    two_rows(shop)
    blown(shop, "SELECT order_id, paid_at, length(rpad(order_id, 2000000000, 'x')) AS x FROM orders")


def grown_text(shop: Shop) -> None:
    """A text that doubles with every bracket."""
    two_rows(shop)
    text = "order_id"
    for _twice in range(34):
        text = f"concat({text}, {text})" if len(text) < 200 else f"replace({text}, 'o', 'oooooooo')"
    blown(shop, f"SELECT order_id, paid_at, length({text}) AS x FROM orders")


BOMBS: tuple[Callable[[Shop], None], ...] = (
    far_cell, zip_bomb, parquet_of_one_value, three_thousand_columns, two_million_orders, join_of_one_key,
    text_of_two_gigabytes, grown_text,
)  # fmt: skip


def two_rows(shop: Shop) -> None:
    """The smallest orders."""
    rows = [",".join(ROW).format(n=number) for number in (1, 2)]
    (shop.root / "orders.csv").write_text("\n".join((",".join(COLUMNS), *rows, "")), encoding="utf-8")


def reads(shop: Shop, file: str, metric: str = "paid_amount") -> None:
    """The shop's orders are in this file, and a role counts by them."""
    mapping = "".join(f'{name} = "{name}"\n' for name in COLUMNS)
    shop.defines("tables.toml", f'[tables.orders]\npath = "{file}"\n[tables.orders.columns]\n{mapping}')
    shop.defines("roles/ops.toml", ROLE.format(metric=metric))


def blown(shop: Shop, sql: str) -> None:
    """A metric of its own on a fact."""
    shop.defines("facts.toml", FACT.format(sql=sql)).defines("metrics/blown.toml", METRIC)
    reads(shop, "orders.csv", "blown")


def memory(terminal: Terminal, most: dict[str, int]) -> None:
    """The highest resident bytes of the app and of the processes it started, as far as they live."""
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            who = "app" if int(folder.name) == terminal.pid else ""
            parent = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
            who = who or ("worker" if parent == terminal.pid else "")
            if who:
                peak = re.search(r"VmHWM:\s+(\d+)", (folder / "status").read_text())
                most[who] = max(most.get(who, 0), int(peak[1]) * 1024 if peak else 0)


def drawn_after(terminal: Terminal, key: bytes) -> float | None:
    """Milliseconds from a key to the first byte drawn; None where nothing came within ten seconds."""
    while terminal.read(0.02):
        pass  # what was on its way
    terminal.type(key)
    began = time.monotonic()
    if not select.select([terminal.master], [], [], 10)[0]:
        return None
    return (time.monotonic() - began) * 1000


def try_out(bomb: Callable[[Shop], None], place: Path) -> str:
    """A line of figures."""
    shop = Shop(place / "shop").defines("workspace.toml", WORKSPACE)
    bomb(shop)
    code = "from kpi_tui.cli import main; main()"
    terminal = Terminal("-c", code, "-w", str(shop.root), "--lang", "en", home=place, size=(100, 30))
    most: dict[str, int] = {}
    took: list[float | None] = []
    try:
        terminal.wait_for("1 Scorecard", MOST_SECONDS)
        terminal.wait_for("Scorecard  2", MOST_SECONDS)
        began, quiet = time.monotonic(), 0
        answered = began
        while time.monotonic() - began < MOST_SECONDS and quiet < LOOKS:
            took += [drawn_after(terminal, key) for key in KEYS]
            memory(terminal, most)
            terminal.read(0.2)
            working = "Esc stops" in terminal.text or "being computed" in terminal.text
            quiet = 0 if working else quiet + 1
            answered = time.monotonic() if working else answered
        terminal.read(0.5)
        said = " / ".join(line.strip() for line in terminal.text.splitlines()[1:] if len(line.strip()) > 8)
        known = [one for one in took[len(KEYS) :] if one is not None]  # a screen is built once
        figures = f"{statistics.median(known):.0f} ms, at most {max(known):.0f} ms over {len(known)} keys"
        lost = (
            f", {len(took) - len(KEYS) - len(known)} keys without an answer"
            if len(known) + len(KEYS) < len(took)
            else ""
        )
        peaks = ", ".join(f"{who} {size / GIGA:.2f} GB" for who, size in sorted(most.items()))
        return f"{bomb.__name__}: answered after {answered - began:.1f} s; {peaks}; {figures}{lost}\n    {said[:420]}"
    finally:
        terminal.close()


def main() -> int:
    """All bombs, or those named."""
    for bomb in BOMBS:
        if not sys.argv[1:] or bomb.__name__ in sys.argv[1:]:
            with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
                print(try_out(bomb, Path(place)), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
