"""What library_cost.py compares: the tables, the queries of both sides, the program's numbers and its reads."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import polars as pl
import separate_queries as by_hand

from kpi_tui.definitions.library.aggregation import Aggregation
from kpi_tui.definitions.library.metric import Measure, Window
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine import formula, polars_engine
from kpi_tui.engine.data import Data
from kpi_tui.engine.kept.cache import Cache
from kpi_tui.engine.lineage import Lineage
from kpi_tui.engine.measure_values import MeasureReader, MeasureRequest, MeasureResult
from kpi_tui.engine.metric_values import Evaluator
from kpi_tui.engine.polars_engine import PolarsEngine
from kpi_tui.engine.query.cut import Cut
from kpi_tui.engine.query.plan import Query
from kpi_tui.engine.query.windows import anchor_of
from kpi_tui.workspace.load import load

Task = dict[str, Any]


def prepare(task: Task) -> Task:
    """Write the prepared tables, the queries of both sides, the program's numbers and how often it reads a table."""
    workspace = load(Path(task["workspace"]), None).workspace
    assert workspace is not None, f"{task['workspace']} is no workspace"
    folder, lineage = Path(task["folder"]), Lineage(workspace)
    data = Data(workspace, Cache(folder / "prepared.json"))
    for name in workspace.schemas:
        if name not in workspace.tables or data.has(name):
            data.frame(name).sink_parquet(folder / f"{name}.parquet")
    stored = _stored(data, workspace, folder)
    names, left_out = _chosen(workspace, lineage)
    reader = _recording(workspace, stored, lineage)
    evaluator = Evaluator(workspace, stored, lineage, reader)
    with _scans(folder) as scans:
        evaluator.values(names, [Period.parse(task["period"])], Cut())
    plan = _plan(workspace, stored, lineage, reader)
    tables = [file.stem for file in sorted(folder.glob("*.parquet"))]
    (folder / "plan.json").write_text(json.dumps({**plan, "names": names, "tables": tables}))
    facts = {**plan["facts"], "mine": scans["facts"]}
    return {**plan, "left_out": left_out, "metrics": len(names), "reads": scans["tables"], "facts": facts}


def _stored(data: Data, workspace: Workspace, folder: Path) -> Data:
    """The same tables, read from the Parquet files, so that every read shows in a plan."""

    class Stored(type(data)):  # type: ignore[misc]
        def frame(self, table: str) -> pl.LazyFrame:
            return pl.scan_parquet(folder / f"{table}.parquet")

    found: Data = Stored(workspace, Cache(folder / "stored.json"))
    found.load()
    return found


def _chosen(workspace: Workspace, lineage: Lineage) -> tuple[list[str], dict[str, list[str]]]:
    """Metrics that both sides can compute, and the others by why not."""

    def measures(metric: str) -> Iterator[str]:
        for name in formula.names(workspace.metrics[metric].formula):
            if name in workspace.measures:
                yield name
            elif name in workspace.metrics:
                yield from measures(name)

    left: dict[str, list[str]] = {"read off a chain": [], "need a statistical procedure, which is no SQL": []}
    chosen = []
    for metric in workspace.metrics.values():
        if metric.chain:
            left["read off a chain"].append(metric.id)
        elif any(by_hand.with_procedure(lineage, workspace.measures[name].table) for name in measures(metric.id)):
            left["need a statistical procedure, which is no SQL"].append(metric.id)
        else:
            chosen.append(metric.id)
    return chosen, left


def _recording(workspace: Workspace, data: Data, lineage: Lineage) -> Any:
    """A reader that remembers what it was asked and answered, and the queries behind it."""

    class Engine(PolarsEngine):
        queries: list[Query] = []  # noqa: RUF012 - one engine per process

        def run(self, queries: Any, asked: Any, first: date) -> Any:
            self.queries.extend(queries)
            return super().run(queries, asked, first)

    class Recording(MeasureReader):
        gots: dict[MeasureRequest, MeasureResult] = {}  # noqa: RUF012 - one reader per process
        engine = Engine(data, lineage)

        def read(self, wants: Any, cut: Any, *, rows: bool = False) -> Any:
            found = super().read(wants, cut, rows=rows)
            self.gots.update(found)
            return found

    return Recording(workspace, data, lineage, Recording.engine)


