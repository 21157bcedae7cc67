"""Search, scorecard and source of every value: R013, R026, R027, R167, R168 and R172, on the demo and in the app."""

from __future__ import annotations

import math
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import duckdb
import pytest
from textual.pilot import Pilot

from kpi_tui.book import Book
from kpi_tui.definitions.answers.score import Scorecard
from kpi_tui.definitions.answers.value import Explanation
from kpi_tui.definitions.library.metric import Metric, Rollup
from kpi_tui.definitions.period import Grain, Period
from kpi_tui.text.i18n import speaking
from kpi_tui.tui.app import KpiApp
from kpi_tui.tui.terminal.config_file import Options
from tests.conftest import PROJECT
from tests.unit.requirements.conftest import Run
from tests.unit.requirements.test_kpi_setup import MODULES

SEPTEMBER = Period.parse("2026-09")  # over, and its cohorts of a month are complete
R152 = {
    "buyback_rate_day",
    "buyback_rate_window",
    "repurchase_rate_buyers",
    "repurchase_rate_orders",
    "repurchase_rate_n_day",
    "repurchase_rate_window",
    "repurchase_rate_kept",
}


@pytest.mark.usefixtures("demo_of_run")
def test_r167_typing_购率_finds_every_buyback_and_repurchase_rate(run: Run, demo: Book) -> None:
    found = {metric["id"] for metric in run("-w", PROJECT / "config", "metrics", "购率").json}
    bare = {m.id: m.name.zh.split("(")[0].rstrip("123") for m in demo.workspace.metrics.values()}
    wanted = {id_ for id_, name in bare.items() if name.endswith(("回购率", "复购率"))}
    assert wanted >= R152
    assert found == wanted


@pytest.mark.usefixtures("demo_of_run")
def test_r167_typing_retention_finds_the_retention_family(run: Run, demo: Book) -> None:
    found = {metric["id"] for metric in run("-w", PROJECT / "config", "metrics", "retention").json}
    assert found >= {m.id for m in demo.workspace.metrics.values() if "retention" in m.id}
    assert found >= {"retention_rate", "d1_retention", "d7_retention", "d30_retention", "member_retention_rate"}
    assert all("retention" in (demo.library.metric(id_).name.en + id_).lower() for id_ in found)


def test_r026_r172_every_metric_offers_its_breakdown_whose_numbers_reproduce_its_value(demo: Book) -> None:
    """The formula is given its own numbers again, by DuckDB; a mean and a last value by their parts."""
    reproduced = 0
    with duckdb.connect() as connection:
        for metric in demo.workspace.metrics.values():
            explanation = demo.numbers.explain(
                metric.id, Period.parse("2026") if metric.grain is Grain.YEAR else SEPTEMBER
            )
            assert explanation.readings or explanation.parts or explanation.sub_periods, metric.id
            assert explanation.formula == metric.how
            now = explanation.value.value
            if now is None:
                assert explanation.value.reason, metric.id
                continue
            again = _again(explanation, metric, connection)
            assert again is not None, metric.id
            assert math.isclose(again, now, rel_tol=1e-9, abs_tol=1e-9), (metric.id, again, now)
            reproduced += 1
    assert reproduced > 220


def _again(explanation: Explanation, metric: Metric, connection: duckdb.DuckDBPyConnection) -> float | None:
    if metric.chain:
        return _read_off(metric, explanation)
    if explanation.sub_periods and metric.rollup in (Rollup.MEAN, Rollup.LAST):
        known = [part.value for part in explanation.sub_periods if part.value is not None]
        return math.fsum(known) / len(known) if metric.rollup is Rollup.MEAN else known[-1]
    numbers: dict[str, object] = dict(explanation.settings)
    numbers |= {reading.id: reading.number.value for reading in explanation.readings}
    numbers |= {part.metric: part.value for part in explanation.parts}
    return _computed(metric.formula, numbers, connection)


def _read_off(metric: Metric, explanation: Explanation) -> float:
    """The rules for scores and the month end (R058–R067) over the parts an explanation shows."""
    known = {name: number for name, number in explanation.value.measures.items() if number is not None}
    if metric.reads == "score":
        weeks = [week.measures for week in explanation.sub_periods if week.value is not None] or [known]
        return math.fsum(w["actual"] or 0 for w in weeks) / math.fsum(w["target"] or 0 for w in weeks) * known["points"]
    if metric.reads == "total":
        return math.fsum(known.values())
    kept, now = [number for name, number in known.items() if name.startswith("kept_week")], known["growth_now"]
    if metric.reads == "first_target":
        return math.floor(max(kept) * (1 + known["growth_next"]) + 0.5)
    raised = math.fsum(kept) / len(kept) * (1 + now) / min(kept) - 1
    return max(now, math.floor(raised * 1000 + 1e-9) / 1000)


