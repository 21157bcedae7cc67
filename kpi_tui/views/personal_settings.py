"""A person's settings: what holds, who says so, what each is for."""

from __future__ import annotations

from collections.abc import Sequence

from kpi_tui.definitions.period import Grain
from kpi_tui.definitions.personal_setting import BOARD, LAST, OWN, WORST, SettingNow
from kpi_tui.text.i18n import N_
from kpi_tui.text.phrase import Word, phrase
from kpi_tui.views.cells import text
from kpi_tui.views.reasons import known
from kpi_tui.views.record import Record
from kpi_tui.views.view import Column, View, listed

_ORIGINS = {"here": N_("this workspace"), "file": N_("everywhere"), "": N_("by itself")}
_UNSAID = {
    "language": N_("of the workspace"),
    "theme": N_("of the terminal"),
    "role": N_("the first, or yours"),
    "mouse": N_("on; off over SSH"),
    "animation": N_("on; off over SSH"),
}

_OPENS = {
    LAST: N_("the one looked at last"),
    OWN: N_("your own"),
    WORST: N_("the lowest score"),
    BOARD: N_("your board"),
}


def personal_settings(settings: Sequence[SettingNow], file: str) -> View:
    """A row per setting; `file` is where they stand."""
    lines = listed(
        settings,
        [
            (Column("key", phrase("Setting")), lambda one: text(one.setting.key)),
            (Column("value", phrase("Value")), lambda one: text(shown(one), "" if one.origin else "muted", one.value)),
            (Column("origin", phrase("Set for")), lambda one: text(known(_ORIGINS[one.origin]), "muted", one.origin)),
            (Column("meaning", phrase("What it does"), flex=1), lambda one: text(one.setting.meaning, "muted")),
        ],
        lambda one: one.setting.key,
        phrase("Your settings"),
        [phrase("They stand in {file}.", file=file)],
        "settings",
    )
    return View(sheets=(lines,), data=[_data(one) for one in settings])


def shown(one: SettingNow) -> Word:
    """The value in words; what decides where nobody said anything."""
    if isinstance(one.value, bool):
        return phrase("yes") if one.value else phrase("no")
    if isinstance(one.value, float):
        return f"{one.value:g}"
    if one.value is None:
        return known(_UNSAID[one.setting.key]) if one.setting.key in _UNSAID else "—"
    if one.setting.key == "open_on" and one.value in _OPENS:
        return known(_OPENS[one.value])
    return Grain(one.value).word if one.setting.key == "grain" else one.value


def _data(one: SettingNow) -> Record:
    return {"key": one.setting.key, "value": one.value, "origin": one.origin or None}
