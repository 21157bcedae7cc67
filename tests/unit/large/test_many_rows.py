"""Tables and facts of many rows, prepared and computed in parts on disk, give the same numbers."""

from __future__ import annotations

import platform
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import polars as pl
import pytest

from kpi_tui.book import Book
from kpi_tui.definitions.answers.value import Reason, Value
from kpi_tui.definitions.issue import TableError
from kpi_tui.definitions.library.table import Join
from kpi_tui.definitions.period import Period
from kpi_tui.engine.data import Data
from kpi_tui.engine.kept.cache import Cache
from kpi_tui.engine.lineage import Lineage
from kpi_tui.engine.measure_values import MeasureReader
from kpi_tui.engine.metric_values import Evaluator
from kpi_tui.engine.polars_engine import PolarsEngine
from kpi_tui.engine.query.cut import Cut
from kpi_tui.engine.query.joins.join_budget import JoinBudget
from kpi_tui.tables.prepare import prepare
from kpi_tui.tables.prepared import Prepared
from kpi_tui.tables.row_store import RowStore
from kpi_tui.workspace.load import load
from tests.table_kit import ORDERS, TODAY
from tests.table_kit import TableSource as Source

PERIOD = Period.parse("2026-10")


def answers(folder: Path, cache: Path | None, many: int, metrics: list[str]) -> list[Value]:
    """Metrics on the demo, tables and facts of more than `many` rows in parts."""
    workspace = load(folder, None).workspace
    assert workspace is not None
    data, lineage = Data(workspace, Cache(cache), many=many), Lineage(workspace)
    reader = MeasureReader(workspace, data, lineage, PolarsEngine(data, lineage, JoinBudget(workspace)))
    evaluator = Evaluator(workspace, data, lineage, reader)
    return evaluator.values(metrics, [PERIOD], Cut())


@pytest.mark.slow
def test_every_metric_of_the_demo_is_the_same_in_parts(project: Path, tmp_path: Path, demo: Book) -> None:
    metrics = [one.id for one in demo.workspace.metrics.values() if not one.chain]  # those of a chain rest on others
    whole = demo.numbers.values(metrics, PERIOD)
    parts = answers(project / "config", tmp_path / "cache.json", 20_000, metrics)
    wrong = [
        (mine.metric, mine.period.id, mine.value, other.value, other.detail)
        for mine, other in zip(whole, parts, strict=True)
        if (mine.reason, mine.partial) != (other.reason, other.partial)
        or mine.value != pytest.approx(other.value, rel=1e-9, abs=1e-12)
    ]
    assert wrong == []
    assert any(value.reason is None for value in parts) and not any(v.reason is Reason.ERROR for v in parts)
    assert list((tmp_path / "cache.rows").glob("events@*/000001.parquet")), "the events were not prepared in parts"


def orders(count: int) -> pl.DataFrame:
    """Rows with what parts could trip over: a bad number in a later part, empty cells, a key in two parts."""
    number = pl.int_range(count, eager=True)
    frame = pl.DataFrame(
        {"order_id": "o" + (number % (count - 2)).cast(pl.String), "paid_amount": number.cast(pl.String)}
    )
    return frame.with_columns(
        user_id=pl.when(number % 7 > 0).then(pl.lit("u") + (number % 5).cast(pl.String)),
        created_at=pl.lit("2026-10-") + (number % 28 + 1).cast(pl.String).str.zfill(2) + " 10:00:00",
        paid_amount=pl.when(number == count - 3).then(pl.lit("n/a")).otherwise(pl.col("paid_amount")),
        scene=pl.when(number < 6).then(pl.lit("1")).otherwise(pl.lit("live")),
        code=pl.when(number < 6).then(pl.lit("7")).otherwise(pl.lit("x7")),
    )


@pytest.fixture
def store(tmp_path: Path) -> RowStore:
    return RowStore(tmp_path / "rows")


