"""Edits name any key path of a TOML file; files, histories and drafts of former versions keep working."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
import tomli_w

from kpi_tui.definitions.edit import Author, KeyPath
from kpi_tui.definitions.issue import ConflictError
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.target import Target, TargetKey
from kpi_tui.workspace.edits.cell_files import CellFile
from kpi_tui.workspace.edits.draft import draft_path
from kpi_tui.workspace.edits.edits import Edits
from kpi_tui.workspace.edits.period_edits import PeriodEdits, open_edits
from kpi_tui.workspace.edits.period_files import ACTUALS, TARGETS
from kpi_tui.workspace.edits.store import TargetStore

NINE = datetime(2026, 9, 28, 9, 0, tzinfo=UTC)
OCTOBER = Period.parse("2026-10")
KEY = TargetKey("ops", "buyback")

OLD_FILE = """# Written by kpi-tui: change targets with `kpi-tui target`; comments are not kept.
period = "2026-10"
revision = 2

[targets.ops.buyback]
value = 0.28
by = "ann"
at = "2026-09-28T09:00:00+00:00"
why = "agreed"
late = false
benchmark = 0.26
benchmark_source = "job ad"
"""
OLD_LINES = (
    '{"id": "aa-0", "at": "2026-09-27T09:00:00+00:00", "who": "ann", "role": "ops", "metric": "buyback", "period": '
    '"2026-10", "before": null, "after": 0.25, "why": "", "kind": "set", "batch": "aa", "of": "", "revision": 1, '
    '"late": false}\n'
    '{"id": "bb-0", "at": "2026-09-28T09:00:00+00:00", "who": "ann", "role": "ops", "metric": "buyback", "period": '
    '"2026-10", "before": 0.25, "after": 0.28, "why": "agreed", "kind": "set", "batch": "bb", "of": "", "revision": 2, '
    '"late": false}\n'
)
OLD_DRAFT = (
    '{"version": 1, "edits": [{"period": "2026-10", "role": "ops", "metric": "buyback", "to": 0.3, "base": 0.28, '
    '"why": "higher"}]}'
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace whose targets a former version wrote."""
    folder = tmp_path / "shop" / TARGETS
    folder.mkdir(parents=True)
    (folder / "2026-10.toml").write_text(OLD_FILE, encoding="utf-8")
    (folder / "history.jsonl").write_text(OLD_LINES, encoding="utf-8")
    return folder.parent


def targets(root: Path, environ: Mapping[str, str] | None = None, folder: str = TARGETS) -> PeriodEdits:
    return open_edits(root, folder, Author("ann", "a.lee"), environ, lambda: NINE)


# --- what former versions wrote ----------------------------------------------------------------


def test_a_file_and_a_history_of_a_former_version_are_read_edited_and_undone(root: Path) -> None:
    edits = targets(root)
    assert edits.of(OCTOBER)[KEY] == Target(
        0.28, "ann", "2026-09-28T09:00:00+00:00", "agreed", benchmark=0.26, benchmark_source="job ad"
    )
    assert [(change.who, change.account, change.after) for change in edits.history()] == [
        ("ann", "", 0.25),
        ("ann", "", 0.28),
    ]
    edits.set(KEY, OCTOBER, 0.3)
    edits.save()
    edits.undo()
    edits.undo()
    assert edits.saved(OCTOBER)[KEY].value == 0.25
    assert edits.saved(OCTOBER)[KEY].benchmark == 0.26
    assert not edits.issues()


def test_a_draft_of_a_former_version_is_offered_and_taken_up(root: Path, tmp_path: Path) -> None:
    environ = {"XDG_STATE_HOME": str(tmp_path / "state")}
    path = draft_path(root, "ann", environ)
    path.parent.mkdir(parents=True)
    path.write_text(OLD_DRAFT, encoding="utf-8")
    edits = targets(root, environ)
    assert (edits.draft_found(), edits.restore_draft()) == (1, 1)
    assert edits.pending() == {("2026-10", KEY): (0.28, 0.3)}
    edits.close()
    assert json.loads(path.read_text(encoding="utf-8")) == json.loads(OLD_DRAFT), "a former version can read it too"