def _computed(formula: str, numbers: Mapping[str, object], connection: duckdb.DuckDBPyConnection) -> float | None:
    names = [name for name, number in numbers.items() if isinstance(number, int | float)]
    columns = ", ".join(f"cast(? as double) as {name}" for name in names) or "1 as one"
    query = f"select {formula} from (select {columns})"
    row = connection.execute(query, [numbers[name] for name in names]).fetchone()
    return None if row is None or row[0] is None else float(row[0])


def test_r172_every_reading_names_its_table_and_window(demo: Book) -> None:
    for metric in ("aov", "churn_rate", "d7_retention", "repurchase_rate_window", "user_payment_amount"):
        for reading in demo.numbers.explain(metric, SEPTEMBER).readings:
            assert reading.table and reading.agg and reading.window and reading.sql, (metric, reading)
            assert reading.last_day is not None


@asynccontextmanager
async def app(demo: Book, spoken: str = "en") -> AsyncIterator[Pilot[int]]:
    """The app on the demo, its first scorecard computed."""
    with speaking(spoken):
        program = KpiApp(lambda: demo, options=Options(animation=False), spoken=spoken)
        async with program.run_test(size=(120, 40)) as pilot:
            await settled(pilot)
            yield pilot
            assert program.error is None


def worst(demo: Book) -> Scorecard:
    """The card of the role that the app opens on: nobody has chosen one."""
    cards = [demo.scores.scorecard(role, demo.period("current")) for role in demo.workspace.roles]
    return min(cards, key=lambda card: card.score if card.score is not None else math.inf)


async def settled(pilot: Pilot[int]) -> None:
    """Wait until nothing is computed any more."""
    await pilot.pause()
    for _step in range(1500):
        if not pilot.app.jobs.busy:  # type: ignore[attr-defined]
            break
        await pilot.pause(0.02)
    await pilot.pause()


def text(pilot: Pilot[int]) -> str:
    """What stands on the screen."""
    screen = pilot.app.screen
    return "\n".join(strip.text for strip in screen._compositor.render_strips(screen.size))


async def press(pilot: Pilot[int], *keys: str) -> str:
    """Press keys one by one; the screen afterwards."""
    for key in keys:
        await pilot.press(key)
        await settled(pilot)
    return text(pilot)


async def test_r013_the_library_screen_lists_the_eight_modules_first(demo: Book) -> None:
    async with app(demo) as pilot:
        shown = await press(pilot, "3")
        left = [row[:24] for row in shown.splitlines()]
        names = [demo.workspace.categories[id_].name.en for id_ in demo.workspace.categories]
        places = [next(n for n, row in enumerate(left) if n > 1 and name[:9] in row) for name in names]
        assert places == sorted(places)
        assert list(demo.workspace.categories)[:8] == MODULES


@pytest.mark.parametrize("spoken", ["en", "zh"])
async def test_r027_r172_one_key_on_a_line_shows_definition_formula_measures_and_settings(
    demo: Book, spoken: str
) -> None:
    async with app(demo, spoken) as pilot:
        shown = await press(pilot, "enter")
        card = worst(demo)
        metric = demo.library.metric(card.lines[0].metric)
        explanation = demo.numbers.explain(metric.id, card.period)
        assert metric.formula in shown
        assert metric.definition.get(spoken)[:12] in shown
        for reading in explanation.readings:
            assert reading.id in shown


async def test_r168_the_scorecard_shows_weight_actual_target_attainment_score_and_bonus(demo: Book) -> None:
    async with app(demo) as pilot:
        shown = text(pilot)
        card = worst(demo)
        assert card.score is not None
        assert f"{card.score:.1f}" in shown or f"{card.score:.2f}" in shown
        line = next(one for one in card.lines if one.target and demo.library.metric(one.metric).unit == "count")
        assert line.target is not None
        assert line.attainment is not None
        wanted = [f"{line.actual.value:.0f}", f"{line.target.value:.0f}", f"{line.weight:.0f}"]
        wanted += [demo.library.metric(line.metric).name.en, f"{int(line.attainment * 100)}"]
        assert any(all(word in row for word in wanted) for row in shown.splitlines()), shown
        assert "onus" in shown
