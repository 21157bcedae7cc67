"""What a person can set for themselves: each key, what may stand there, and whether it can hold for one workspace."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.message import Message, listed, say
from kpi_tui.definitions.names import did_you_mean, one_of
from kpi_tui.definitions.period import GRAINS, TO_DAY

SettingValue = bool | float | str
LONGEST_WATCH = 3600.0
WATCHES = (0.0, 1.0, 2.0, 5.0, 10.0, 60.0)
MOST_MEMORY = 16_000_000.0
MEMORIES = (0.0, 1000.0, 2000.0, 4000.0, 8000.0)
MOST_SECONDS = 86_400.0
SECONDS = (0.0, 60.0, 300.0, 900.0, 3600.0)


@dataclass(frozen=True, slots=True)
class KnownSetting:
    """One key of config.toml.

    `default`: what holds where nobody says anything ("" and None: the terminal or the workspace decides);
    `choices`: the texts that may stand there; none: any text. `here`: it may hold for one workspace alone;
    `only_here`: it has no other meaning. `numbers`: those offered where one from 0 to `most` is typed.
    """

    key: str
    meaning: Message
    default: SettingValue | None = None
    choices: tuple[str, ...] = ()
    here: bool = False
    only_here: bool = False
    numbers: tuple[float, ...] = ()
    most: float = 0.0

    @property
    def offered(self) -> tuple[SettingValue | None, ...]:
        """What can be chosen among; none where it is typed."""
        if self.is_switch:
            return (None, True, False) if self.default is None else (False, True)
        if self.is_number:
            return self.numbers
        return (None, *self.choices) if self.choices else ()

    @property
    def is_switch(self) -> bool:
        """True or false."""
        return self.key in _SWITCHES

    @property
    def is_number(self) -> bool:
        """Seconds or megabytes."""
        return isinstance(self.default, float)

    def typed(self, text: str) -> SettingValue:
        """The value of a text. UsageError says what may stand there."""
        if self.is_switch:
            return self.read(_TYPED_SWITCH.get(text.strip().lower(), text))
        if self.is_number:
            try:
                return self.read(float(text))
            except ValueError:
                raise self._unfit(text) from None
        return self.read(text.strip())

    def read(self, value: object) -> SettingValue:
        """The value, from TOML. UsageError says what may stand there."""
        if self.is_switch:
            fits = isinstance(value, bool)
        elif self.is_number:
            fits = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= self.most
        else:
            fits = isinstance(value, str) and bool(value) and value in (self.choices or (value,))
        if not fits:
            raise self._unfit(value)
        assert isinstance(value, bool | int | float | str)
        return float(value) if self.is_number else value

    def _unfit(self, value: object) -> UsageError:
        return UsageError(say("{key} must be {what}, not {value!r}", key=self.key, what=self._what, value=value))

    @property
    def _what(self) -> Message:
        if self.is_switch:
            return say("true or false")
        if self.is_number:
            if self.numbers is MEMORIES:
                return say("a number of megabytes from 0 to {most:.0f}", most=self.most)
            return say("a number of seconds from 0 to {most:.0f}", most=self.most)
        return one_of(self.choices) if self.choices else say("a text")


@dataclass(frozen=True, slots=True)
class SettingNow:
    """What a setting is. `origin`: `here` (this workspace), `file`, or empty where nobody said anything."""

    setting: KnownSetting
    value: SettingValue | None
    origin: str


BOARD, BOARD_WITH = "board", "board_with"
"""The metrics a person pinned, and the page that shows them."""
LAST, OWN, WORST = "last", "own", "worst"
"""The scorecard looked at last, that of who sits there, the one with the lowest score."""
_SWITCHES = ("mouse", "animation", "reload_data", "ascii")
_TYPED_SWITCH = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}

KNOWN: Mapping[str, KnownSetting] = {
    setting.key: setting
    for setting in (
        KnownSetting("language", say("language of screens and commands"), None, ("en", "zh"), here=True),
        KnownSetting("theme", say("colours"), None, ("dark", "light", "ansi", "ansi-light"), here=True),
        KnownSetting("role", say("role or person shown first"), None, here=True, only_here=True),
        KnownSetting(
            "grain",
            say("period shown first"),
            "month",
            tuple(grain.value for grain in (*GRAINS, *TO_DAY)),
            here=True,
            only_here=True,
        ),
        KnownSetting("open_on", say("scorecard or page shown first"), LAST, (LAST, OWN, WORST, BOARD), here=True),
        KnownSetting(BOARD, say("metrics on your board, with commas between"), None, here=True, only_here=True),
        KnownSetting(
            BOARD_WITH,
            say("folders of workspaces whose boards stand below, with commas"),
            None,
            here=True,
            only_here=True,
        ),
        KnownSetting("mouse", say("clicks and wheel; off over SSH")),
        KnownSetting("animation", say("moving pictures; off over SSH")),
        KnownSetting("ascii", say("charts in ASCII alone, without blocks and braille"), False),
        KnownSetting("reload_data", say("read changed data files at once"), False),
        KnownSetting("watch", say("seconds between looks; 0: never"), 2.0, numbers=WATCHES, most=LONGEST_WATCH),
        KnownSetting(
            "max_memory", say("MB a question may use; 0: 3/4 of all"), 0.0, numbers=MEMORIES, most=MOST_MEMORY
        ),
        KnownSetting(
            "max_seconds", say("seconds a question may take; 0: any"), 0.0, numbers=SECONDS, most=MOST_SECONDS
        ),
    )
}


def known_setting(key: str) -> KnownSetting:
    """UsageError with the nearest name where there is none."""
    if key in KNOWN:
        return KNOWN[key]
    hint = did_you_mean(key, KNOWN, say("settings: {names}", names=listed(KNOWN)))
    raise UsageError(say("there is no setting {key!r}; {hint}", key=key, hint=hint))
