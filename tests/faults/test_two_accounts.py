"""One workspace, two Unix accounts of a group: both save under any umask, and what one plants does not harm the other.

Accounts are made with useradd when the tests run as root; elsewhere they are skipped. A child takes on an account by
fork, setgid and setuid.
"""

from __future__ import annotations

import json
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import kpi_tui
from kpi_tui.book.person.user_name import account, user_name
from kpi_tui.cli import main
from kpi_tui.definitions.calendar import ISO
from kpi_tui.definitions.edit import Author, Edit
from kpi_tui.definitions.issue import KpiError
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.target import TargetKey
from kpi_tui.engine.kept.cache import Cache
from kpi_tui.workspace.definition_edits.store import DefinitionStore
from kpi_tui.workspace.edits.draft import load_draft, save_draft
from kpi_tui.workspace.edits.period_edits import open_edits
from kpi_tui.workspace.edits.store import TargetStore
from kpi_tui.workspace.start.write_together import write_together

pytestmark = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("useradd") is None,
    reason="only root can make the two accounts (useradd)",
)
MONTH = "2026-10"
DUTY = Edit(("roles", "ops", "duty"), "rest", "run")
A, B = TargetKey("ops", "a"), TargetKey("ops", "b")
ROLES = """
[roles.ops]
name = "Ops"
duty = "run"
[[roles.ops.lines]]
metric = "a"
weight = 100
"""


class Team:
    """Two accounts of one group, and what each does with its own rights."""

    def __init__(self) -> None:
        self.group = f"kt{os.getpid()}"
        self.names = {"ann": f"kta{os.getpid()}", "bob": f"ktb{os.getpid()}"}

    def make(self) -> None:
        subprocess.run(["groupadd", self.group], check=True)
        for name in self.names.values():
            subprocess.run(["useradd", "-M", "-N", "-g", "users", "-G", self.group, name], check=True)

    def remove(self) -> None:
        for name in self.names.values():
            subprocess.run(["userdel", name], check=False, capture_output=True)
        subprocess.run(["groupdel", self.group], check=False, capture_output=True)

    def uid(self, who: str) -> int:
        return pwd.getpwnam(self.names[who]).pw_uid

    def does(self, who: str, act: Callable[[], object], umask: int = 0o022) -> str:
        """What came of it: "" when it was done, else the sentence; a defect fails the test."""
        heard, told = os.pipe()
        child = os.fork()
        if not child:
            said = "a defect"
            try:
                entry = pwd.getpwnam(self.names[who])
                os.initgroups(entry.pw_name, entry.pw_gid)
                os.setgid(entry.pw_gid)
                os.setuid(entry.pw_uid)
                os.umask(umask)
                act()
                said = ""
            except KpiError as error:
                said = str(error)
            except BaseException:  # noqa: BLE001  told to the test
                said = "a defect: " + traceback.format_exc()
            finally:
                os.write(told, said.encode())
                os._exit(0)
        os.close(told)
        with os.fdopen(heard) as pipe:
            said = pipe.read()
        os.waitpid(child, 0)
        assert not said.startswith("a defect"), said
        return said


