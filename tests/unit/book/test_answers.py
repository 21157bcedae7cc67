"""A question to the Book and its answer are plain frozen values, so that another process can answer them."""

from __future__ import annotations

import dataclasses
import enum
import inspect
import pickle
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from kpi_tui.book import Book
from kpi_tui.book.scores import Scores
from kpi_tui.definitions.answers.targets.target_proposal import Basis, LineProposal, RoleProposal
from kpi_tui.definitions.answers.targets.year_split import SplitBy, YearSplit
from kpi_tui.definitions.issue import Issue, KpiError, Severity, TableError, UsageError
from kpi_tui.definitions.library.analysis_parts import CohortPart, FestivalPart, RulesPart
from kpi_tui.definitions.message import Message, say
from kpi_tui.definitions.period import Grain, Period
from kpi_tui.definitions.target import TargetKey

ROOT = Path(__file__).resolve().parents[3]
OCTOBER = Period.parse("2026-10")
WEEK = Period.parse("2026-W41")
QUARTER = Period.parse("2026-Q4")
WEIGHT = ("roles", "operations", "lines", "dau", "weight")
KEY = TargetKey("operations", "buyback_rate_day")
PLAIN = (str, bytes, int, float, bool, type(None), date, datetime, Path, Message)

DEMO: Mapping[str, Callable[[Book], object]] = {
    "as_of": lambda book: book.as_of(),
    "period": lambda book: book.period("previous"),
    "workspace": lambda book: book.workspace,
    "issues": lambda book: book.issues,
    "who": lambda book: book.who,
    "numbers.counts_distinct": lambda book: book.numbers.counts_distinct("dau"),
    "numbers.counts_or_sums": lambda book: book.numbers.counts_or_sums("dau"),
    "moving_parts.of": lambda book: book.moving_parts.of("buyback_rate_day", OCTOBER),
    "numbers.values": lambda book: book.numbers.values(["dau", "aov.growth", "visitor_score"], OCTOBER, last=3),
    "numbers.explain": lambda book: book.numbers.explain("buyback_rate_day", OCTOBER),
    "numbers.cut_by": lambda book: book.numbers.cut_by("dau", ("platform", "nothing")),
    "numbers.called": lambda book: book.numbers.called("product_id", ["P01"]),
    "segments.condition": lambda book: book.segments.condition((("domain", "private"),)),
    "rows.refused": lambda book: book.rows.refused("orders"),
    "rows.of": lambda book: book.rows.of("refund_rate", OCTOBER),
    "numbers.signals": lambda book: book.numbers.signals(book.numbers.values(["k_factor"], OCTOBER)),
    "numbers.last_signals": lambda book: book.numbers.last_signals(book.numbers.values(["k_factor"], OCTOBER)),
    "numbers.campaign_period": lambda book: book.numbers.campaign_period(_campaign(book)),
    "numbers.settings_of": lambda book: book.numbers.settings_of("churn_rate"),
    "numbers.tables_of": lambda book: book.numbers.tables_of("aov"),
    "numbers.is_live": lambda book: book.numbers.is_live("aov"),
    "numbers.adds_up": lambda book: book.numbers.adds_up(book.workspace.metrics["paid_amount"]),
    "data.load": lambda book: book.data.load(),
    "data.profiles": lambda book: book.data.profiles(),
    "data.unreadable": lambda book: book.data.unreadable(),
    "data.coverage": lambda book: book.data.coverage(),
    "data.keys_apart": lambda book: book.data.keys_apart(),
    "data.check": lambda book: book.data.check(),
    "library.metric": lambda book: book.library.metric("aov"),
    "library.search": lambda book: book.library.search("retention"),
    "library.plan": lambda book: book.library.plan(),
    "library.roles_of": lambda book: book.library.roles_of("aov"),
    "library.error_of": lambda book: book.library.error_of("aov"),
    "library.off_focus": lambda book: book.library.off_focus("operations", "aov"),
    "festivals.dates": lambda book: book.festivals.dates(2026),
    "festivals.in_period": lambda book: book.festivals.in_period(OCTOBER),
    "festivals.of": lambda book: book.festivals.of("national_day", ["paid_amount"]),
    "festivals.weekdays": lambda book: book.festivals.weekdays(["paid_amount"], WEEK),
    "festivals.section": lambda book: book.festivals.section(FestivalPart("weekday", ("paid_amount",)), WEEK),
    "targets_of_metric.of": lambda book: book.targets_of_metric.of(book.numbers.values(["dau"], OCTOBER)[0]),
    "scores.is_cut": lambda book: book.scores.is_cut("dau", "platform"),
    "scores.known_owners": lambda book: book.scores.known_owners("operations"),
    "scores.refuse_value": lambda book: book.scores.refuse_value("operations", [OCTOBER]),
    "scores.scorecard": lambda book: book.scores.scorecard("operations", OCTOBER),
    "scores.score_history": lambda book: book.scores.score_history("operations", OCTOBER, 3),
    "scores.everyone": lambda book: book.scores.everyone("people", OCTOBER),
    "scores.refuse_unknown": lambda book: book.scores.refuse_unknown("operations"),
    "scores.rescore": lambda book: book.scores.rescore(book.scores.scorecard("operations", OCTOBER)),
    "scores.post": lambda book: book.scores.post("operations", OCTOBER),
    "scores.rules": lambda book: book.scores.rules(OCTOBER),
    "design.facts": lambda book: book.design.facts(book.workspace, OCTOBER),
    "design.values": lambda book: book.design.values(["dau"], OCTOBER),
    "design.state": lambda book: book.design.state(book.workspace, book.design.facts(book.workspace, OCTOBER)),
    "design.presets": lambda book: book.design.presets(book.workspace),
    "design.shifted": lambda book: book.design.shifted(book.workspace.roles["operations"], "dau", 5.0),
    "definitions.value": lambda book: book.definitions.value(("roles", "operations"), OCTOBER),
    "definitions.ids": lambda book: book.definitions.ids("roles"),
    "definitions.moved_line": lambda book: book.definitions.moved_line("operations", "dau", 1, OCTOBER),
    "definitions.workspace": lambda book: book.definitions.workspace(OCTOBER),
    "definitions.problems": lambda book: book.definitions.problems(),
    "definitions.since_for": lambda book: book.definitions.since_for(WEIGHT, OCTOBER),
    "definitions.is_late": lambda book: book.definitions.is_late(WEIGHT, OCTOBER),
    "agreements.asked": lambda book: book.agreements.asked(),
    "agreements.agree": lambda book: book.agreements.agree(()),
    "definition_keys.of": lambda book: book.definition_keys.of(("roles", "operations")),
    "definition_keys.find": lambda book: book.definition_keys.find(("north_star",)),
    "definition_keys.typed": lambda book: book.definition_keys.typed(book.definition_keys.find(("north_star",)), "dau"),
    "former_files.all": lambda book: book.former_files.all(),
    "former_files.rename": lambda book: book.former_files.rename(),
    "year_sheets.actuals": lambda book: book.year_sheets.actuals(QUARTER, Grain.MONTH, ["operations"]),
    "year_sheets.sheet": lambda book: book.year_sheets.sheet(QUARTER, Grain.MONTH, ["operations"]),
    "year_splits.of": lambda book: book.year_splits.of(QUARTER, Grain.MONTH, SplitBy.DAYS, ["operations"]),
    "chains.is_sheet": lambda book: book.chains.is_sheet(Path(__file__)),
    "files.changed": lambda book: book.files.changed(),
    "files.unwritable": lambda book: book.files.unwritable(),
    "targets.files": lambda book: book.targets.files(),
    "targets.periods": lambda book: book.targets.periods(),
    "target_proposals.of": lambda book: book.target_proposals.of("operations", OCTOBER, [Basis.MEDIAN]),
    "chains.find": lambda book: book.chains.find("site"),
    "chains.card": lambda book: book.chains.card("site", OCTOBER),
    "chains.roll": lambda book: book.chains.roll("site", OCTOBER),
    "drivers.of": lambda book: book.drivers.of("user_payment_amount", OCTOBER),
    "segments.columns": lambda book: book.segments.columns("paid_amount"),
    "segments.of": lambda book: book.segments.of("paid_amount", OCTOBER, by="channel_id"),
    "drivers.tree": lambda book: book.drivers.tree("user_payment", OCTOBER),
    "baselines.of": lambda book: book.baselines.of("dau", OCTOBER),
    "numbers.a_year_earlier": lambda book: book.numbers.a_year_earlier(["dau"], [OCTOBER]),
    "scores.of_parts": lambda book: book.scores.of_parts("roles", OCTOBER),
    "scores.has_parts": lambda book: book.scores.has_parts("operations", OCTOBER),
    "scores.rows_of": lambda book: book.scores.rows_of("operations", OCTOBER),
    "scores.parts": lambda book: book.scores.parts("operations", OCTOBER),
    "scores.rolled_up": lambda book: _by_channel(book).rolled_up("operations", OCTOBER),
    "comparisons.of": lambda book: book.comparisons.of(["dau"], OCTOBER),
    "paces.of": lambda book: book.paces.of("operations", OCTOBER),
    "paces.towards": lambda book: book.paces.towards("deal_count", OCTOBER, 400.0),
    "funnels.by": lambda book: book.funnels.by("purchase", OCTOBER, "channel_id"),
    "goods.listed": lambda book: book.goods.listed(RulesPart(support=0.001), OCTOBER),
    "cohorts.of": lambda book: book.cohorts.of(
        CohortPart(metric="active_users", by="registered_month", last=2), OCTOBER
    ),
    "cohorts.table": lambda book: book.cohorts.table(OCTOBER, days=3),
    "goods.rules": lambda book: book.goods.rules("product", 0.05, 0.2, OCTOBER),
    "goods.top": lambda book: book.goods.top("units", OCTOBER),
    "funnels.of": lambda book: book.funnels.of("purchase", OCTOBER),
    "projections.of": lambda book: book.projections.of("churn", OCTOBER),
    "saved_reports.find": lambda book: book.saved_reports.find("red_packets"),
    "saved_reports.values": lambda book: book.saved_reports.values("red_packets", OCTOBER),
    "provenance.of": lambda book: book.provenance.of(OCTOBER),
    "board.metrics": lambda book: book.board.metrics,
    "board.page": lambda book: book.board.page(),
    "board.others": lambda book: book.board.others,
    "pages.all": lambda book: book.pages.all(),
    "pages.find": lambda book: book.pages.find("private"),
    "pages.of": lambda book: book.pages.of("private", OCTOBER),
    "packs.of": lambda book: book.packs.of(OCTOBER),
    "pages.cut": lambda book: book.pages.cut("private", OCTOBER, "guide_id"),
}
PROPOSED = RoleProposal(KEY.role, OCTOBER, (LineProposal(KEY.metric, 100.0, Basis.LAST, 0.7),))
SPLIT = YearSplit(QUARTER, Grain.MONTH, SplitBy.DAYS, ())
EDITS: Mapping[str, Callable[[Book], object]] = {
    "data.seal": lambda book: book.data.seal(),
    "targets.who": lambda book: book.targets.who,
    "targets.set": lambda book: book.targets.set(KEY, OCTOBER, 0.5, "agreed"),
    "targets.set_all": lambda book: book.targets.set_all({OCTOBER.id: {KEY: 0.6}}, "agreed"),
    "targets.of": lambda book: book.targets.of(OCTOBER),
    "targets.saved": lambda book: book.targets.saved(OCTOBER),
    "targets.pending": lambda book: book.targets.pending(),
    "targets.is_locked": lambda book: book.targets.is_locked(OCTOBER),
    "targets.keep_mine": lambda book: book.targets.keep_mine(OCTOBER, KEY),
    "targets.save": lambda book: book.targets.save("agreed"),
    "targets.undo": lambda book: book.targets.undo(),
    "targets.redo": lambda book: book.targets.redo(),
    "targets.history": lambda book: book.targets.history(),
    "targets.issues": lambda book: book.targets.issues(),
    "targets.notes": lambda book: book.targets.notes(),
    "definitions.set": lambda book: book.definitions.set(("north_star",), "new_visitors"),
    "definitions.set_all": lambda book: book.definitions.set_all({("settings", "growth_baseline"): 0.04}),
    "definitions.pending": lambda book: book.definitions.pending(),
    "definitions.needs_reason": lambda book: book.definitions.needs_reason,
    "definitions.undo": lambda book: book.definitions.undo(),
    "definitions.redo": lambda book: book.definitions.redo(),
    "definitions.clashes": lambda book: book.definitions.clashes(),
    "definitions.keep_mine": lambda book: book.definitions.keep_mine(("", ("north_star",))),
    "definitions.take_theirs": lambda book: book.definitions.take_theirs(("", ("north_star",))),
    "definitions.save": lambda book: book.definitions.save("agreed"),
    "definitions.history": lambda book: book.definitions.history(),
    "definitions.late": lambda book: book.definitions.late({"operations"}, book.period("2026-09")),
    "definitions.history_issues": lambda book: book.definitions.history_issues(),
    "definitions.notes": lambda book: book.definitions.notes(),
    "definitions.draft_lost": lambda book: book.definitions.draft_lost(),
    "targets.draft_lost": lambda book: book.targets.draft_lost(),
    "definitions.draft_found": lambda book: book.definitions.draft_found(),
    "definitions.restore_draft": lambda book: book.definitions.restore_draft(),
    "definitions.discard": lambda book: book.definitions.discard(),
    "definitions.close": lambda book: book.definitions.close(),
    "sheet_import.read": lambda book: book.sheet_import.read(_targets(book), "targets"),
    "sheet_import.compared": lambda book: book.sheet_import.compared("a.csv", "targets", {OCTOBER.id: {KEY: 0.4}}),
    "sheet_import.accept": lambda book: book.sheet_import.accept(book.sheet_import.read(_targets(book), "targets")),
    "target_proposals.take": lambda book: book.target_proposals.take(OCTOBER, {KEY: PROPOSED.lines[0]}),
    "year_splits.accept": lambda book: book.year_splits.accept(SPLIT),
    "bulk_targets.copy": lambda book: book.bulk_targets.copy(OCTOBER.next(), OCTOBER),
    "bulk_targets.raise_": lambda book: book.bulk_targets.raise_(OCTOBER, 1.05),
    "target_proposals.accept": lambda book: book.target_proposals.accept(PROPOSED),
    "targets.take_theirs": lambda book: book.targets.take_theirs(OCTOBER, KEY),
    "targets.draft_found": lambda book: book.targets.draft_found(),
    "targets.restore_draft": lambda book: book.targets.restore_draft(),
    "targets.discard": lambda book: book.targets.discard(),
    "targets.close": lambda book: book.targets.close(),
    "chains.take_roll": lambda book: book.chains.take_roll("site", book.chains.roll("site", Period.parse("2026-W21"))),
    "chains.set_target": lambda book: book.chains.set_target("site", "A", WEEK, 100.0),
    "chains.set_points": lambda book: book.chains.set_points("site", "B", OCTOBER, 20.0),
    "chains.reset_growth": lambda book: book.chains.reset_growth("site", OCTOBER, 0.03, "slower"),
    "chains.enter": lambda book: book.chains.enter("site", "A", WEEK, 7.0),
    "chains.enter_all": lambda book: book.chains.enter_all({WEEK.id: {TargetKey("counts", "visits"): 9.0}}),
    "chains.typed": lambda book: book.chains.typed(WEEK),
    "chains.read_sheet": lambda book: book.chains.read_sheet("site", _sheet(book)),
}


