"""What the whole library costs for one period: one plan, against one DuckDB query per base measure.

python benchmarks/library_cost.py WORKSPACE PERIOD [--runs 3] [--threads 2] [--memory 4GB]

Prints two Markdown tables. Each run is a process of its own with an empty cache folder; seconds are medians.
DuckDB starts from the prepared tables as Parquet, written once and not timed; kpi-tui prepares them itself from
the raw files, which is a row of its own. Both must give the same numbers, or the last line says how many differ.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

CHILD = Path(__file__).with_name("library_cost_runs.py")
CLOSE = 1e-9
Found = dict[str, Any]


def main() -> None:
    """Prepare, run both programs in turn, compare and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("workspace", type=Path)
    parser.add_argument("period")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--memory", default="4GB", help="DuckDB's memory_limit")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="library_cost.") as folder:
        task = {
            "workspace": str(asked.workspace.resolve()),
            "period": asked.period,
            "folder": folder,
            "threads": asked.threads,
            "memory": asked.memory,
        }
        plan = child("prepare", task)
        mine, theirs = [], []
        for _ in range(asked.runs):
            mine.append(child("kpi_tui", task))
            theirs.append(child("duckdb", task))
        plan["duckdb_reads"] = child("duckdb_reads", task)["reads"]
    print(f"{asked.workspace.name}, {asked.period}, {asked.runs} runs, {asked.threads} threads\n")
    print(costs(plan, mine, theirs))
    print(reads(plan))
    print(agreement(plan, theirs[0]["numbers"]))


def child(what: str, task: Found) -> Found:
    """Run one part in a fresh process with fresh folders; its last line is JSON."""
    with tempfile.TemporaryDirectory(prefix="library_cost.home.") as home:
        own = {f"XDG_{name}_HOME": home for name in ("CACHE", "STATE", "DATA", "CONFIG")}
        environ = {**os.environ, **own, "POLARS_MAX_THREADS": str(task["threads"])}
        ran = subprocess.run(
            [sys.executable, str(CHILD), what, json.dumps(task)],
            env=environ,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    found: Found = json.loads(ran.stdout.splitlines()[-1])
    return found


def costs(plan: Found, mine: Sequence[Found], theirs: Sequence[Found]) -> str:
    """Seconds, processor seconds and memory of both, and how many times one is the other."""
    values = len(plan["numbers"])

    def row(name: str, runs: Sequence[Found], key: str, count: object) -> tuple[float, float, float, str]:
        wall, cpu = (statistics.median(run[kind][key] for run in runs) for kind in ("seconds", "cpu"))
        peak = max(run["peak_mb"] for run in runs)
        return wall, cpu, peak, f"| {name} | {wall:.2f} | {cpu:.2f} | {peak:.0f} | {values if count else ''} |"

    one = row("kpi-tui: one plan", mine, "values", True)
    many = row(f"DuckDB: {len(plan['queries'])} queries, one per measure and grain", theirs, "values", True)
    tables = row("kpi-tui: preparing the raw tables before", mine, "tables", False)
    ratio = [f"{b / a:.2f}" for a, b in zip(one[:3], many[:3], strict=True)]
    head = "| program | seconds | processor seconds | peak MB of the process | base numbers |\n|---|---|---|---|---|"
    left = f"{plan['metrics']} metrics; left out on both sides: " + "; ".join(
        f"{len(names)} {why}" for why, names in plan["left_out"].items()
    )
    return "\n".join([head, one[3], many[3], f"| DuckDB / kpi-tui | {' | '.join(ratio)} | |", tables[3], "", left, ""])


def reads(plan: Found) -> str:
    """How often each raw table is read, counted in the optimised plans of both engines."""
    lines = [
        "| raw table | time column × window (families) | facts on it | queries of the plan | reads | reads by DuckDB |"
    ]
    lines.append("|---|---|---|---|---|---|")
    mine, theirs = Counter(plan["reads"]), Counter(plan["duckdb_reads"])
    for table in sorted(plan["families"], key=lambda name: -theirs[name]):
        about = (plan["families"][table], plan["facts_on"][table], plan["asked"].get(table, 0))
        lines.append(f"| {table} | {' | '.join(map(str, about))} | {mine[table]} | {theirs[table]} |")
    lines.append(f"| all | | | {sum(plan['asked'].values())} | {mine.total()} | {theirs.total()} |")
    facts = plan["facts"]
    lines += ["", f"Facts: {facts['needed']} are needed; kpi-tui works out {facts['mine']}, DuckDB {facts['theirs']}."]
    return "\n".join([*lines, ""])


def agreement(plan: Found, theirs: Mapping[str, float | None]) -> str:
    """How many base numbers differ."""
    mine = plan["numbers"]
    wrong = [name for name in mine if not same(mine[name], theirs.get(name))]
    said = f"{len(mine)} base numbers compared, {len(wrong)} differ by more than {CLOSE:g} (relative)."
    shown = [f"  {name}: {mine[name]} against {theirs.get(name)}" for name in wrong[:20]]
    return "\n".join([said, *shown])


def same(one: float | None, other: float | None) -> bool:
    """Equal but for the order of adding up."""
    if one is None or other is None:
        return one is other
    return abs(one - other) <= CLOSE * max(abs(one), abs(other))


if __name__ == "__main__":
    main()