@pytest.fixture(scope="module")
def team() -> Iterator[Team]:
    program = Path(kpi_tui.__file__).parent
    if any(not folder.stat().st_mode & stat.S_IXOTH for folder in (program, *program.parents)):
        pytest.skip("the program lies in a folder that other accounts may not look into")
    made = Team()
    with tempfile.TemporaryDirectory() as folder:  # an account may be unable to read Python's own files: read now
        (Path(folder) / "roles").mkdir()
        (Path(folder) / "workspace.toml").write_text('name = "shop"\nextends = "standard"\n')
        (Path(folder) / "roles/ops.toml").write_text(ROLES.replace('"a"', '"aov"'))
        with pytest.raises(SystemExit):
            main(["-w", folder, "target", "set", "ops", "aov", "1", "--period", MONTH])
        DefinitionStore(Path(folder), Author("x")).save([DUTY], lambda *_: None, lambda *_: False)
    try:
        made.make()
        yield made
    finally:
        made.remove()


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that others may look into, which those of pytest are not."""
    folder = Path(tempfile.mkdtemp(prefix="kpi-tui-team-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def root(team: Team, place: Path) -> Path:
    """A workspace in a folder of the group."""
    return workspace(team, place, 0o2775)


def workspace(team: Team, place: Path, mode: int, said: str = "") -> Path:
    root = place / "shop"
    (root / "roles").mkdir(parents=True)
    shutil.chown(root / "roles", team.names["ann"], team.group)
    (root / "roles").chmod(mode)
    for name, text in (("workspace.toml", f'name = "shop"\n{said}'), ("roles/ops.toml", ROLES)):
        (root / name).write_text(text)
        shutil.chown(root / name, team.names["ann"], team.group)
    shutil.chown(root, team.names["ann"], team.group)
    root.chmod(mode)
    return root


def saves(root: Path, who: str, key: TargetKey, to: float, base: float | None = None) -> Callable[[], object]:
    return lambda: TargetStore(root / "targets", who).apply(MONTH, [Edit(key, to, base)])


def values(root: Path) -> dict[str, float]:
    return {key.metric: cell.value for key, cell in TargetStore(root / "targets", "x").sheet(MONTH).cells.items()}


@pytest.mark.parametrize("first", [0o022, 0o002, 0o077])
@pytest.mark.parametrize("second", [0o022, 0o002, 0o077])
def test_both_save_under_any_umask(team: Team, root: Path, first: int, second: int) -> None:
    assert team.does("ann", saves(root, "ann", A, 1), first) == ""
    assert team.does("bob", saves(root, "bob", A, 2, 1), second) == ""
    assert team.does("ann", saves(root, "ann", B, 3), first) == ""
    assert values(root) == {"a": 2, "b": 3}
    for path in (root / "targets").iterdir():
        assert (stat.S_IMODE(path.stat().st_mode), path.stat().st_gid) == (0o664, root.stat().st_gid), path
    assert stat.S_IMODE((root / "targets").stat().st_mode) == 0o2775


@pytest.mark.parametrize("umask", [0o022, 0o002, 0o077])
def test_definitions_and_typed_numbers_are_the_groups_too(team: Team, root: Path, umask: int) -> None:
    path = ("roles", "ops", "duty")

    def edits(who: str, base: str, to: str) -> Callable[[], object]:
        store = DefinitionStore(root, Author(who))
        return lambda: store.save([Edit(path, to, base)], lambda *_: None, lambda *_: False)

    def types(who: str, number: float, base: float | None) -> Callable[[], object]:
        return lambda: TargetStore(root / "actuals", who).apply(MONTH, [Edit(A, number, base)])

    assert team.does("ann", edits("ann", "run", "walk"), umask) == ""
    assert team.does("bob", edits("bob", "walk", "jump"), umask) == ""
    assert team.does("ann", edits("ann", "jump", "rest"), umask) == ""
    assert 'duty = "rest"' in (root / "roles/ops.toml").read_text()
    assert team.does("bob", types("bob", 1, None), umask) == ""
    assert team.does("ann", types("ann", 2, 1), umask) == ""


@pytest.mark.parametrize("umask", [0o022, 0o077])
def test_a_setting_shares_a_folder_that_is_no_groups_yet(team: Team, place: Path, umask: int) -> None:
    """The group may look into it and, once who owns it has saved, write."""
    root = workspace(team, place, 0o755, 'shared = "group"\n')
    assert team.does("ann", saves(root, "ann", A, 1), umask) == ""
    assert team.does("bob", saves(root, "bob", A, 2, 1), umask) == ""
    assert values(root) == {"a": 2}


def test_what_a_start_makes_is_the_groups(team: Team, root: Path) -> None:
    more = {"tables.toml": "# none\n", "roles/pro.toml": "# pro\n"}
    assert team.does("ann", lambda: write_together(root, more), 0o077) == ""
    assert stat.S_IMODE((root / "roles").stat().st_mode) == 0o2775
    assert team.does("bob", lambda: (root / "roles/pro.toml").write_text("# mine\n")) == ""


def test_a_folder_of_one_person_keeps_the_umask(team: Team, place: Path) -> None:
    root = workspace(team, place, 0o755)
    assert team.does("ann", saves(root, "ann", A, 1), 0o077) == ""
    assert stat.S_IMODE((root / "targets" / f"{MONTH}.toml").stat().st_mode) == 0o600


def test_in_a_sticky_folder_the_sentence_says_why(team: Team, root: Path) -> None:
    """Below a sticky workspace all save; where the folder of targets itself is, one may not replace another's."""
    root.chmod(0o3775)
    assert team.does("ann", saves(root, "ann", A, 1)) == ""
    assert team.does("bob", saves(root, "bob", A, 2, 1)) == ""
    (root / "targets").chmod(0o3775)
    shutil.chown(root / "targets" / f"{MONTH}.toml", team.names["ann"])
    said = team.does("bob", saves(root, "bob", A, 3, 2))
    assert "sticky" in said and "chmod -t" in said and str(root / "targets") in said
    assert values(root) == {"a": 2}
    assert [change.after for change in TargetStore(root / "targets", "x").history()] == [1, 2]


