"""Targets in a folder: what is written, what is refused, what two people may do to each other."""

from __future__ import annotations

import math
import os
import tomllib
from datetime import UTC, datetime

import pytest

from kpi_tui.definitions.edit import Edit
from kpi_tui.definitions.issue import ConflictError, UsageError, WorkspaceError
from kpi_tui.definitions.target import TargetKey
from kpi_tui.workspace.edits.store import TargetStore

MONTH = "2026-10"
A, B = TargetKey("ops", "buyback"), TargetKey("content", "收藏")
NINE = datetime(2026, 9, 28, 9, 0, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "targets"


def store(folder, who="ann"):
    return TargetStore(folder, who, lambda: NINE)


def values(folder, period=MONTH):
    return {key: target.value for key, target in store(folder).sheet(period).cells.items()}


def document(folder, period=MONTH):
    return tomllib.loads((folder / f"{period}.toml").read_text("utf-8"))


def test_r038_an_edit_is_written_back_to_toml_with_who_when_and_why(folder):
    [change] = store(folder, "ann 安").apply(MONTH, [Edit(A, 0.28, why="agreed")])
    assert document(folder) == {
        "period": MONTH,
        "revision": 1,
        "targets": {
            "ops": {"buyback": {"value": 0.28, "by": "ann 安", "at": NINE.isoformat(), "why": "agreed", "late": False}}
        },
    }
    assert (change.before, change.after, change.kind, change.revision, change.at) == (None, 0.28, "set", 1, NINE)


def test_r009_a_target_can_be_entered_before_the_period_starts_and_keeps_owner_metric_period_and_value(folder):
    store(folder).apply("2031-Q1", [Edit(A, 5)])
    sheet = store(folder).sheet("2031-Q1")
    assert (sheet.id, sheet.revision, sheet.cells[A].value, sheet.cells[A].late) == ("2031-Q1", 1, 5.0, False)


@pytest.mark.parametrize("why", ["", "   "])
def test_r009_an_edit_of_a_finished_period_without_a_reason_is_refused(folder, why):
    with pytest.raises(UsageError, match="2026-10 is over"):
        store(folder).apply(MONTH, [Edit(A, 1, why=why)], late=True)
    assert not folder.exists()


def test_r009_an_edit_of_a_finished_period_with_a_reason_is_marked_and_logged(folder):
    store(folder).apply(MONTH, [Edit(A, 1)], late=True, why="typing error")
    assert store(folder).sheet(MONTH).cells[A].late
    [change] = store(folder).history()
    assert (change.late, change.why, change.who) == (True, "typing error", "ann")


def test_r009_undoing_in_a_finished_period_needs_a_reason_too(folder):
    store(folder).apply(MONTH, [Edit(A, 1)])
    with pytest.raises(UsageError, match="reason"):
        store(folder).undo(late=lambda period: period == MONTH)
    [change] = store(folder).undo(late=lambda period: period == MONTH, why="was wrong")
    assert change.late


def test_clearing_a_cell_removes_it_and_says_clear_in_the_history(folder):
    store(folder).apply(MONTH, [Edit(A, 1), Edit(B, 2)])
    [change] = store(folder).apply(MONTH, [Edit(A, None, base=1)])
    assert (change.kind, change.after) == ("clear", None)
    assert values(folder) == {B: 2.0}


def test_what_is_there_already_makes_no_change_and_no_revision(folder):
    store(folder).apply(MONTH, [Edit(A, 1)])
    assert store(folder).apply(MONTH, [Edit(A, 1, base=1)]) == []
    assert store(folder).sheet(MONTH).revision == 1
    assert store(folder).apply(MONTH, []) == []


def test_another_persons_edit_of_another_cell_merges(folder):
    store(folder).apply(MONTH, [Edit(A, 1), Edit(B, 1)])
    store(folder, "bo").apply(MONTH, [Edit(B, 5, base=1)])
    store(folder, "ann").apply(MONTH, [Edit(A, 7, base=1)])
    assert values(folder) == {A: 7.0, B: 5.0}
    assert store(folder).sheet(MONTH).revision == 3


def test_the_same_cell_changed_by_two_people_shows_both_sides_and_saves_nothing(folder):
    store(folder).apply(MONTH, [Edit(A, 0.28)])
    store(folder, "bo 波").apply(MONTH, [Edit(A, 0.31, base=0.28, why="new plan")])
    with pytest.raises(ConflictError) as caught:
        store(folder).apply(MONTH, [Edit(A, 0.25, base=0.28), Edit(B, 9)])
    for part in ("ops / buyback", MONTH, "0.28", "0.25", "bo 波", "0.31", "new plan", "nothing was saved"):
        assert part in str(caught.value)
    assert values(folder) == {A: 0.31}
    assert len(store(folder).history()) == 2


def test_a_cell_somebody_cleared_in_between_is_a_conflict(folder):
    store(folder).apply(MONTH, [Edit(A, 1)])
    store(folder, "bo").apply(MONTH, [Edit(A, None, base=1)])
    with pytest.raises(ConflictError, match="cleared"):
        store(folder).apply(MONTH, [Edit(A, 2, base=1)])


def test_the_same_wish_of_two_people_is_a_conflict_and_ones_own_is_done(folder):
    store(folder).apply(MONTH, [Edit(A, 1)])
    store(folder, "bo").apply(MONTH, [Edit(A, 2, base=1)])
    with pytest.raises(ConflictError, match="bo set 2"):
        store(folder).apply(MONTH, [Edit(A, 2, base=1)])
    assert store(folder, "bo").apply(MONTH, [Edit(A, 2, base=1)]) == []  # a draft of what was saved after all


def test_every_conflict_of_a_save_is_listed(folder):
    store(folder).apply(MONTH, [Edit(A, 1), Edit(B, 1)])
    with pytest.raises(ConflictError) as caught:
        store(folder).apply(MONTH, [Edit(A, 2), Edit(B, 2)])
    assert len(caught.value.issues) == 2


def test_without_the_check_the_last_one_wins_and_the_history_keeps_both(folder):
    store(folder).apply(MONTH, [Edit(A, 1)])
    store(folder).apply(MONTH, [Edit(A, 2)], check_base=False, kind="copy")
    assert [(c.before, c.after, c.kind) for c in store(folder).history()] == [(None, 1.0, "set"), (1.0, 2.0, "copy")]


def test_several_periods_are_one_batch_and_undone_together(folder):
    changes = store(folder).apply_all({"2026-10": [Edit(A, 1)], "2026-11": [Edit(A, 2)]})
    assert len({change.batch for change in changes}) == 1
    store(folder).undo()
    assert values(folder, "2026-10") == values(folder, "2026-11") == {}


def test_a_conflict_in_one_period_saves_none_of_the_others(folder):
    store(folder).apply("2026-11", [Edit(A, 1)])
    with pytest.raises(ConflictError):
        store(folder).apply_all({"2026-10": [Edit(A, 1)], "2026-11": [Edit(A, 2)]})
    assert values(folder, "2026-10") == {}


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, 10**400, True, "5"])
def test_only_finite_numbers_become_targets(folder, value):
    with pytest.raises(UsageError, match="finite"):
        store(folder).apply(MONTH, [Edit(A, value)])
    assert not folder.exists()