OWN_DOING = {
    *("targets.judge_over", "targets.follow", "definitions.follow", "board.pin", "board.take_off", "board.lay_beside"),
    *("targets.unsaved", "targets.take_up", "definitions.unsaved", "definitions.take_up"),
}
"""What the Book does with its parts when the files are read again or another process answers for it, and what is kept
in config.toml: no question."""


def _targets(book: Book) -> Path:
    path = book.workspace.root / "targets.csv"
    path.write_text(f"role,metric,{OCTOBER.id}\nchain:site,growth,0.03\n", encoding="utf-8")
    return path


def _by_channel(book: Book) -> Scores:
    """The demo, its operations scored for each channel of the users."""
    dated = book.workspace.dated
    roles = {**dated.roles, "operations": replace(dated.roles["operations"], per="channel_id")}
    space = replace(book.workspace, roles=roles, dated=replace(dated, roles=roles))
    return Scores(space, book.numbers, book.targets)


def _campaign(book: Book) -> str:
    return (book.workspace.data / "campaigns.csv").read_text(encoding="utf-8").splitlines()[1].split(",")[0]


def _sheet(book: Book) -> Path:
    path = book.workspace.root / "sheet.csv"
    path.write_text(f"week,link,numerator,denominator\n{WEEK.id},A,5,\n", encoding="utf-8")
    return path


