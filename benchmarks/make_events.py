"""Write a synthetic workspace with N million events: python benchmarks/make_events.py FOLDER MILLIONS

Six months of events of N/200 users with orders, items and refunds, made from hashes (no random state), as
Parquet files and a two-file workspace. 10 million events take about 250 MB.
"""

from __future__ import annotations

import sys
from pathlib import Path

import polars as pl

START = 1_767_196_800  # 2026-01-01 00:00 in Shanghai, as UTC seconds
DAYS = 181
VISIT = 8
KINDS = ["page_view"] * 12 + ["search", "search_click", "read", "like", "comment", "add_to_cart", "share", "check_in"]

WORKSPACE = """name = "{millions} million events"
extends = "standard"
timezone = "Asia/Shanghai"
as_of = 2026-06-30
"""


def noise(name: str, salt: int, below: int) -> pl.Expr:
    """Evenly spread integers below `below`, the same on every run."""
    return (pl.col(name).hash(salt) % below).cast(pl.Int64)


def stamp(seconds: pl.Expr) -> pl.Expr:
    """Seconds since the start as a naive moment."""
    return (pl.lit(START + 8 * 3600) + seconds).cast(pl.Int64).mul(1_000_000).cast(pl.Datetime("us"))


def events(count: int, users: int) -> pl.LazyFrame:
    """Visits of eight events, about in time order; a few users are busy, most are not."""
    rows = pl.LazyFrame().select(n=pl.int_range(count, dtype=pl.Int64)).with_columns(visit=pl.col("n") // VISIT)
    at = (pl.col("visit") * VISIT * (DAYS * 86_400)) // count + (pl.col("n") % VISIT) * 40 + noise("n", 1, 30)
    who = (noise("visit", 2, users) * noise("visit", 3, users)) // users
    kind = pl.Series("kind", KINDS)
    return rows.select(
        event_id=pl.col("n").cast(pl.String),
        ts=stamp(at),
        visitor_id=pl.concat_str(pl.lit("v"), who),
        user_id=pl.when(noise("visit", 4, 3) > 0).then(pl.concat_str(pl.lit("u"), who)),
        platform=pl.when(noise("visit", 5, 2) == 0).then(pl.lit("web")).otherwise(pl.lit("app")),
        event=pl.lit(kind).gather(noise("n", 6, len(KINDS))),
        page_id=pl.concat_str(pl.lit("/p"), noise("n", 7, 50)),
        content_id=pl.concat_str(pl.lit("c"), noise("n", 8, 200)),
        query_id=pl.concat_str(pl.lit("q"), noise("n", 9, count)),
        query_text=pl.lit("tea"),
        result_count=noise("n", 10, 4),
        is_valid=noise("n", 11, 200) > 0,
    )


def users(count: int) -> pl.LazyFrame:
    """Registrations spread over the months."""
    rows = pl.LazyFrame().select(n=pl.int_range(count, dtype=pl.Int64))
    return rows.select(
        user_id=pl.concat_str(pl.lit("u"), "n"),
        registered_at=stamp(noise("n", 20, DAYS * 86_400)),
        acquisition_type=pl.when(noise("n", 21, 2) == 0).then(pl.lit("organic")).otherwise(pl.lit("promoted")),
        side=pl.lit("buyer"),
    )


def orders(count: int, people: int) -> pl.LazyFrame:
    """Orders, nine of ten paid."""
    rows = pl.LazyFrame().select(n=pl.int_range(count, dtype=pl.Int64))
    at = stamp(noise("n", 30, DAYS * 86_400))
    amount = (noise("n", 31, 30_000) + 100) / 100
    paid = noise("n", 32, 10) > 0
    return rows.select(
        order_id=pl.concat_str(pl.lit("o"), "n"),
        user_id=pl.concat_str(pl.lit("u"), (noise("n", 33, people) * noise("n", 34, people)) // people),
        created_at=at,
        paid_at=pl.when(paid).then(at),
        order_amount=amount,
        list_amount=amount * 1.1,
        paid_amount=pl.when(paid).then(amount).otherwise(0.0),
        paid_from_balance=pl.lit(0.0),
        domain=pl.lit("public"),
    )


def main(folder: Path, millions: float) -> None:
    """Write the workspace."""
    folder.mkdir(parents=True, exist_ok=True)
    count = int(millions * 1_000_000)
    tables = {
        "events": events(count, count // 200),
        "users": users(count // 200),
        "orders": orders(count // 100, count // 200),
    }
    text = ""
    for name, frame in tables.items():
        frame.sink_parquet(folder / f"{name}.parquet")
        text += f'[tables.{name}]\npath = "{name}.parquet"\n'
    (folder / "tables.toml").write_text(text, encoding="utf-8")
    (folder / "workspace.toml").write_text(WORKSPACE.format(millions=millions), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]))