@pytest.mark.parametrize("period", ["", "../../etc/x", "2026-13", "October"])
def test_what_is_no_period_is_no_file(folder, period):
    with pytest.raises(UsageError, match="is not a period"):
        store(folder).apply(period, [Edit(A, 1)])


def test_a_span_of_days_is_a_file_too(folder):
    store(folder).apply("2026-10-01/2026-10-15", [Edit(A, 1)])
    assert (folder / "2026-10-01--2026-10-15.toml").exists()
    assert values(folder, "2026-10-01/2026-10-15") == {A: 1.0}


def test_the_periods_that_have_targets_are_listed_in_time_order_and_strange_files_are_named(folder):
    for period in ("2026-11", "2026-10-01/2026-10-15", "2026-W40", "2025-Q4"):
        store(folder).apply(period, [Edit(A, 1)])
    (folder / "notes.toml").write_text("")
    asked = store(folder)
    assert asked.periods() == ["2025-Q4", "2026-W40", "2026-10-01/2026-10-15", "2026-11"]
    assert any("notes.toml" in note for note in asked.notes)
    assert store(folder / "gone").periods() == []


def test_odd_texts_survive_and_stay_one_line_of_history(folder):
    key = TargetKey('a.b "c"', "[bold]x[/]\u2028\x1b[2J")
    why = 'line one\nline two\t"""\x00 \u202e end \ud800'
    store(folder).apply(MONTH, [Edit(key, 1, why=why)])
    assert values(folder) == {key: 1.0}
    assert store(folder).sheet(MONTH).cells[key].why == why.replace("\ud800", "?")
    assert store(folder).history()[0].metric == key.metric
    assert (folder / "history.jsonl").read_bytes().count(b"\n") == 1


def test_keys_the_program_does_not_know_are_carried_over(folder):
    folder.mkdir()
    (folder / f"{MONTH}.toml").write_text(
        'period = "2026-10"\nrevision = 4\nowner = "HR"\n[targets.ops.buyback]\nvalue = 1\nbenchmark = 0.25\n'
        'benchmark_source = "003"\ncolour = "red"\n[other]\nx = 2026-10-01\n',
        "utf-8",
    )
    store(folder).apply(MONTH, [Edit(A, 2, base=1)])
    store(folder).apply(MONTH, [Edit(A, None, base=2)])
    assert values(folder) == {}
    kept = document(folder)
    assert (kept["owner"], kept["revision"], str(kept["other"]["x"])) == ("HR", 6, "2026-10-01")
    assert kept["targets"]["ops"]["buyback"] == {"benchmark": 0.25, "benchmark_source": "003", "colour": "red"}
    store(folder).undo()
    assert store(folder).sheet(MONTH).cells[A].benchmark == 0.25


