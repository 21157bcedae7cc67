"""A person's settings (config.toml): what holds, who says so, and how it is changed without touching the rest.

Comments, order and keys of others survive a change (tomlkit). `[[kept]]` holds what goes with one workspace and one
person: role, grain, and a language or theme chosen there.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kpi_tui.book.person.user_name import user_name
from kpi_tui.definitions.issue import KpiError, UsageError, WorkspaceError
from kpi_tui.definitions.message import say
from kpi_tui.definitions.names import nearest
from kpi_tui.definitions.personal_setting import KNOWN, SettingNow, SettingValue, known_setting
from kpi_tui.definitions.user_folders import config_folder, make_private_folder

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

MAX_BYTES = 64 * 1024
PATIENCE = 1.0  # seconds: another program of the same person writes for a moment
KEYS, KEPT = "keys", "kept"
_WHOSE = ("workspace", "who")


class PersonalSettings:
    """config.toml as one person reads it in one workspace (None: in none)."""

    def __init__(self, environ: Mapping[str, str], workspace: Path | None = None) -> None:
        self.file = config_folder(environ) / "config.toml"
        self._whose = {"workspace": str(workspace.resolve()) if workspace else "", "who": user_name(environ)}
        self.problems: list[str] = []
        """A sentence for everything in the file that cannot be used."""
        self.read_again()

    def read_again(self) -> None:
        """As the file stands now: a board, a command or an editor may have written it."""
        self.problems.clear()
        content = self._content()
        self.own_keys: object = content.get(KEYS, {})
        """The table [keys]: command id -> keys; the key registry judges it."""
        self._everywhere = self._usable(content, (*KNOWN, KEYS, KEPT))
        here = [one for one in _tables(content.get(KEPT)) if self._is_mine(one)]
        self._here = self._usable(here[-1], (*KNOWN, *_WHOSE)) if here else {}

    def value(self, key: str) -> SettingValue | None:
        """What holds: here, else everywhere, else by default (None: the terminal or the workspace decides)."""
        return self.now(key).value

    def now(self, key: str) -> SettingNow:
        """What holds, and who says so. UsageError for an unknown key."""
        setting = known_setting(key)
        if key in self._here and setting.here:
            return SettingNow(setting, self._here[key], "here")
        if key in self._everywhere and not setting.only_here:
            return SettingNow(setting, self._everywhere[key], "file")
        return SettingNow(setting, setting.default, "")

    def all(self) -> tuple[SettingNow, ...]:
        """Every setting."""
        return tuple(self.now(key) for key in KNOWN)

    # --- changing ------------------------------------------------------------------------------------------
    def set(self, key: str, value: str | None, *, here: bool = False) -> SettingNow:
        """Write one setting (None: take it out), for this workspace alone or for all. UsageError: unknown or unfit."""
        setting = known_setting(key)
        if here and not setting.here:
            raise UsageError(say("{key} holds for every workspace; leave out --here", key=key))
        self._write({key: None if value is None else setting.typed(value)}, here=here or setting.only_here)
        return self.now(key)

    def put(self, key: str, value: SettingValue | None) -> SettingNow:
        """As `set`, in the place where it stands now."""
        now = self.now(key)
        self._write({key: value}, here=now.origin == "here" or now.setting.only_here)
        return self.now(key)

    def keep(self, values: Mapping[str, SettingValue]) -> str:
        """Remember for this workspace what was chosen last; why it cannot be kept, empty when it is."""
        new = {key: value for key, value in values.items() if value != self.value(key)}
        try:
            if new:
                self._write(new, here=True)
        except KpiError as error:
            return str(error)
        return ""

    def _write(self, values: Mapping[str, SettingValue | None], *, here: bool) -> None:
        """Read, change and replace the file while nobody else of ours does."""
        import tomlkit

        from kpi_tui.workspace.edits.atomic import write_atomic
        from kpi_tui.workspace.edits.lock import locked

        if here and not self._whose["workspace"]:
            raise UsageError(say("no workspace is meant; name one with -w"))
        try:
            make_private_folder(self.file.parent)
            with locked(self.file.with_name(".config.lock"), self._whose["who"], timeout=PATIENCE):
                text = self._text()
                document = tomlkit.parse(text if text.endswith("\n") or not text else text + "\n")
                _lay(self._mine(document) if here else document, values)
                write_atomic(self.file, _sound(tomlkit.dumps(document)))
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or error
            raise WorkspaceError(say("{file}: {why}; the setting was not kept", file=self.file, why=why)) from error
        into = self._here if here else self._everywhere
        for key, value in values.items():
            if value is None:
                into.pop(key, None)
            else:
                into[key] = value

    def _mine(self, document: TOMLDocument) -> Any:
        """The table of this workspace and person, made where there is none."""
        import tomlkit

        for one in _tables(document.get(KEPT)):
            if self._is_mine(one):
                return one
        mine = tomlkit.table()
        for key, value in self._whose.items():
            mine.add(key, value)
        if KEPT not in document:
            document.add(KEPT, tomlkit.aot())
        document[KEPT].append(mine)
        return document[KEPT][-1]

    def _is_mine(self, kept: Mapping[str, object]) -> bool:
        return all(kept.get(key) == value for key, value in self._whose.items())

    # --- reading -------------------------------------------------------------------------------------------
    def _content(self) -> Mapping[str, Any]:
        try:
            return tomllib.loads(self._text())
        except OSError as error:
            self.problems.append(say("{file}: cannot be read ({why})", file=self.file, why=str(error.strerror)))
        except (ValueError, RecursionError) as error:  # TOML and UTF-8 errors are ValueErrors
            self.problems.append(say("{file}: is not TOML in UTF-8 ({why})", file=self.file, why=str(error)))
        return {}

    def _text(self) -> str:
        if not self.file.is_file():
            return ""
        with self.file.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
        if len(raw) > MAX_BYTES:
            raise ValueError(say("it is larger than {most} KB", most=MAX_BYTES // 1024))
        return raw.decode("utf-8-sig")

    def _usable(self, table: Mapping[str, Any], known: tuple[str, ...]) -> dict[str, SettingValue]:
        """The settings of a table; what cannot be used is a problem each."""
        found: dict[str, SettingValue] = {}
        for key, value in table.items():
            if key not in known:
                near = nearest(key, known)
                hint = say("; did you mean {name}?", name=near) if near else ""
                self.problems.append(say("{file}: unknown key {key}{hint}", file=self.file, key=key, hint=hint))
            elif key in KNOWN:
                try:
                    found[key] = KNOWN[key].read(value)
                except UsageError as error:
                    self.problems.append(say("{file}: {problem}", file=self.file, problem=str(error)))
        return found


def _tables(value: object) -> list[Any]:
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def _lay(table: Any, values: Mapping[str, SettingValue | None]) -> None:
    """Set keys of a tomlkit table, or take them out."""
    for key, value in values.items():
        if value is None:
            table.pop(key, None)
        else:
            table[key] = value


def _sound(text: str) -> bytes:
    """What tomlkit made, after another reader has understood it. ValueError where it does not."""
    tomllib.loads(text)
    return text.encode("utf-8")