@pytest.mark.parametrize("name", [".lock", "history.jsonl", f"{MONTH}.toml"])
@pytest.mark.parametrize("there", [True, False])
def test_a_link_planted_by_another_is_refused_by_its_name(
    team: Team, root: Path, place: Path, name: str, there: bool
) -> None:
    precious = place / "precious"
    text = "revision = 1\n"
    if there:
        precious.write_text(text)
        shutil.chown(precious, team.names["ann"])
    else:
        place.chmod(0o777)
    assert team.does("ann", saves(root, "ann", A, 1)) == ""
    (root / "targets" / name).unlink()
    assert team.does("bob", lambda: (root / "targets" / name).symlink_to(precious)) == ""
    said = team.does("ann", saves(root, "ann", A, 2, 1))
    assert f"{root}/targets/{name} is a link to {precious}" in said
    assert precious.exists() == there
    assert not there or precious.read_text() == text


def test_a_pipe_or_a_second_name_planted_as_the_lock_does_no_harm(team: Team, root: Path, place: Path) -> None:
    assert team.does("ann", saves(root, "ann", A, 1)) == ""
    lock = root / "targets" / ".lock"
    lock.unlink()
    assert team.does("bob", lambda: os.mkfifo(lock), 0o000) == ""
    assert "no regular file" in team.does("ann", saves(root, "ann", A, 2, 1))
    lock.unlink()
    precious = place / "precious"
    precious.write_text("mine\n")
    shutil.chown(precious, team.names["ann"])
    os.link(precious, lock)
    team.does("ann", saves(root, "ann", A, 2, 1))
    assert precious.read_text() == "mine\n"


def test_a_definition_is_not_written_through_a_link_of_another(team: Team, root: Path, place: Path) -> None:
    """One's own link, or that of the owner of the folder, is followed: definitions may lie in a repository."""
    elsewhere = place / "elsewhere.toml"
    elsewhere.write_text(ROLES)
    shutil.chown(elsewhere, team.names["ann"])
    place.chmod(0o777)
    (root / "roles/ops.toml").unlink()
    store = DefinitionStore(root, Author("ann"))

    def edit() -> object:
        return store.save([DUTY], lambda *_: None, lambda *_: False)

    assert team.does("bob", lambda: (root / "roles/ops.toml").symlink_to(elsewhere)) == ""
    assert "is a link to" in team.does("ann", edit)
    assert elsewhere.read_text() == ROLES
    (root / "roles/ops.toml").unlink()
    assert team.does("ann", lambda: (root / "roles/ops.toml").symlink_to(elsewhere)) == ""
    assert team.does("ann", edit) == ""
    assert '"rest"' in elsewhere.read_text()


def test_a_planted_plan_of_a_save_writes_nothing_outside_the_workspace(team: Team, root: Path, place: Path) -> None:
    place.chmod(0o777)
    (root / "definitions").mkdir()
    shutil.chown(root / "definitions", team.names["bob"], team.group)
    (root / "definitions").chmod(0o2775)
    plan = {"version": 1, "files": {name: {"from": 0, "to": "x"} for name in ("../out.toml", f"{place}/abs.toml", "x")}}
    assert team.does("bob", lambda: (root / "definitions" / "unfinished.json").write_text(json.dumps(plan))) == ""
    assert team.does("ann", DefinitionStore(root, Author("ann")).finish) == ""
    assert sorted(path.name for path in place.iterdir()) == ["shop"]
    assert not (root / "x").exists()


