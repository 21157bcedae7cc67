"""One language and one terminal for every pilot test, whatever the machine says."""

from __future__ import annotations

from collections.abc import Iterator
from weakref import WeakKeyDictionary

import pytest
from textual.css.stylesheet import Stylesheet

from kpi_tui.text.i18n import set_language
from tests.tui.idle import wait_for_idle, waited_for_screen


@pytest.fixture(autouse=True)
def _plain_terminal(monkeypatch: pytest.MonkeyPatch):
    for name in ("NO_COLOR", "SSH_CONNECTION", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    set_language("en")
    yield
    set_language("en")


@pytest.fixture(autouse=True)
def _unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine may take its time between two keys in a row, and between `/` and what is typed behind it."""
    monkeypatch.setattr("kpi_tui.tui.terminal.sequences.PATIENCE", 60.0)
    monkeypatch.setattr("kpi_tui.tui.terminal.typeahead.PATIENCE", 60.0)
    monkeypatch.setattr("kpi_tui.tui.screens.part_moved.REST", 60.0)  # else what stands in a pane hangs on the machine


@pytest.fixture(autouse=True)
def _no_longer_than_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key is answered when the app has nothing left to do, not some sleeps later."""
    monkeypatch.setattr("textual.app.wait_for_idle", wait_for_idle)
    monkeypatch.setattr("textual.pilot.wait_for_idle", wait_for_idle)
    monkeypatch.setattr("textual.pilot.Pilot._wait_for_screen", waited_for_screen)


@pytest.fixture(scope="session", autouse=True)
def _style_sheets_parsed_once() -> Iterator[None]:
    """Hundreds of apps start with the same style sheets; an app parses them twice, a third of what a test costs."""
    parse, known = Stylesheet._parse_rules, {}
    variables = WeakKeyDictionary[Stylesheet, tuple[object, frozenset[object]]]()

    def variables_of(sheet: Stylesheet) -> frozenset[object]:
        """Those of the theme, hundreds: looked through again only when they are others."""
        if sheet not in variables or variables[sheet][0] is not sheet._variables:
            variables[sheet] = sheet._variables, frozenset(sheet._variables.items())
        return variables[sheet][1]

    def kept(sheet: Stylesheet, *source: object, **more: object) -> object:
        key = (variables_of(sheet), source, tuple(more.items()))
        if key not in known:
            known[key] = parse(sheet, *source, **more)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", kept)
        yield


@pytest.fixture(scope="session", autouse=True)
def _plain_caches_of_strips() -> Iterator[None]:
    """A strip of the screen makes seven caches, written in Python, and lives for a moment: a dict is one, too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("textual.strip.FIFOCache", lambda _most: {})
        yield