@pytest.fixture
def example(tmp_path: Path) -> Book:
    return Book.open(Path(shutil.copytree(ROOT / "examples" / "balanced_chain", tmp_path / "shop")), draft=False)


def not_plain(found: object, where: str = "") -> Iterator[str]:
    """Where an answer holds something another process could not be given as it stands."""
    if isinstance(found, (*PLAIN, enum.Enum)):
        return
    if dataclasses.is_dataclass(found):
        if not type(found).__dataclass_params__.frozen:  # type: ignore[attr-defined]
            yield f"{where}: {type(found).__name__} is not frozen"
        for field in dataclasses.fields(found):
            yield from not_plain(getattr(found, field.name), f"{where}.{field.name}")
    elif isinstance(found, Mapping):
        for key, value in found.items():
            yield from not_plain(key, f"{where} key")
            yield from not_plain(value, f"{where}[{key!r}]")
    elif isinstance(found, list | tuple | set | frozenset):
        for value in found:
            yield from not_plain(value, f"{where}[]")
    elif isinstance(found, KpiError):
        yield from not_plain((str(found), found.issues), where)
    else:
        yield f"{where}: {type(found).__name__}"


def travels(answer: object) -> None:
    assert list(not_plain(answer)) == []
    arrived = pickle.loads(pickle.dumps(answer))
    if not isinstance(answer, Mapping) or not any(isinstance(value, Exception) for value in answer.values()):
        assert arrived == answer


