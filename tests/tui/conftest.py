"""One language and one terminal for every pilot test, whatever the machine says."""

from __future__ import annotations

import pytest

from kpi_tui.text.i18n import set_language


@pytest.fixture(autouse=True)
def _plain_terminal(monkeypatch: pytest.MonkeyPatch):
    for name in ("NO_COLOR", "SSH_CONNECTION", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    set_language("en")
    yield
    set_language("en")
