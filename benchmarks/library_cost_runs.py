"""The parts of library_cost.py that run in processes of their own; each prints one line of JSON."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb

Task = dict[str, Any]


class Clock:
    """Seconds and processor seconds of the named parts of a run."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.cpu: dict[str, float] = {}

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Time one part."""
        wall, cpu = time.perf_counter(), time.process_time()
        yield
        self.seconds[name] = time.perf_counter() - wall
        self.cpu[name] = time.process_time() - cpu

    def said(self) -> Task:
        """What was measured, with the peak memory of this process."""
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        return {"seconds": self.seconds, "cpu": self.cpu, "peak_mb": peak}


def kpi_tui(task: Task) -> Task:
    """The library as a person asks for it."""
    from kpi_tui.book import Book

    plan = json.loads(Path(task["folder"], "plan.json").read_text())
    clock = Clock()
    with clock.part("tables"):
        book = Book.open(Path(task["workspace"]), draft=False)
        book.data.load()
    with clock.part("values"):
        book.numbers.values(plan["names"], book.period(task["period"]))
    return clock.said()


def duckdb_(task: Task) -> Task:
    """One query after the other; nothing but DuckDB is imported."""
    plan = json.loads(Path(task["folder"], "plan.json").read_text())
    clock, numbers = Clock(), {}
    with clock.part("values"), _connection(task) as connection:
        for name in plan["tables"]:
            file = Path(task["folder"], f"{name}.parquet")
            connection.execute(f"CREATE TEMP VIEW {name} AS SELECT * FROM read_parquet('{file}')")
        for statement in plan["views"]:
            connection.execute(statement)
        for query in plan["queries"]:
            for statement in query["setup"]:
                connection.execute(statement)
            answer = {str(place): number for place, number in connection.execute(query["sql"]).fetchall()}
            for anchor, place, days in zip(query["anchors"], query["places"], query["days"], strict=True):
                number = answer.get(place)
                number = query["empty"] if number is None else float(number) / days
                numbers[f"{query['measure']} {anchor}"] = number
    return {**clock.said(), "numbers": numbers}


def duckdb_reads(task: Task) -> Task:
    """Scans of each table in DuckDB's own plans; the tables are stored, so that the plans name them."""
    plan = json.loads(Path(task["folder"], "plan.json").read_text())
    found: Counter[str] = Counter()
    with _connection(task, str(Path(task["folder"], "tables.duckdb"))) as connection:
        for name in plan["tables"]:
            file = Path(task["folder"], f"{name}.parquet")
            connection.execute(f"CREATE TABLE {name} AS SELECT * FROM read_parquet('{file}')")
        for statement in plan["views"]:
            connection.execute(statement)
        for query in plan["queries"]:
            for statement in query["setup"]:
                connection.execute(statement)
            text = connection.execute(f"EXPLAIN (FORMAT json) {query['sql']}").fetchall()[0][1]
            found.update(_scanned(json.loads(text), set(plan["tables"])))
    return {"reads": found}


def _connection(task: Task, database: str = ":memory:") -> duckdb.DuckDBPyConnection:
    import duckdb

    spill = str(Path(task["folder"], "spill"))
    config = {"threads": task["threads"], "memory_limit": task["memory"], "temp_directory": spill}
    return duckdb.connect(database, config=config)


def _scanned(nodes: list[Task], tables: set[str]) -> Iterator[str]:
    for node in nodes:
        name = str(node.get("extra_info", {}).get("Table", "")).rsplit(".", 1)[-1].strip('"')
        if name in tables:
            yield name
        yield from _scanned(node.get("children", []), tables)


def prepare(task: Task) -> Task:
    """See library_cost_plan.py."""
    from library_cost_plan import prepare

    return prepare(task)


PARTS: dict[str, Callable[[Task], Task]] = {
    "prepare": prepare,
    "kpi_tui": kpi_tui,
    "duckdb": duckdb_,
    "duckdb_reads": duckdb_reads,
}

if __name__ == "__main__":
    print(json.dumps(PARTS[sys.argv[1]](json.loads(sys.argv[2]))))