def test_a_cache_or_draft_that_another_wrote_is_not_read(team: Team, place: Path) -> None:
    place.chmod(0o777)
    cache, draft = place / "kpi-tui" / "cache.json", place / "kpi-tui" / "drafts" / "d.json"

    def fill() -> None:
        made = Cache(cache)
        made.put("a", 1)
        made.flush()
        save_draft(draft, {MONTH: [Edit(A, 5)]})

    def expect(found: object) -> Callable[[], object]:
        def look() -> None:
            assert Cache(cache).get("a") == found
            assert len(load_draft(draft, ISO)) == (1 if found else 0)

        return look

    assert team.does("bob", fill, 0o000) == ""
    assert stat.S_IMODE(cache.stat().st_mode) == stat.S_IMODE(draft.stat().st_mode) == 0o600
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in (cache.parent, draft.parent)} == {0o700}
    assert team.does("bob", expect(1)) == ""
    for path in (cache.parent, cache, draft.parent, draft):
        path.chmod(0o777)
    assert team.does("ann", expect(None)) == ""


def test_who_edits_is_the_account_whatever_the_environment_says(team: Team, root: Path) -> None:
    def named() -> None:
        os.environ.pop("KPI_TUI_USER", None)
        os.environ |= {"USER": "ann", "LOGNAME": "ann", "USERNAME": "ann"}
        assert (user_name(os.environ), account()) == (team.names["bob"], team.names["bob"])
        assert user_name({"KPI_TUI_USER": "Bobby"}) == "Bobby"

    assert team.does("bob", named) == ""


def test_an_assumed_name_takes_nothing_of_another_account_back(team: Team, root: Path) -> None:
    def store(who: str) -> TargetStore:
        return TargetStore(root / "targets", Author("ann", team.names[who]))

    assert team.does("ann", lambda: store("ann").apply(MONTH, [Edit(A, 1)])) == ""
    assert team.does("bob", lambda: store("bob").undo()) == ""
    assert values(root) == {"a": 1}
    assert team.does("ann", lambda: store("ann").undo()) == ""
    assert values(root) == {}


def test_who_may_only_look_is_told_at_the_edit_and_still_reads(team: Team, place: Path) -> None:
    root = workspace(team, place, 0o755)
    assert team.does("ann", saves(root, "ann", A, 1)) == ""

    def looks() -> None:
        edits = open_edits(root, "targets", Author("bob"), None, lambda: None)  # type: ignore[arg-type, return-value]
        month = Period.parse(MONTH, ISO)
        assert edits.of(month)[A].value == 1
        edits.set(A, month, 2)

    said = team.does("bob", looks)
    assert "nothing can be saved here" in said and str(root) in said


def test_the_command_line_of_two_accounts(team: Team, place: Path) -> None:
    """As two people run it: the history tells the accounts, whatever $USER says."""
    root = workspace(team, place, 0o2770, 'extends = "standard"\n')
    (root / "roles/ops.toml").write_text(ROLES.replace('"a"', '"aov"'))
    for who, value in (("ann", "5"), ("bob", "6")):
        home = place / who
        home.mkdir()
        shutil.chown(home, team.names[who])

        def run(home: Path = home, value: str = value) -> None:
            for name in [name for name in os.environ if name.startswith(("KPI_TUI_", "XDG_"))]:
                del os.environ[name]
            os.environ |= {"HOME": str(home), "USER": "somebody", "LOGNAME": "somebody"}
            with pytest.raises(SystemExit) as ended:
                main(["-w", str(root), "target", "set", "ops", "aov", value, "--period", MONTH])
            assert not ended.value.code

        assert team.does(who, run, 0o077) == ""
    lines = [json.loads(line) for line in (root / "targets" / "history.jsonl").read_text().splitlines()]
    assert [(line["who"], line["account"]) for line in lines] == [(team.names[who],) * 2 for who in ("ann", "bob")]
