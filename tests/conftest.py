"""What every test shares: folders of its own for state, cache and data, and a fixed user."""

from __future__ import annotations

import gc
import os
from collections import Counter
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from _pytest.unraisableexception import gc_collect_iterations_key
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import none

from kpi_tui.book import Book
from kpi_tui.garbage import collect_seldom
from kpi_tui.text.number_form import write_numbers_as
from tests.run_cache import computed_once
from tests.workspaces import Shop

PROJECT = Path(__file__).resolve().parent.parent

# A commit is judged on the same examples whoever runs CI; a person's own runs look for new ones.
# The long run looks for new ones, too, ten times as many (tests/examples.py).
# How long it takes is no matter of any: the machine may be busy.
BUSY = (HealthCheck.too_slow,)
settings.register_profile("ci", derandomize=True, deadline=None, suppress_health_check=BUSY)
settings.register_profile("own", deadline=None, suppress_health_check=BUSY)
settings.register_profile("long", max_examples=1000, deadline=None, suppress_health_check=BUSY)

collect_seldom()  # as the program: millions of small objects are made here, and collecting took a sixth of the time

LONGEST_ID = 60

SLOW = (
    "tests/faults/",
    "tests/peers/",
    "tests/terminal/",
    "tests/tui/test_chain.py",
    "tests/tui/test_data.py",
    "tests/tui/test_design.py",
    "tests/tui/test_drivers.py",
    "tests/tui/test_every_command.py",
    "tests/tui/test_exporting.py",
    "tests/tui/test_import_file.py",
    "tests/tui/test_journey.py",
    "tests/tui/test_library.py",
    "tests/tui/test_live_files.py",
    "tests/tui/test_private.py",
    "tests/tui/test_proposing.py",
    "tests/tui/test_scorecard.py",
    "tests/tui/test_shell.py",
    "tests/tui/test_snapshots.py",
    "tests/tui/test_snapshots_chain.py",
    "tests/tui/test_snapshots_design.py",
    "tests/tui/test_targets.py",
    "tests/tui/test_targets_on_disk.py",
    "tests/tui/test_wizard.py",
    "tests/tui/test_year_sheet.py",
    "tests/unit/book/test_answers.py",
    "tests/unit/book/test_setup.py",
    "tests/unit/chain/test_demo_and_payback.py",
    "tests/unit/cli/",
    "tests/unit/doubts/",
    "tests/unit/engine/test_plan.py",
    "tests/unit/engine/test_same_digits.py",
    "tests/unit/large/",
    "tests/unit/library/test_demo_complete.py",
    "tests/unit/library/test_metric_pages.py",
    "tests/unit/properties/",
    "tests/unit/recipes/",
    "tests/unit/requirements/",
    "tests/unit/tables/",
    "tests/unit/test_sample_data.py",
    "tests/unit/workspace/test_odd_values.py",
)
"""Folders and files that cost most, as measured: `scripts/test --quick` leaves their tests (marked slow) out."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """`scripts/test --long` hands this on."""
    parser.addoption("--long", action="store_true", help="every case of the tests marked sampled, more examples")


def pytest_configure(config: pytest.Config) -> None:
    """The examples of this run, chosen before a test is read."""
    settings.load_profile("long" if config.getoption("long") else "ci" if os.environ.get("CI") else "own")
    config.stash[gc_collect_iterations_key] = 1  # five by itself, at the end of every worker, over millions of objects


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark every test of a slow place, and leave to the long run what the default run only samples.

    A slow test among quick ones carries the mark itself. Pictures are drawn anew all at once.
    """
    for item in items:
        if item.nodeid.startswith(SLOW):
            item.add_marker(pytest.mark.slow)
    if not config.getoption("long") and not config.getoption("snapshot_update", False):
        left = left_to_the_long_run(items)
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in left]


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: no collection of garbage looks at it again."""
    gc.freeze()
    first_example()


@settings(max_examples=1, database=None)
@given(none())
def first_example(_none: None) -> None:
    """Hypothesis looks through all objects of the process at its first example: in the middle, a second; now, none."""


def left_to_the_long_run(items: list[pytest.Item]) -> list[pytest.Item]:
    """Cases of a test marked `sampled(of, keep=(0,))` but those whose place among `of` is kept: the same ones always.

    One case alone, asked for by its name, is the first of its test and runs.
    """
    places: Counter[str] = Counter()
    left = []
    for item in items:
        if mark := item.get_closest_marker("sampled"):
            test = item.nodeid.partition("[")[0]
            if places[test] % mark.args[0] not in mark.kwargs.get("keep", (0,)):
                left.append(item)
            places[test] += 1
    return left


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes, whatever is long, and control characters stand as the name of their argument, which pytest numbers.

    Such an id is short, can be typed, and is the same in every worker of pytest-xdist whatever made the bytes.
    """
    text = str(val) if isinstance(val, str | int) else ""
    return argname if isinstance(val, bytes) or len(text) > LONGEST_ID or not text.isprintable() else None


@pytest.fixture(autouse=True)
def _plain_numbers() -> Iterator[None]:
    """How a workspace writes numbers holds for the process that opened it: not for the next test."""
    yield
    write_numbers_as(None)


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Names of folders, counted: pytest reads a whole folder for each it numbers, and thousands stand in one."""
    folder = tmp_path_factory.mktemp("homes")
    return (folder / str(number) for number in count())


@pytest.fixture(autouse=True)
def own_folders(homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the folders of the person who runs it."""
    home = next(homes)
    home.mkdir()
    for name in ("XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("KPI_TUI_USER", "tester")
    for name in ("KPI_TUI_WORKSPACE", "SSH_CONNECTION", "NO_COLOR", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")


@pytest.fixture
def project() -> Path:
    """The project folder."""
    return PROJECT


@pytest.fixture
def shared() -> Path:
    """The folder of real data sets beside the project; skips the test where it is absent."""
    folder = PROJECT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("../shared is absent: the real data sets are not part of the project")
    return folder


@pytest.fixture(scope="session")
def run_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The one folder that all workers of a run share."""
    here = tmp_path_factory.getbasetemp()
    return (here.parent if "PYTEST_XDIST_WORKER" in os.environ else here) / "run_home"


@pytest.fixture(scope="session")
def demo(run_home: Path) -> Book:
    """The shipped demo, read only: what one worker of a run has computed, the others find."""
    with computed_once(run_home):
        return Book.open(PROJECT / "config", who="tester", draft=False, environ={"HOME": str(run_home)})


@pytest.fixture
def demo_of_run(run_home: Path) -> Iterator[None]:
    """What is opened in the test, by a command too, finds what others have computed of the demo."""
    with computed_once(run_home):
        yield


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """An empty workspace to fill with rows."""
    return Shop(tmp_path / "shop")