def read(
    folder: Path, store: RowStore | None, many: int = 5, paths: tuple[str, ...] = ("orders.parquet",), **source: object
) -> Prepared:
    """Files as a table, `many` rows at a time when there is a store."""
    made = Source("orders", paths, **source)  # type: ignore[arg-type]
    keep = None if store is None else lambda parts, judge: store.keep("orders", "stamp", parts, judge)
    return prepare(made, ORDERS, data=folder, roots=(folder,), timezone="UTC", today=TODAY, keep=keep, many=many)


def test_parts_give_the_rows_and_the_profile_of_the_whole(tmp_path: Path, store: RowStore) -> None:
    orders(23).write_parquet(tmp_path / "orders.parquet")
    whole = read(tmp_path, None, where="user_id <> 'u3'", columns={"code": "code"})
    parts = read(tmp_path, store, where="user_id <> 'u3'", columns={"code": "code"})
    assert parts.frame.collect().equals(whole.frame.collect())
    assert (parts.profile, parts.missing, parts.fingerprint) == (whole.profile, whole.missing, whole.fingerprint)
    assert (whole.profile.duplicate_keys, whole.profile.rows_read) == (1, 23)
    assert len(list((tmp_path / "rows").glob("orders@stamp/*.parquet"))) == 5


def test_what_a_process_that_is_gone_was_making_is_swept(store: RowStore) -> None:
    """A worker that was ended in the middle leaves its folders; those of a living process and of others stay."""
    over = subprocess.Popen(["true"])
    over.wait()
    mine = store.scratch()
    for name in (f".run-{platform.node()}.{over.pid}.x", f".making-{platform.node()}.{over.pid}.x", ".run-far.1.x"):
        (mine.parents[1] / name).mkdir()
    fresh = RowStore(mine.parents[1])
    fresh.scratch()
    left = {folder.name.split(".")[1] for folder in mine.parents[1].iterdir()}
    assert mine.exists()
    assert left == {f"run-{platform.node()}", "run-far"}
    assert len(list(mine.parents[1].glob(f".run-{platform.node()}.*"))) == 2


def test_notes_of_the_parts_are_counted_together(tmp_path: Path, store: RowStore) -> None:
    """Five rows that lie ahead, in two parts, are one note; so are the cells that are no numbers."""
    frame = orders(20).with_columns(paid_amount=pl.when(pl.int_range(20) % 4 == 0).then(float("nan")).otherwise(2.5))
    frame = frame.with_columns(
        created_at=pl.when(pl.int_range(20) > 14)
        .then(pl.lit("2027-01-") + pl.int_range(20).cast(pl.String) + " 10:00:00")
        .otherwise("created_at")
    )
    frame.write_parquet(tmp_path / "orders.parquet")
    whole, parts = read(tmp_path, None), read(tmp_path, store, many=7)
    assert parts.profile.notes == whole.profile.notes
    assert "5 rows lie after today (2026-11-01), the last on 2027-01-19" in whole.profile.notes


def test_what_the_whole_column_says_counts_for_every_part(tmp_path: Path, store: RowStore) -> None:
    """A price of 7 beside 2.5 is 7.0 as text, in whatever part it stands."""
    frame = orders(20).with_columns(price=pl.int_range(20, eager=True).cast(pl.String).replace("19", "2.5"))
    frame.write_parquet(tmp_path / "orders.parquet")
    made = {"scene": "cast(abs(price) as varchar)", "price": "price"}
    whole, parts = read(tmp_path, None, columns=made), read(tmp_path, store, columns=made)
    assert parts.frame.collect().equals(whole.frame.collect())
    assert "7.0" in whole.frame.collect()["scene"].to_list()
    assert len(list((tmp_path / "rows").glob("orders@stamp/*.parquet"))) == 4


