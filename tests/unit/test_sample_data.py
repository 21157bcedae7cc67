"""The shipped demo tables: believable, small, in two languages, a little dirty, and the same on every run."""

from __future__ import annotations

import csv
import hashlib
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import polars as pl
import pytest

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "sample_data"
SCRIPT = ROOT / "scripts" / "make_sample_data.py"


def rows(name: str, encoding: str = "utf-8") -> list[dict[str, str]]:
    """A text file of the sample as the standard library reads it."""
    with (SAMPLE / name).open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file))


def hashes(folder: Path) -> Iterator[tuple[str, str]]:
    """Name and checksum of every file."""
    for path in sorted(folder.iterdir()):
        yield path.name, hashlib.sha256(path.read_bytes()).hexdigest()


def make(folder: Path, *arguments: str) -> Path:
    """Run the script as a person would."""
    subprocess.run([sys.executable, str(SCRIPT), str(folder), *arguments], check=True, capture_output=True, timeout=300)
    return folder


def test_two_runs_write_the_same_bytes_and_another_seed_writes_another_shop(tmp_path: Path) -> None:
    once, twice = make(tmp_path / "a", "--scale", "0.03"), make(tmp_path / "b", "--scale", "0.03")
    other = make(tmp_path / "c", "--scale", "0.03", "--seed", "2")
    assert dict(hashes(once)) == dict(hashes(twice))
    assert len(list(once.iterdir())) == len(list(SAMPLE.iterdir()))
    assert dict(hashes(once))["orders.csv"] != dict(hashes(other))["orders.csv"]


@pytest.mark.slow
def test_the_shipped_rows_are_what_the_script_writes(tmp_path: Path) -> None:
    fresh = make(tmp_path / "full")
    for path in sorted(SAMPLE.iterdir()):
        if path.suffix == ".parquet":  # its bytes carry the version of polars
            assert pl.read_parquet(path).equals(pl.read_parquet(fresh / path.name)), path.name
        else:
            assert path.read_bytes() == (fresh / path.name).read_bytes(), path.name


def test_300_000_events_in_at_most_8_megabytes() -> None:
    assert pl.scan_parquet(SAMPLE / "events.parquet").select(pl.len()).collect().item() >= 300_000
    assert sum(path.stat().st_size for path in SAMPLE.iterdir()) <= 8_000_000


def test_fourteen_months_that_end_with_a_full_october() -> None:
    days = pl.read_parquet(SAMPLE / "events.parquet")["ts"].dt.date().unique().sort()
    assert (str(days[0]), str(days[-1]), len(days)) == ("2025-09-01", "2026-10-31", 426)


def test_labels_are_in_two_languages_with_emoji() -> None:
    said = " ".join(row["product_name"] for row in rows("products.csv"))
    said += " ".join(row["campaign_name"] for row in rows("campaigns.csv"))
    assert re.search(r"[\u4e00-\u9fff]", said)
    assert re.search(r"[A-Za-z]{4}", said)
    assert re.search(r"[\U0001f300-\U0001faff]", said)


