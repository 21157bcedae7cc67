"""The worker process: right answers, stopped within half a second, ended by what it is asked, the app's edits in it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from multiprocessing.reduction import ForkingPickler
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from kpi_tui.book import Book
from kpi_tui.book.start.setup import Setup
from kpi_tui.definitions.answers.setup import SetupAnswers
from kpi_tui.definitions.issue import EngineError, TableError, UsageError
from kpi_tui.definitions.message import say
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.progress import Cancelled, RowsNeeded
from kpi_tui.definitions.target import TargetKey
from kpi_tui.tui.computing.worker import Worker
from kpi_tui.tui.screens.wizard.conversation import LookQuestion, TryQuestion
from kpi_tui.views.data.proposal import with_questions
from tests.workspaces import Shop, orders

OCTOBER = Period.parse("2026-10")
KEY = TargetKey("ops", "paid_amount")
ROLE = '[roles.ops]\nname = "Ops"\n[[roles.ops.lines]]\nmetric = "paid_amount"\nweight = 100\n'
ROWS = ("o1", "ann", "2026-10-05 12:00:00", 80), ("o2", "bob", "2026-10-06 12:00:00", 220)
APP = os.getpid()


def _only_in_a_worker() -> None:
    if os.getpid() == int(os.environ["TEST_APP_PID"]):
        raise RowsNeeded


@dataclass(frozen=True, slots=True)
class Paid:
    """What was paid in October, and which process says so."""

    def ask(self, book: Book, progress: Any, /) -> tuple[float | None, int]:
        return book.numbers.values(["paid_amount"], OCTOBER, progress=progress)[0].value, os.getpid()


@dataclass(frozen=True, slots=True)
class Points:
    """The score of ops, as text."""

    def ask(self, book: Book, _progress: Any, /) -> float | None:
        _only_in_a_worker()
        return book.scores.scorecard("ops", OCTOBER).score


@dataclass(frozen=True, slots=True)
class Does:
    """Something that a question should not do; "" answers a mapping."""

    what: str

    def ask(self, _book: Book, progress: Callable[[str, int, int], None], /) -> Any:
        _only_in_a_worker()
        return {
            "hang": lambda: time.sleep(60),
            "listen": lambda: _listening(progress),
            "die": lambda: os.kill(os.getpid(), signal.SIGKILL),
            "abort": os.abort,
            "eat": lambda: time.sleep(60),
            "refuse": _refuse,
            "break": lambda: {}["a defect"],
            "lock": lambda: Path(__file__).open(),
            "": lambda: MappingProxyType({"a": say("{count} of {all}", count=1, all=2)}),
        }[self.what]()


def _listening(progress: Callable[[str, int, int], None]) -> None:
    for done in range(6000):
        progress("listening", done, 6000)
        time.sleep(0.01)


def _refuse() -> None:
    raise UsageError(say("there is no {what}", what="thing"))


@dataclass(frozen=True, slots=True)
class ReadsThen:
    """Reads all tables, says so, and does what a question should not do."""

    what: str

    def ask(self, book: Book, progress: Callable[[str, int, int], None], /) -> Any:
        book.data.load()
        progress("read", 1, 1)
        return Does(self.what).ask(book, progress)


def without_as_of(root: Path) -> None:
    """The workspace says no as-of day: the rows do."""
    file = root / "workspace.toml"
    lines = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join(line for line in lines if not line.startswith("as_of")), encoding="utf-8")


def nothing(_what: str, _done: int, _total: int) -> None:
    """A progress that nobody watches."""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.setenv("TEST_APP_PID", str(os.getpid()))
    shop = Shop(tmp_path / "shop").says(as_of="2026-10-31")
    shop.has("orders", orders(*ROWS))
    shop.defines("roles/ops.toml", ROLE).book().close()
    return tmp_path / "shop"


@pytest.fixture
def book(root: Path) -> Iterator[Book]:
    opened = Book.open(root, who="ann", rows=False)
    yield opened
    opened.close()


@pytest.fixture
def worker(root: Path) -> Iterator[Worker]:
    """It inherits the homes of `root`."""
    assert root.exists()
    made = Worker()
    made.start()
    yield made
    made.close()


def process(worker: Worker) -> subprocess.Popen[bytes]:
    assert worker._process is not None
    return worker._process


def test_it_computes_and_what_it_found_is_known_here_afterwards(worker: Worker, book: Book) -> None:
    """80 + 220 from the rows; asked again, the kept answer needs no process."""
    value, who = worker.answer(Paid(), book, nothing)
    assert (value, who) == (300.0, process(worker).pid)
    worker.close()
    assert worker.answer(Paid(), book, nothing) == (300.0, APP)
    assert book.as_of() == OCTOBER.last_day


def test_unsaved_targets_and_those_saved_meanwhile_count_in_it(worker: Worker, book: Book, root: Path) -> None:
    """300 of a target of 400 is 75 points, of 600 it is 50, of 1,200 it is 25."""
    book.targets.set(KEY, OCTOBER, 400.0, "typed")
    assert worker.answer(Points(), book, nothing) == pytest.approx(75)
    book.targets.set(KEY, OCTOBER, 600.0, "typed again")
    assert worker.answer(Points(), book, nothing) == pytest.approx(50)
    book.targets.save("agreed")
    assert worker.answer(Points(), book, nothing) == pytest.approx(50)
    other = Book.open(root, who="bob")
    other.targets.set(KEY, OCTOBER, 1200.0, "by somebody else")
    other.targets.save("agreed")
    other.close()
    assert worker.answer(Points(), book, nothing) == pytest.approx(25)


def test_files_read_again_here_are_read_again_there(worker: Worker, book: Book, root: Path) -> None:
    assert worker.answer(Paid(), book, nothing)[0] == 300.0
    with (root / "orders.csv").open("a", encoding="utf-8") as file:
        file.write("o3,cat,2026-10-07 12:00:00,2026-10-07 12:00:00,50,50,50,0,public\n")
    assert worker.answer(Paid(), book.reopened(), nothing)[0] == 350.0


def test_definitions_that_were_judged_here_are_not_judged_again_there(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every SQL of the library is parsed for that: a second of a cold start."""
    judged: list[Path] = []
    monkeypatch.setattr("kpi_tui.workspace.check.validate.validate_layer", lambda _layer, root, *_: judged.append(root))
    monkeypatch.setattr("kpi_tui.engine.kept.cache.Cache._read", lambda _self: {})
    other = ForkingPickler.loads(ForkingPickler.dumps(book.sitting)).open()
    assert judged == []
    assert other.numbers.values(["paid_amount"], OCTOBER)[0].value == 300.0