def test_parts_that_cannot_be_read_alike_are_read_as_a_whole(tmp_path: Path, store: RowStore) -> None:
    """A column without a single readable stamp is a wrong mapping; in one part of a table it is dirt."""
    frame = orders(20).with_columns(paid_at=pl.lit("soon"))
    frame = frame.with_columns(paid_at=pl.when(pl.int_range(20) < 15).then("created_at").otherwise("paid_at"))
    frame.write_parquet(tmp_path / "orders.parquet")
    whole, parts = read(tmp_path, None), read(tmp_path, store)
    assert (parts.profile, parts.frame.collect().to_dicts()) == (whole.profile, whole.frame.collect().to_dicts())
    assert not list((tmp_path / "rows").glob("orders@*"))


def test_a_mapping_that_cannot_be_is_said_as_for_the_whole(tmp_path: Path, store: RowStore) -> None:
    orders(20).write_parquet(tmp_path / "orders.parquet")
    said = []
    for where in (None, store):
        with pytest.raises(TableError) as caught:
            read(tmp_path, where, columns={"paid_amount": "amont"})
        said.append(str(caught.value))
    assert said[0] == said[1] and "amont" in said[0]
    assert not list((tmp_path / "rows").iterdir()), "nothing is left behind"


def test_a_disk_that_takes_no_rows_leaves_them_in_memory(tmp_path: Path) -> None:
    orders(20).write_parquet(tmp_path / "orders.parquet")
    (tmp_path / "rows").write_text("a file where the folder should be")
    parts = read(tmp_path, RowStore(tmp_path / "rows"))
    assert parts.frame.collect().equals(read(tmp_path, None).frame.collect())


FULL = """
import resource, sys
from pathlib import Path
from tests.unit.large.test_many_rows import answers
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))  # as a full disk: no file may grow any more
values = answers(Path(sys.argv[1]), Path(sys.argv[2]), 20_000, ["sessions", "bounce_rate", "uv"])
print([value.value for value in values])
"""


def test_a_disk_that_fills_up_on_the_way_changes_no_number(project: Path, tmp_path: Path, demo: Book) -> None:
    command = [sys.executable, "-c", FULL, str(project / "config"), str(tmp_path / "cache.json")]
    ran = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False, timeout=120)
    whole = demo.numbers.values(["sessions", "bounce_rate", "uv"], PERIOD)
    assert ran.stdout.strip() == str([value.value for value in whole]), ran.stderr[-2000:]
    assert not list(tmp_path.rglob("*.parquet")), "torn parts stay behind"


def test_a_cancelled_preparation_leaves_nothing_behind(tmp_path: Path, store: RowStore) -> None:
    def parts() -> Iterator[pl.DataFrame]:
        yield orders(5)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.keep("orders", "stamp", parts(), lambda rows: pl.Series(dtype=pl.UInt32))
    assert store.rows("orders", "stamp") is None and not list((tmp_path / "rows").iterdir())


def test_a_later_start_takes_the_rows_that_lie_ready(project: Path, tmp_path: Path) -> None:
    workspace = load(project / "config", None).workspace
    assert workspace is not None
    cache = Cache(tmp_path / "cache.json")
    first = Data(workspace, cache, many=40_000)
    rows = first.frame("events").collect()
    said: list[str] = []
    later = Data(workspace, cache, lambda what, done, total: said.append(what), many=40_000)
    assert later.frame("events").collect().equals(rows)
    assert said == [], "it was prepared again"


