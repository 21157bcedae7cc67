"""click commands that speak two languages and take the global options before or after their name."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import click

import kpi_tui
from kpi_tui.commands.base.session import Session, write
from kpi_tui.render.formats import FORMATS
from kpi_tui.text.i18n import LANGUAGES, N_, _


class Option(click.Option):
    """An option whose help is translated when it is shown."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Names and translated help."""
        record = super().get_help_record(ctx)
        if record is None or not self.help:
            return record
        required = " " + _("[required]") if self.required else ""
        return record[0], _(self.help) + required


def _help_option(option: click.Option | None) -> click.Option | None:
    """`--help`, in words of the catalogue."""
    if option is not None:
        option.help = _("Show this text and exit.")
    return option


def _write_text(command: click.Command, formatter: click.HelpFormatter) -> None:
    """The whole help, translated."""
    if command.help:
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(_(inspect.cleandoc(command.help)))


def _write_options(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    """The options under a translated heading."""
    options = [param for param in command.get_params(ctx) if isinstance(param, click.Option)]
    records = [record for param in options if (record := param.get_help_record(ctx)) is not None]
    with formatter.section(_("Options")):
        formatter.write_dl(records)


def _first_sentence(command: click.Command) -> str:
    return _(command.help).split("\n")[0] if command.help else ""


class Command(click.Command):
    """A command with the global options and translated help."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params = [*self.params, *global_options()]

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """`--help`, in words of the catalogue."""
        return _help_option(super().get_help_option(ctx))

    def get_short_help_str(self, limit: int = 45) -> str:  # noqa: ARG002  click's signature
        """The first sentence, translated."""
        return _first_sentence(self)

    def format_help_text(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The whole help, translated."""
        _write_text(self, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options under a translated heading."""
        _write_options(self, ctx, formatter)


class Group(click.Group):
    """A group of commands; those named in `modules` are imported when they are asked for."""

    command_class = Command

    def __init__(self, *args: Any, modules: tuple[str, ...] = (), for_files: str = "", **kwargs: Any) -> None:
        """`for_files`: the command meant by the name of a file in place of a command."""
        super().__init__(*args, **kwargs)
        self._for_files = for_files
        self.params = [*self.params, *global_options()]
        self.modules = {module.rpartition(".")[2]: module for module in modules}
        self.commands.update(dict.fromkeys(self.modules, click.Command("not imported yet")))

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """`--help`, in words of the catalogue."""
        return _help_option(super().get_help_option(ctx))

    def get_short_help_str(self, limit: int = 45) -> str:  # noqa: ARG002  click's signature
        """The first sentence, translated."""
        return _first_sentence(self)

    def format_help_text(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The whole help, translated."""
        _write_text(self, formatter)

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """In the order they were written, which is the order of use."""
        return list(self.commands)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now if need be."""
        if cmd_name in self.modules:
            command = import_module(f"kpi_tui.commands.{self.modules[cmd_name]}").command
            assert isinstance(command, click.Command)
            return command
        return self.commands.get(cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command named first; files are opened."""
        if self._for_files and args[0] not in self.commands and Path(args[0]).is_file():
            return self._for_files, self.get_command(ctx, self._for_files), args
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Options, then the commands with one line each."""
        _write_options(self, ctx, formatter)
        found = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        rows = [(name, command.get_short_help_str()) for name, command in found if command and not command.hidden]
        with formatter.section(_("Commands")):
            formatter.write_dl(rows)


def session(ctx: click.Context) -> Session:
    """The session of this run."""
    return ctx.ensure_object(Session)


def global_options() -> list[click.Option]:
    """Fresh global options; each stores its value in the session when it was given."""
    folder = click.Path(path_type=Path)
    return [
        _option(
            ["-w", "--workspace"],
            "workspace",
            N_("Folder of the workspace (else $KPI_TUI_WORKSPACE, else the nearest upwards, else the demo)."),
            type=folder,
            metavar="DIR",
        ),
        _option(
            ["--data"],
            "data",
            N_("Folder where relative table paths start (else as workspace.toml says)."),
            type=folder,
            metavar="DIR",
        ),
        _option(
            ["--format"],
            "form",
            N_("table, json, csv, md, html, xlsx or svg (table on a terminal, else json)."),
            type=click.Choice(FORMATS),
        ),
        _option(
            ["-o", "--output"],
            "out",
            N_("Write the answer to a file; its ending names the format unless --format does."),
            type=click.Path(path_type=Path, dir_okay=False),
            metavar="FILE",
        ),
        _option(["--lang"], "lang", N_("en or zh."), type=click.Choice(LANGUAGES), is_eager=True),
        _option(["--no-color"], "no_color", N_("No colour; so does $NO_COLOR."), is_flag=True),
        _option(
            ["--read-only"],
            "read_only",
            N_("Change nothing in the workspace: edits are refused with a sentence."),
            is_flag=True,
        ),
        Option(
            ["--version"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_version,
            help=N_("Show the version and exit."),
        ),
    ]


def _option(names: list[str], field: str, help_text: str, **settings: Any) -> Option:
    return Option(names, expose_value=False, callback=_store(field), help=help_text, **settings)


def _store(field: str) -> Callable[[click.Context, click.Parameter, Any], None]:
    def store(ctx: click.Context, param: click.Parameter, value: Any) -> None:
        given = ctx.get_parameter_source(param.name or "") is click.core.ParameterSource.COMMANDLINE
        if given:
            setattr(session(ctx), field, value)
            if field == "lang":
                session(ctx).speak()

    return store


def _version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value:
        write(f"kpi-tui {kpi_tui.__version__}\n")
        ctx.exit()