def test_files_of_a_workspace_to_be_are_looked_at_and_tried_out_there(worker: Worker, root: Path) -> None:
    """Files of strangers are read by native readers: never in the app's own process."""
    answers = SetupAnswers(root.parent / "new", (root / "orders.csv",))
    setup = Setup(answers.folder, with_questions, rows=False)
    for read in (lambda: setup.look(answers), lambda: setup.try_out(None)):  # type: ignore[arg-type]
        with pytest.raises(RowsNeeded):
            read()
    found = worker.answer(LookQuestion(answers), setup, nothing)
    assert [(one.table, one.path.name) for one in found.tables] == [("orders", "orders.csv")]
    tried = worker.answer(TryQuestion(found, answers), setup, nothing)
    assert tried.trial.profiles["orders"].rows_read == len(ROWS)


def test_a_table_that_cannot_be_read_is_known_here_too(worker: Worker, root: Path) -> None:
    """The screens ask for the as-of day and for what is locked in their own process."""
    without_as_of(root)
    (root / "orders.csv").write_bytes(b"")
    book = Book.open(root, rows=False)
    with pytest.raises(RowsNeeded):
        book.as_of()
    for asked in (lambda: worker.answer(Paid(), book, nothing), book.as_of):
        with pytest.raises(TableError, match="the file is empty"):
            asked()
    assert not book.targets.is_locked(OCTOBER)


def _grown(file: Path) -> None:
    with file.open("a", encoding="utf-8") as rows:
        rows.write("o3,cat,2026-11-02 12:00:00,2026-11-02 12:00:00,50,50,50,0,public\n")