def lines_of_orders(seed: int, count: int) -> Iterator[str]:
    """Rows of a CSV with everything a block may end in: long records, stray quotes, short, blank and odd rows."""
    random = Random(seed)
    for number in range(count):
        row = f"o{number},u{number % 9},2026-10-{number % 28 + 1:02d},{number / 4},live"
        odd = random.random()
        yield (
            f'o{number},u1,2026-10-03,5,"a\nb, c\n""d"""' if odd < 0.001
            else f'o{number},u1,2026-10-03,5,5" tall' if odd < 0.0012
            else f'"o{number}","u1",2026-10-03,"n/a",live' if odd < 0.01
            else "" if odd < 0.012
            else "o,u,2026-10-03" if odd < 0.014
            else row
        )  # fmt: skip


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("seed", range(3))
def test_blocks_of_a_csv_give_the_rows_and_the_profile_of_the_whole(
    tmp_path: Path, store: RowStore, seed: int, end: str
) -> None:
    names = ["order_id", "user_id", "created_at", "paid_amount", "scene"]
    for file, rows in (("a.csv", 9_000), ("b.csv", 4_000)):
        text = "\ufeff" if seed else ""
        text += end.join([",".join(names), *lines_of_orders(seed, rows)]) + end * seed
        (tmp_path / file).write_bytes(text.encode())
    whole = read(tmp_path, None, paths=("*.csv",))
    parts = read(tmp_path, store, many=400, paths=("*.csv",))
    assert len(list((tmp_path / "rows").glob("orders@stamp/*.parquet"))) > 2, "it was not read in blocks"
    assert parts.profile == whole.profile
    assert parts.frame.collect().equals(whole.frame.collect())
    assert {"too few cells (the header has 5)", "blank row"} <= {item.reason for item in whole.profile.rejected}


def test_nul_characters_in_any_block_of_a_large_csv_are_told_with_their_line(tmp_path: Path, store: RowStore) -> None:
    """The header is line 1, so rows 290 and 299 are lines 291 and 300: in the last blocks; told once."""
    rows = [f"o{number},u1,2026-10-01,{number},live" for number in range(1, 300)]
    rows[289], rows[298] = "o290\x00,u1,2026-10-01,90,live", "o299\x00\x00,u1,2026-10-01,99,live"
    text = "\n".join(["order_id,user_id,created_at,paid_amount,scene", *rows])
    (tmp_path / "orders.csv").write_text(text, encoding="utf-8")
    whole, parts = read(tmp_path, None, paths=("orders.csv",)), read(tmp_path, store, paths=("orders.csv",))
    assert len(list((tmp_path / "rows").glob("orders@stamp/*.parquet"))) > 2, "it was not read in blocks"
    said = [note for note in parts.profile.notes if "NUL characters" in note]
    assert len(said) == 1 and said[0].startswith("orders.csv: holds NUL characters, the first in line 291:")
    assert parts.profile == whole.profile
    assert parts.frame.collect()["order_id"][289] == "o290\x00"


def test_a_large_csv_that_is_no_utf8_is_read_as_a_whole(tmp_path: Path, store: RowStore) -> None:
    rows = [f"o{number},u1,2026-10-01,{number},{'直播' if number > 90 else 'live'}" for number in range(99)]
    text = "\n".join(["order_id,user_id,created_at,paid_amount,scene", *rows])
    (tmp_path / "orders.csv").write_bytes(text.encode("gb18030"))
    made = read(tmp_path, store, many=5, paths=("orders.csv",))
    assert (made.profile.encoding, made.frame.collect()["scene"][-1]) == ("gb18030", "直播")


def test_rows_that_are_numbered_or_looked_up_are_the_same_whatever_the_size_of_a_part(
    tmp_path: Path, store: RowStore
) -> None:
    """row_number() counts all rows of a table, not those of a part; people behind numbers are found in every part."""
    frame = orders(23).with_columns(order_id=pl.int_range(23).cast(pl.String), paid_amount=pl.lit("1"))
    frame.write_parquet(tmp_path / "orders.parquet")
    numbered = read(tmp_path, store, columns={"scene": "row_number() over (order by cast(order_id as double))"})
    assert numbered.frame.collect()["scene"].to_list() == [str(i + 1) for i in range(23)]
    (tmp_path / "people.csv").write_text("order_id,person\n" + "".join(f"{i},p{i // 2}\n" for i in range(23)))
    people = Join(Source("orders.join.people", ("people.csv",)), ("order_id",))
    joined = read(tmp_path, store, columns={"user_id": "person"}, joins={"people": people})
    assert joined.frame.collect()["user_id"].to_list() == [f"p{i // 2}" for i in range(23)]