@pytest.mark.parametrize("question", DEMO)
def test_an_answer_is_plain_frozen_and_travels_to_another_process(demo: Book, question: str) -> None:
    travels(DEMO[question](demo))


def test_the_answers_of_edits_are_plain_and_travel_too(example: Book) -> None:
    for question in EDITS.values():
        travels(question(example))


def test_an_error_travels_with_its_sentence_and_its_issues() -> None:
    error = TableError(say("{file} is gone", file="a.csv"), (Issue(Severity.ERROR, "gone", file="a.csv", line=3),))
    arrived = pickle.loads(pickle.dumps(error))
    assert (type(arrived), str(arrived), arrived.issues) == (TableError, "a.csv is gone", error.issues)
    assert arrived.args[0].template == "{file} is gone"


def parts_of(book: Book) -> dict[str, object]:
    """Every part, also those which are made when they are first asked for."""
    assert book.files
    assert all(getattr(book, name) for name in Book.__annotations__)
    return vars(book)


def test_the_parts_are_asked_every_public_question_here(demo: Book) -> None:
    """A new method gets a line above, so that it is held too; `actuals` is the same class as `targets`."""
    parts = {name: part for name, part in parts_of(demo).items() if not name.startswith("_") and name != "actuals"}
    public = {
        f"{name}.{member}"
        for name, part in parts.items()
        if type(part).__module__.startswith(("kpi_tui.book", "kpi_tui.workspace.edits"))
        for member in vars(type(part))
        if not member.startswith("_")
    }
    assert public - OWN_DOING == {question for question in {**DEMO, **EDITS} if "." in question}
    assert type(demo.actuals) is type(demo.targets)


def test_no_question_takes_a_callable_but_progress(demo: Book) -> None:
    for part_name, part in parts_of(demo).items():
        if not type(part).__module__.startswith(("kpi_tui.book", "kpi_tui.workspace.edits")):
            continue
        for name, method in inspect.getmembers(type(part), inspect.isfunction):
            if name.startswith("_") or f"{part_name.replace('actuals', 'targets')}.{name}" in OWN_DOING:
                continue
            for parameter in inspect.signature(method).parameters.values():
                said = str(parameter.annotation)
                assert "Callable" not in said, (name, parameter.name)
                assert ("Progress" in said) == (parameter.name == "progress"), (name, parameter.name)


def test_a_question_that_cannot_be_answered_is_an_error_that_travels(demo: Book) -> None:
    with pytest.raises(UsageError) as caught:
        demo.numbers.values(["nonsense"], OCTOBER)
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)
