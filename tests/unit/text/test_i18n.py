"""The language is chosen once, read at each call, and switches while the app runs."""

from __future__ import annotations

import threading

import pytest

from kpi_tui.text.i18n import _, choose, is_translated, language, n_, set_language, speaking


@pytest.mark.parametrize(
    ("wanted", "workspace", "environ", "spoken"),
    [
        ("zh", "en", {"LANG": "en_GB.UTF-8"}, "zh"),
        (None, "zh", {"LANG": "en_GB.UTF-8"}, "zh"),
        (None, "", {"LC_ALL": "zh_CN.UTF-8", "LANG": "en_GB.UTF-8"}, "zh"),
        (None, "", {"LC_ALL": "", "LC_MESSAGES": "zh_TW", "LANG": "en"}, "zh"),
        (None, "", {"LC_ALL": "C", "LANG": "zh_CN"}, "en"),
        (None, None, {"LANG": "de_DE.UTF-8"}, "en"),
        (None, None, {}, "en"),
    ],
)
def test_the_language_comes_from_option_workspace_and_locale_in_this_order(
    wanted: str | None, workspace: str | None, environ: dict[str, str], spoken: str
) -> None:
    assert choose(wanted, workspace, environ) == spoken


def test_a_switch_is_seen_by_the_next_call_and_by_other_threads() -> None:
    assert is_translated("zh"), "run scripts/catalogue, or install the package, to compile the catalogue"
    seen: list[str] = []
    with speaking("en"):
        assert _("no data") == "no data"
        set_language("zh")
        assert language() == "zh"
        assert _("no data") == "无数据"
    set_language("zh")
    try:
        thread = threading.Thread(target=lambda: seen.append(_("no data")))
        thread.start()
        thread.join()
    finally:
        set_language("en")
    assert seen == ["无数据"]
    assert _("no data") == "no data"


def test_values_are_filled_in_after_translation_and_are_never_templates() -> None:
    with speaking("zh"):
        assert _("{number} d", number="{minutes}") == "{minutes} 天"


def test_plurals_follow_the_count() -> None:
    with speaking("en"):
        assert n_("{count} row", "{count} rows", 1) == "1 row"
        assert n_("{count} row", "{count} rows", 3) == "3 rows"
