"""Make sample_data/: the tables of the demo shop, the same bytes on every run.

python scripts/make_sample_data.py [DIR] [--scale 1.0] [--seed 20261031]
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from sample_shop import customers, dirt, files, links, money, office, trade
from sample_shop.layout import EVENTS, SHEETS, TIME
from sample_shop.rhythm import START
from sample_shop.shop import Shop

ROOT = Path(__file__).resolve().parent.parent


def make(folder: Path, scale: float = 1.0, seed: int = 20261031) -> dict[str, int]:
    """Play the shop and write every file; rows per table. `scale` 0.1 is a tenth of the customers."""
    shop = Shop(seed, scale)
    customers.play(shop)
    links.play(shop)
    trade.fade(shop)
    office.play(shop)
    money.play(shop)
    _from_start(shop)
    spoiled = dirt.spoil(shop)
    folder.mkdir(parents=True, exist_ok=True)
    _events(folder, shop)
    for table, sheet in SHEETS.items():
        path, rows = folder / sheet.file, shop.rows[table]
        if path.suffix == ".csv":
            files.write_csv(path, sheet, rows, spoiled.get(table, ()))
        elif path.suffix == ".xlsx":
            files.write_xlsx(path, sheet, rows)
        else:
            files.write_parquet(path, sheet.columns, rows)
    return {table: len(rows) for table, rows in shop.rows.items()}


def _from_start(shop: Shop) -> None:
    """Put rows in the order of time, as exports have them."""
    for table, column in TIME.items():
        shop.rows[table].sort(key=lambda row, at=column: row[at])  # type: ignore[misc]


def _events(folder: Path, shop: Shop) -> None:
    shop.rows["events"].sort(key=lambda row: (row[0], row[1]))
    rows = dirt.invalidate(shop.rows["events"], shop.stream("tracking"))
    numbered = [(number, *row) for number, row in enumerate(rows, 1)]
    files.write_parquet(folder / "events.parquet", ("event_id", *EVENTS), numbered)


def main(arguments: Sequence[str] | None = None) -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=f"make the demo tables ({START} …)")
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "sample_data")
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=20261031)
    given = parser.parse_args(arguments)
    for table, count in make(given.folder, given.scale, given.seed).items():
        print(f"{count:>9,}  {table}")


if __name__ == "__main__":
    main()