@contextmanager
def _scans(folder: Path) -> Iterator[dict[str, Any]]:
    """Count the facts worked out, and the scans of Parquet files in every plan polars is told to execute."""
    found: dict[str, Any] = {"tables": Counter(), "facts": 0}
    place = re.compile(rf"Parquet SCAN \[{re.escape(str(folder))}/(\w+)\.parquet")

    def seen(plan: str) -> None:
        if "FAST COUNT" not in plan:  # how many rows a file has stands in its foot
            found["tables"].update(place.findall(plan))

    def counted(name: str) -> Any:
        usual = getattr(pl.LazyFrame, name)

        def run(frame: pl.LazyFrame, *args: Any, **options: Any) -> Any:
            seen(frame.explain())
            return usual(frame, *args, **options)

        return run

    def collect_all(frames: Any, *args: Any, **options: Any) -> Any:
        frames = list(frames)
        seen(pl.explain_all(frames))
        return several(frames, *args, **options)

    def worked_out(usual: Any) -> Any:
        def run(*args: Any) -> Any:
            found["facts"] += 1
            return usual(*args)

        return run

    several = pl.collect_all
    with ExitStack() as undo:
        for name in ("collect", "sink_parquet", "collect_batches"):
            undo.enter_context(patch.object(pl.LazyFrame, name, counted(name)))
        for name in ("in_memory", "on_disk"):
            undo.enter_context(patch.object(polars_engine, name, worked_out(getattr(polars_engine, name))))
        undo.enter_context(patch.object(pl, "collect_all", collect_all))
        yield found


def _plan(workspace: Workspace, data: Data, lineage: Lineage, reader: Any) -> Task:
    """Every base number of the program, with the query that answers it apart from all others."""
    asked: dict[tuple[str, str], list[Any]] = defaultdict(list)
    numbers = {}
    for want, got in reader.gots.items():
        measure = workspace.measures[want.measure]
        if reader.status(measure, want.period)[0] is None:
            anchor = anchor_of(measure, want.period)
            asked[want.measure, anchor.grain].append(anchor)
            numbers[f"{want.measure} {anchor.id}"] = got.number(None, measure).value
    queries = []
    for (name, _), anchors in asked.items():
        measure, anchors = workspace.measures[name], sorted(set(anchors))
        one = by_hand.separate(measure, anchors, workspace, lineage, data.cutoff())
        own = lineage.is_per_period(measure.table)
        places = [a.start.isoformat() if own else str(n) for n, a in enumerate(anchors)]
        days = [_days(measure, anchor, reader) for anchor in anchors]
        queries.append(
            {
                **asdict(one),
                "places": places,
                "days": days,
                "empty": 0 if measure.agg.traits.zero_without_rows else None,
            }
        )
    measures = [workspace.measures[query["measure"]] for query in queries]
    below = [lineage.facts_below(measure.table) for measure in measures]
    families = {(m.table, m.time, _window(m)) for m in measures if m.table not in workspace.facts}
    on = [read for fact in {f for facts in below for f in facts} for read in lineage.shape(fact).reads]
    tables = {table for measure in measures for table in lineage.tables_of(measure)}
    early, late = (data.first_day() or data.as_of()), data.as_of() + timedelta(days=31)
    return {
        "numbers": numbers,
        "queries": queries,
        "views": by_hand.views(workspace, lineage, early, late),
        "families": {table: sum(family[0] == table for family in families) for table in tables},
        "facts_on": {table: on.count(table) for table in tables},
        "asked": Counter(q.table for q in reader.engine.queries if q.table in tables),
        "facts": {"needed": len({f for facts in below for f in facts}), "theirs": sum(map(len, below))},
    }


def _window(measure: Measure) -> str:
    """The window family: an earlier period is the same window at another period."""
    if measure.window in (Window.TO_DATE, Window.AS_OF_END, Window.BEFORE_PERIOD):
        return "up to a day"
    apart = measure.window in (Window.TRAILING, Window.ALL)
    return f"{measure.window} {measure.days}" if apart else "a period"


def _days(measure: Measure, anchor: Period, reader: MeasureReader) -> int:
    """What a mean per day is divided by: the days of the period that the tables cover."""
    if measure.agg is not Aggregation.MEAN_DAILY_DISTINCT:
        return 1
    span = reader.span(measure)
    first, last = (max(anchor.start, span.first), min(anchor.last_day, span.last)) if span else (anchor.start, None)
    return ((last or anchor.last_day) - first).days + 1