@pytest.mark.parametrize(
    ("change", "day"),
    [(_grown, date(2026, 11, 2)), (lambda file: file.write_bytes(b""), None), (Path.unlink, None)],
    ids=["grown", "emptied", "gone"],
)
def test_a_file_that_changes_between_two_looks_is_known_here_as_it_was_read(
    worker: Worker, root: Path, change: Callable[[Path], Any], day: date | None
) -> None:
    """An edit asks whether its period is over, on the screen's own thread: no row may be needed for that."""
    without_as_of(root)
    book = Book.open(root, rows=False)
    with pytest.raises(RowsNeeded):
        book.as_of()
    change(root / "orders.csv")
    try:
        worker.answer(Paid(), book, nothing)
        assert book.as_of() == day
    except TableError as told:
        with pytest.raises(TableError, match=re.escape(str(told))):
            book.as_of()
        assert day is None
    assert book.targets.is_locked(OCTOBER) == (day is not None)


@pytest.mark.parametrize("what", ["hang", "listen"])
def test_what_is_not_wanted_ends(worker: Worker, book: Book, what: str) -> None:
    """What listens stops and stays warm; what does not is ended, and another process answers next."""
    worker.answer(Does(""), book, nothing)
    first, asked = process(worker), time.monotonic()

    def progress(_what: str, _done: int, _total: int) -> None:
        if time.monotonic() - asked > 0.3:
            raise Cancelled

    with pytest.raises(Cancelled):
        worker.answer(Does(what), book, progress)
    assert (process(worker).pid == first.pid) == (what == "listen")
    assert (first.poll() is None) == (what == "listen")
    assert worker.answer(Does(""), book, nothing) == {"a": "1 of 2"}


@pytest.mark.parametrize("what", ["hang", "listen", "die"])
def test_what_was_found_out_before_it_was_stopped_is_known_here(worker: Worker, root: Path, what: str) -> None:
    """The screens ask for the as-of day in their own process: the last day of the rows, once somebody has read them."""
    without_as_of(root)
    book = Book.open(root, rows=False)

    def progress(what: str, _done: int, _total: int) -> None:
        if what == "read":
            raise Cancelled

    with pytest.raises((Cancelled, EngineError)):
        worker.answer(ReadsThen(what), book, progress)
    assert book.as_of() == date(2026, 10, 6)


@pytest.mark.parametrize(("what", "name"), [("die", "SIGKILL"), ("abort", "SIGABRT")])
def test_a_crash_is_a_sentence_and_the_next_question_is_answered(
    worker: Worker, book: Book, what: str, name: str
) -> None:
    with pytest.raises(EngineError, match=rf"what computed it ended \({name}\)"):
        worker.answer(Does(what), book, nothing)
    assert worker.answer(Paid(), book, nothing)[0] == 300.0


@pytest.mark.parametrize(
    ("setting", "said"), [("max_memory = 1", "more than 1 MB of memory"), ("max_seconds = 0.3", "longer than 0 s")]
)
def test_more_than_the_settings_allow_ends_it(
    worker: Worker, book: Book, tmp_path: Path, setting: str, said: str
) -> None:
    folder = tmp_path / "XDG_CONFIG_HOME" / "kpi-tui"
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text(setting + "\n", encoding="utf-8")
    with pytest.raises(EngineError, match=said):
        worker.answer(Does("eat"), book, nothing)


def test_where_no_process_can_be_started_it_is_said_and_tried_again(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A shared server may allow an account no more of them."""
    worker = Worker()
    with monkeypatch.context() as full:
        full.setattr(subprocess, "Popen", _no_more)
        worker.start()
        with pytest.raises(EngineError, match=r"can be started .Resource temporarily unavailable"):
            worker.answer(Paid(), book, nothing)
    assert worker.answer(Paid(), book, nothing)[0] == 300.0
    worker.close()


def _no_more(*_arguments: object, **_keys: object) -> None:
    raise BlockingIOError(11, "Resource temporarily unavailable")


def test_what_the_book_raises_is_raised_here(worker: Worker, book: Book) -> None:
    """A refusal keeps its words for both languages; a defect brings the place where it happened for the log."""
    with pytest.raises(UsageError) as refused:
        worker.answer(Does("refuse"), book, nothing)
    assert (refused.value.args[0].template, str(refused.value)) == ("there is no {what}", "there is no thing")
    with pytest.raises(KeyError) as broken:
        worker.answer(Does("break"), book, nothing)
    assert "in ask" in broken.value.__notes__[0]
    with pytest.raises(RuntimeError, match="TypeError"):
        worker.answer(Does("lock"), book, nothing)
