"""Several processes at the definitions at once: no edit is lost, nothing is torn, the history tells each (R038)."""

from __future__ import annotations

import multiprocessing
import tomllib
from dataclasses import replace
from pathlib import Path

from kpi_tui.definitions.edit import Author
from kpi_tui.definitions.issue import ConflictError
from kpi_tui.workspace.definition_edits.edits import DefinitionEdits
from kpi_tui.workspace.definition_edits.store import DefinitionStore
from kpi_tui.workspace.load import load
from tests.workspaces import Shop

WRITERS, TIMES = 4, 12
ROLE = """\
# kept
[roles.sales]
name = "Sales"
duty = "0"
lines = [
  { metric = "paid_amount", weight = 100 },  # all of it
]
"""


def made(tmp_path: Path) -> Path:
    shop = Shop(tmp_path / "shop").defines("roles/sales.toml", ROLE)
    shop.has("orders", [{"order_id": "1", "paid_at": "2026-11-30", "paid_amount": 1}]).says(as_of="2026-11-30")
    shop.book().close()
    return shop.root


def edits_of(root: Path, who: str) -> DefinitionEdits:
    space = load(root, validate=False).workspace
    assert space is not None
    return DefinitionEdits(replace(space, root=root), DefinitionStore(root, Author(who)), lambda path, since: False)


def add_own(root: Path, writer: int) -> None:
    """Every writer adds people of its own."""
    edits = edits_of(root, f"w{writer}")
    for n in range(TIMES):
        edits.set_all([("2026-11", ("people", f"p{writer}_{n}"), {"name": f"P{n}", "roles": ["sales"]})])
        edits.save()


def count_up(root: Path, writer: int) -> None:
    """All of them count up the same key; who comes second reads again and tries anew."""
    edits = edits_of(root, f"w{writer}")
    key = ("roles", "sales", "duty")
    for _ in range(TIMES):
        while True:
            edits.discard()
            edits.follow(edits.edited()[0], lambda path, since: False)
            edits.set_all([("", key, str(int(edits.now.value(key)) + 1))])
            try:
                edits.save()
            except ConflictError:
                continue
            break


def together(work, root: Path) -> None:
    context = multiprocessing.get_context("fork")
    writers = [context.Process(target=work, args=(root, n)) for n in range(WRITERS)]
    for one in writers:
        one.start()
    for one in writers:
        one.join(120)
    assert [one.exitcode for one in writers] == [0] * WRITERS


def test_everybody_s_own_additions_are_all_there(tmp_path: Path) -> None:
    root = made(tmp_path)
    together(add_own, root)
    people = tomllib.loads((root / "people.toml").read_text(encoding="utf-8"))["people"]
    assert sorted(people) == sorted(f"p{writer}_{n}" for writer in range(WRITERS) for n in range(TIMES))
    history = DefinitionStore(root, Author("reader")).history()
    assert len(history) == WRITERS * TIMES


def test_one_key_counted_up_by_all_loses_no_step(tmp_path: Path) -> None:
    root = made(tmp_path)
    together(count_up, root)
    text = (root / "roles/sales.toml").read_text(encoding="utf-8")
    assert tomllib.loads(text)["roles"]["sales"]["duty"] == str(WRITERS * TIMES)
    assert text == ROLE.replace('duty = "0"', f'duty = "{WRITERS * TIMES}"')
    history = DefinitionStore(root, Author("reader")).history()
    assert [(one.before, one.after) for one in history] == [(str(n), str(n + 1)) for n in range(WRITERS * TIMES)]