BROKEN = {
    "syntax": (b"revision = \n[targets", "2026-10.toml:1"),
    "gbk": ("revision = 1\n# 客单价\n".encode("gbk"), "2026-10.toml:2"),
    "nested": (b"x = " + b"[" * 5000, "2026-10.toml"),
    "digits": (b"revision = " + b"9" * 5000, "2026-10.toml"),
    "other period": (b'period = "2026-09"\n', "2026-10.toml:1"),
    "nan": (b"[targets.ops.buyback]\nvalue = nan\n", "2026-10.toml:2"),
    "word": (b'[targets.ops.buyback]\nvalue = "a lot"\n', "2026-10.toml:2"),
    "no table": (b"targets = 5\n", "2026-10.toml:1"),
    "revision": (b"revision = -1\n", "2026-10.toml:1"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_target_file_is_named_and_never_written_over(folder, name):
    data, place = BROKEN[name]
    folder.mkdir()
    path = folder / f"{MONTH}.toml"
    path.write_bytes(data)
    for call in (lambda: store(folder).sheet(MONTH), lambda: store(folder).apply(MONTH, [Edit(A, 1)])):
        with pytest.raises(WorkspaceError) as caught:
            call()
        assert place in str(caught.value)
        assert caught.value.issues
    assert path.read_bytes() == data
    assert not (folder / "history.jsonl").exists()


def test_every_problem_of_a_target_file_is_reported_at_once(folder):
    folder.mkdir()
    (folder / f"{MONTH}.toml").write_text("revision = true\n[targets.a.b]\nvalue = inf\nlate = 1\n[targets.a]\nc = 1\n")
    with pytest.raises(WorkspaceError) as caught:
        store(folder).sheet(MONTH)
    assert len(caught.value.issues) == 4


def test_a_fifo_in_place_of_a_target_file_does_not_block(folder):
    folder.mkdir()
    os.mkfifo(folder / f"{MONTH}.toml")
    with pytest.raises(WorkspaceError, match="regular file"):
        store(folder).sheet(MONTH)


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(WorkspaceError, match="nothing was saved"):
        store(tmp_path / "file" / "targets").apply(MONTH, [Edit(A, 1)])


def test_r009_the_history_can_be_asked_by_role_metric_and_period(folder):
    store(folder).apply_all({"2026-10": [Edit(A, 1), Edit(B, 2)], "2026-11": [Edit(A, 3)]})
    history = store(folder).history
    assert [change.after for change in history(role="ops")] == [1.0, 3.0]
    assert [change.after for change in history(metric="收藏")] == [2.0]
    assert [change.after for change in history(period="2026-11")] == [3.0]
    assert len(history()) == 3


@pytest.mark.parametrize(
    "torn", [b'{"id": "x", "at": "2026', b"{}\n", b"\xff\xfe\n", b"[1]\n", b"7\n", b"[" * 9000 + b"\n"]
)
def test_a_damaged_line_of_history_is_reported_left_out_and_does_not_eat_the_next_one(folder, torn):
    store(folder).apply(MONTH, [Edit(A, 1)])
    with (folder / "history.jsonl").open("ab") as file:
        file.write(torn)
    again = store(folder)
    assert [change.after for change in again.history()] == [1.0]
    assert any("line 2" in note for note in again.notes)
    again.apply(MONTH, [Edit(A, 2, base=1)])
    assert [change.after for change in again.history()] == [1.0, 2.0]
    again.undo()
    assert values(folder) == {A: 1.0}


def test_a_file_put_back_to_an_older_state_keeps_its_later_history(folder):
    path = folder / f"{MONTH}.toml"
    store(folder).apply(MONTH, [Edit(A, 1)])
    old = path.read_bytes()
    for base in (1, 2, 3):
        store(folder).apply(MONTH, [Edit(A, base + 1, base=base)])
    path.write_bytes(old)
    assert len(store(folder).history()) == 4
    with pytest.raises(ConflictError):
        store(folder).undo()


def test_a_link_in_place_of_a_target_file_is_refused_by_its_name(folder, tmp_path):
    folder.mkdir()
    real = tmp_path / "real.toml"
    real.write_text("revision = 1\n")
    (folder / f"{MONTH}.toml").symlink_to(real)
    with pytest.raises(WorkspaceError, match="is a link to"):
        store(folder).apply(MONTH, [Edit(A, 1)])
    assert real.read_text() == "revision = 1\n"


def test_a_long_batch_is_read_back_whole(folder):
    edits = [Edit(TargetKey("ops", f"m{number}"), number, why="x" * 200) for number in range(400)]
    store(folder).apply(MONTH, edits)
    store(folder).apply(MONTH, [Edit(TargetKey("ops", "m1"), 5, base=1)])
    assert len(store(folder).history()) == 401
    store(folder).undo()
    store(folder).undo()
    assert values(folder) == {}