def test_a_line_of_the_history_has_the_chosen_name_and_the_account(root: Path) -> None:
    edits = targets(root)
    edits.set(KEY, OCTOBER, 0.3)
    [change] = edits.save()
    line = json.loads((root / TARGETS / "history.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    assert (change.who, change.account, line["who"], line["account"]) == ("ann", "a.lee", "ann", "a.lee")
    former = json.loads(OLD_LINES.splitlines()[-1])
    assert list(line) == [*former, "account"], "every key a former version reads is there"
    assert targets(root).history()[-1] == change


def test_typed_numbers_are_edited_by_the_same_class_in_their_own_folder(root: Path) -> None:
    edits = targets(root, folder=ACTUALS)
    edits.set(TargetKey("counts", "inquiries"), OCTOBER, 12.0)
    edits.save()
    written = tomllib.loads((root / ACTUALS / "2026-10.toml").read_text(encoding="utf-8"))
    assert written["actuals"]["counts"]["inquiries"]["value"] == 12.0
    assert [change.metric for change in edits.history()] == ["inquiries"]
    assert len(targets(root).history()) == 2


# --- any key path of any file ------------------------------------------------------------------


class NumberFiles:
    """Files of definitions: every number in them is a cell at its own key path."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, file: str) -> Path:
        return self.folder / f"{file}.toml"

    def known(self) -> tuple[list[str], list[str]]:
        return sorted(path.stem for path in self.folder.glob("*.toml")), []

    def read(self, file: str) -> CellFile:
        document = tomllib.loads(self.path(file).read_text(encoding="utf-8"))
        cells = {keys: Target(value) for keys, value in _numbers(document) if keys != ("revision",)}
        return CellFile(file, document.get("revision", 0), cells, document)

    def render(self, file: CellFile, cells: Mapping[KeyPath, Target | None]) -> bytes:
        document = {**tomllib.loads(tomli_w.dumps(file.document)), "revision": file.revision + 1}
        for keys, target in cells.items():
            table = document
            for key in keys[:-1]:
                table = table[key]
            table.pop(keys[-1], None)
            if target is not None:
                table[keys[-1]] = target.value
        return tomli_w.dumps(document).encode()


def _numbers(table: Mapping[str, object], above: KeyPath = ()) -> list[tuple[KeyPath, float]]:
    found: list[tuple[KeyPath, float]] = []
    for key, value in table.items():
        if isinstance(value, dict):
            found += _numbers(value, (*above, key))
        elif isinstance(value, int | float):
            found.append(((*above, key), float(value)))
    return found


WEIGHT = ("roles", "ops", "weights", "buy.back")


def weights(folder: Path, who: str = "ann", draft: Path | None = None) -> Edits[KeyPath]:
    return Edits(TargetStore(folder, who, lambda: NINE, files=NumberFiles(folder)), lambda path: path, draft)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "roles"
    folder.mkdir()
    text = '[roles.ops]\nname = "Operations"\n\n[roles.ops.weights]\n"buy.back" = 30\nrepeat = 70\n'
    (folder / "ops.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_weight_of_a_role_is_edited_saved_undone_and_redone_by_its_key_path(folder: Path) -> None:
    edits = weights(folder)
    edits.set(WEIGHT, "ops", 40.0, "agreed")
    assert edits.pending() == {("ops", WEIGHT): (30.0, 40.0)}
    assert edits.of("ops")[WEIGHT].value == 40.0
    assert not edits.is_locked("ops")
    [change] = edits.save()
    assert (change.period, change.role, change.metric) == ("ops", "roles", "ops.weights.buy.back")
    assert change.key == WEIGHT
    written = tomllib.loads((folder / "ops.toml").read_text(encoding="utf-8"))
    assert written["roles"]["ops"] == {"name": "Operations", "weights": {"buy.back": 40.0, "repeat": 70}}
    assert weights(folder).history() == [change]
    edits.undo()
    assert edits.saved("ops")[WEIGHT].value == 30.0
    edits.redo()
    assert edits.saved("ops")[WEIGHT].value == 40.0


def test_two_people_at_one_key_path_are_a_conflict_and_both_sides_are_said(folder: Path) -> None:
    mine, theirs = weights(folder), weights(folder, "bob")
    mine.set(WEIGHT, "ops", 40.0)
    theirs.set(WEIGHT, "ops", 50.0)
    theirs.save()
    with pytest.raises(ConflictError, match=r"roles / ops\.weights\.buy\.back in ops"):
        mine.save()
    mine.keep_mine("ops", WEIGHT)
    mine.save()
    assert mine.saved("ops")[WEIGHT].value == 40.0


def test_a_draft_keeps_a_key_path(folder: Path, tmp_path: Path) -> None:
    draft = tmp_path / "draft.json"
    weights(folder, draft=draft).set(WEIGHT, "ops", 40.0)
    later = weights(folder, draft=draft)
    assert later.restore_draft() == 1
    assert later.pending() == {("ops", WEIGHT): (30.0, 40.0)}


@pytest.mark.parametrize("to", [40.0, None])
def test_who_was_killed_between_the_file_and_the_end_of_the_draft_left_nothing_unsaved(
    folder: Path, tmp_path: Path, to: float | None
) -> None:
    draft = tmp_path / "draft.json"
    edits = weights(folder, draft=draft)
    edits.set(WEIGHT, "ops", to)
    kept = draft.read_bytes()
    edits.save()
    draft.write_bytes(kept)
    later = weights(folder, draft=draft)
    assert later.draft_found() == later.restore_draft() == len(later.pending()) == 0
    assert not draft.exists()
    assert not later.notes()


def test_of_a_former_draft_only_what_the_files_do_not_say_is_offered(folder: Path, tmp_path: Path) -> None:
    draft, repeat = tmp_path / "draft.json", ("roles", "ops", "weights", "repeat")
    weights(folder, draft=draft).set_all({"ops": {WEIGHT: 40.0, repeat: 60.0}})
    other = weights(folder, "bo")
    other.set(repeat, "ops", 60.0)
    other.save()
    later = weights(folder, draft=draft)
    assert later.draft_found() == later.restore_draft() == 1
    assert later.pending() == {("ops", WEIGHT): (30.0, 40.0)}
    later.save()
    assert later.saved("ops")[WEIGHT].value == 40.0
