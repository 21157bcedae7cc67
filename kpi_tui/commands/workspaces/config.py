"""`kpi-tui config list|get|set|unset`: a person's own settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kpi_tui.commands.base.click_classes import Group
from kpi_tui.commands.base.options import option
from kpi_tui.commands.base.session import Session, say
from kpi_tui.definitions.personal_setting import KNOWN, SettingNow, known_setting
from kpi_tui.text.i18n import N_, told
from kpi_tui.text.paths import shown_path

if TYPE_CHECKING:
    from kpi_tui.book.person.personal_settings import PersonalSettings

HERE = N_("Only for the workspace meant (-w), not for all.")


def complete_key(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    """Names of settings for the shell."""
    return [key for key in KNOWN if key.startswith(incomplete)]


def complete_value(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    """What may stand in a setting, for the shell."""
    key = ctx.params.get("key", "")
    found = known_setting(key).choices if key in KNOWN else ()
    return [value for value in found if value.startswith(incomplete)]


@click.group(
    cls=Group, name="config", help=N_("Your own settings: language, theme, first role, what is read by itself.")
)
def command() -> None:
    """A person's settings."""


@command.command("list", help=N_("Every setting: its value, who says so, what it does."))
@click.pass_obj
def list_(session: Session) -> None:
    """Show all."""
    settings = _settings(session)
    _show(session, settings, settings.all())


@command.command("get", help=N_("One setting."))
@click.argument("key", shell_complete=complete_key)
@click.pass_obj
def get(session: Session, key: str) -> None:
    """Show one."""
    settings = _settings(session)
    _show(session, settings, (settings.now(key),))


@command.command("set", help=N_("Set one setting, for every workspace or for this one."))
@click.argument("key", shell_complete=complete_key)
@click.argument("value", shell_complete=complete_value)
@option("--here", is_flag=True, help=HERE)
@click.pass_obj
def set_(session: Session, key: str, value: str, here: bool) -> None:
    """Change one."""
    _changed(session, key, value, here)


@command.command("unset", help=N_("Take a setting out again: the terminal or the workspace decides."))
@click.argument("key", shell_complete=complete_key)
@option("--here", is_flag=True, help=HERE)
@click.pass_obj
def unset(session: Session, key: str, here: bool) -> None:
    """Take one out."""
    _changed(session, key, None, here)


def _changed(session: Session, key: str, value: str | None, here: bool) -> None:
    settings = _settings(session)
    if key == "role" and value is not None:
        _check_owner(session, value)
    _show(session, settings, (settings.set(key, value, here=here),))


def _check_owner(session: Session, role: str) -> None:
    """UsageError for a role or person that the workspace meant does not have."""
    if session.found().root is not None:
        with session.book() as book:
            book.scores.refuse_unknown(role)


def _settings(session: Session) -> PersonalSettings:
    """Those in the workspace meant; its problems are said."""
    from kpi_tui.book.person.personal_settings import PersonalSettings

    root = session.found().root
    session.speak(root=root)
    settings = PersonalSettings(session.environ, root)
    for problem in settings.problems:
        say(told(problem))
    return settings


def _show(session: Session, settings: PersonalSettings, found: tuple[SettingNow, ...]) -> None:
    from kpi_tui.views.personal_settings import personal_settings

    session.show(personal_settings(found, shown_path(settings.file)))