def test_one_file_is_gbk_one_has_a_byte_order_mark_one_is_a_workbook() -> None:
    with pytest.raises(UnicodeDecodeError):
        (SAMPLE / "channel_daily.gbk.csv").read_text(encoding="utf-8")
    assert rows("channel_daily.gbk.csv", "gb18030")[0]["渠道"] == "微信朋友圈 WeChat Moments"
    assert (SAMPLE / "feedback.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert pl.read_excel(SAMPLE / "mystery_shopper.xlsx")["score"].mean() == pytest.approx(88, abs=4)


def test_ids_have_leading_zeros_and_twenty_digits() -> None:
    assert rows("users.csv")[0]["user_id"] == "000001"
    assert {len(row["order_id"]) for row in rows("orders.csv") if row["order_id"]} == {20}


def test_the_dirty_rows_are_there() -> None:
    orders = (SAMPLE / "orders.csv").read_text(encoding="utf-8")
    assert "2026-13-45" in orders
    assert "\n20261006120000009902,000102,B02\n" in orders
    assert "[bold red]VIP[/]" in orders
    assert "\x1b[31m" in orders
    ids = [row["order_id"] for row in rows("orders.csv")]
    assert "" in ids
    assert len(ids) - len(set(ids)) == 1
    assert any(row["qty"].startswith("-") for row in rows("order_items.csv"))
    assert any(not row["user_id"] for row in rows("users.csv"))
    assert any(row["日期"] == "合计" for row in rows("channel_daily.gbk.csv", "gb18030"))
    invalid = pl.read_parquet(SAMPLE / "events.parquet").filter(~pl.col("is_valid")).height
    assert invalid > 1000


def _buyback(month: str) -> float:
    """Buyers of a day who had bought before, per buyer of the day, pooled over a month, counted by hand."""
    bought: dict[str, set[str]] = {}
    for row in rows("orders.csv"):
        if row["paid_at"] and row["order_id"]:
            bought.setdefault(row["user_id"], set()).add(row["paid_at"][:10])
    days = [(day, min(all_days)) for all_days in bought.values() for day in all_days if day.startswith(month)]
    return sum(first < day for day, first in days) / len(days)


def test_in_the_last_month_old_customers_come_back_a_third_less() -> None:
    before = [_buyback(month) for month in ("2026-07", "2026-08", "2026-09")]
    assert min(before) > 0.6
    assert _buyback("2026-10") < 0.8 * min(before)


def test_the_rest_of_the_last_month_is_healthy() -> None:
    registered = [row["registered_at"][:7] for row in rows("users.csv") if row["user_id"]]
    assert registered.count("2026-10") > registered.count("2026-09")
    events = pl.read_parquet(SAMPLE / "events.parquet").filter(pl.col("ts") >= datetime(2026, 9, 1))
    months = events.group_by(pl.col("ts").dt.month()).agg(pl.col("visitor_id").n_unique()).sort("ts")
    assert months["visitor_id"][1] > months["visitor_id"][0]


def test_win_back_messages_nearly_stopped_in_the_last_month() -> None:
    """A win-back message goes to somebody who has not been seen for four weeks."""
    seen = pl.read_parquet(SAMPLE / "events.parquet", columns=["ts", "user_id"]).drop_nulls().sort("ts")
    sent = pl.read_parquet(SAMPLE / "messages.parquet").filter(pl.col("channel").is_in(["wecom", "sms"]))
    last = sent.sort("sent_at").join_asof(seen, left_on="sent_at", right_on="ts", by="user_id", check_sortedness=False)
    away = last.filter(pl.col("sent_at") - pl.col("ts") >= pl.duration(days=28), pl.col("campaign_id").is_null())
    months = away["sent_at"].dt.strftime("%Y-%m")
    assert (months == "2026-09").sum() > 500
    assert 0 < (months == "2026-10").sum() < 0.25 * (months == "2026-09").sum()


def test_retention_of_new_users_is_about_32_15_and_8_percent() -> None:
    users = [(row["user_id"], row["registered_at"][:10]) for row in rows("users.csv") if row["user_id"]]
    active = set(
        pl.read_parquet(SAMPLE / "events.parquet", columns=["ts", "user_id"])
        .select("user_id", pl.col("ts").dt.date().cast(pl.Int32))
        .unique()
        .iter_rows()
    )
    epoch = datetime(1970, 1, 1)
    born = [(user, (datetime.fromisoformat(day) - epoch).days) for user, day in users if day < "2026-09-30"]
    for offset, expected in ((1, 0.32), (7, 0.15), (30, 0.08)):
        share = sum((user, day + offset) in active for user, day in born) / len(born)
        assert share == pytest.approx(expected, abs=0.035), offset
