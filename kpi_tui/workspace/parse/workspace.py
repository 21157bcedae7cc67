"""workspace.toml: name, language, zone, data folder, settings, bonus and modules."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from zoneinfo import ZoneInfo

from kpi_tui.definitions.bonus import BonusRule, BonusStep
from kpi_tui.definitions.calendar import ISO, Calendar
from kpi_tui.definitions.issue import Issue, Severity
from kpi_tui.definitions.library.exchange_rates import ExchangeRates
from kpi_tui.definitions.message import listed, say
from kpi_tui.definitions.names import did_you_mean
from kpi_tui.definitions.period import GRAINS, Grain
from kpi_tui.definitions.role import NorthStar
from kpi_tui.definitions.text import Text
from kpi_tui.definitions.workspace import Setting, SettingLimit
from kpi_tui.definitions.written.number_forms import NUMBER_FORMS
from kpi_tui.definitions.written.period_forms import MAX_YEAR, MIN_YEAR
from kpi_tui.workspace.parse.calendar import read_calendar
from kpi_tui.workspace.parse.collected import SQL_NAME
from kpi_tui.workspace.parse.tables import read_rates
from kpi_tui.workspace.parse.versions import read_since, read_versions
from kpi_tui.workspace.toml.fields import Fields, is_number, kind_of
from kpi_tui.workspace.toml.source import TomlFile

STANDARD = "standard"
ZONE_HINT = say("write a name such as 'Asia/Shanghai'")


@dataclass(frozen=True, slots=True)
class WorkspaceHead:
    """What workspace.toml says, before libraries are merged."""

    name: Text
    extends: str = ""
    language: str = ""
    shared: str = ""
    timezone: str = "UTC"
    currency: str = ""
    numbers: str = ""
    calendar: Calendar = ISO
    data: str = ""
    as_of: date | None = None
    north_star: NorthStar = field(default_factory=NorthStar)
    settings: Mapping[str, Setting] = field(default_factory=dict)
    bonus: BonusRule = field(default_factory=BonusRule)
    modules_off: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    rates: ExchangeRates | None = None


def read_workspace_head(source: TomlFile, issues: list[Issue]) -> WorkspaceHead | None:
    """The head of a workspace; None when `extends` names something unknown."""
    fields = Fields(source, (), source.data, issues)
    head = read_head(fields)
    if head is not None:
        fields.finish()
    return head


def read_head(fields: Fields) -> WorkspaceHead | None:
    """What its keys say; None when `extends` names something unknown."""
    calendar = read_calendar(fields)
    fields.source = replace(fields.source, calendar=calendar)
    extends = fields.string("extends")
    if extends not in ("", STANDARD):
        message = say("extends = {extends!r} is not known", extends=extends)
        fields.problem(
            "extends", message, say('write extends = "{standard}" or leave it out', standard=STANDARD), "extends"
        )
        return None
    return WorkspaceHead(
        name=fields.text("name", required=True),
        extends=extends,
        language=fields.choice("language", ("", "en", "zh")),
        shared=fields.choice("shared", ("", "group")),  # read where it is saved: workspace/edits/recorded_writes.py
        timezone=_timezone(fields),
        currency=fields.string("currency"),
        numbers=fields.choice("numbers", ("", *NUMBER_FORMS)),
        calendar=calendar,
        data=fields.string("data"),
        as_of=_as_of(fields),
        north_star=read_north_star(fields),
        settings=read_settings(fields),
        bonus=_bonus(fields),
        modules_off=_modules_off(fields),
        candidates=fields.strings("candidates"),
        rates=read_rates(fields),
    )


def _as_of(fields: Fields) -> date | None:
    day = fields.day("as_of")
    if day is None or MIN_YEAR <= day.year <= MAX_YEAR:
        return day
    said = say("as_of must lie in the years {first} to {last}", first=MIN_YEAR, last=MAX_YEAR)
    fields.problem("as_of", said, say("write it as 2026-10-31"))
    return None


def _timezone(fields: Fields) -> str:
    name = fields.string("timezone", "UTC")
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):  # ZoneInfoNotFoundError is a KeyError
        fields.problem(
            "timezone",
            say("unknown time zone {name!r}", name=name),
            ZONE_HINT,
            "unknown-word",
        )
        return "UTC"
    return name


def read_settings(fields: Fields) -> dict[str, Setting]:
    """The `[settings]` table: numbers, true/false and words."""
    table = fields.table("settings")
    found: dict[str, Setting] = {}
    for key, value in table.data.items() if table else ():
        if not SQL_NAME.fullmatch(key):
            table.problem(key, say("{key!r} cannot be a setting's name", key=key), say("use letters, digits and _"))  # type: ignore[union-attr]
        elif isinstance(value, bool | str) or is_number(value):
            found[key] = value
        else:
            message = say("{key!r} must be a number, true/false or a word, not {kind}", key=key, kind=kind_of(value))
            table.problem(key, message, say("write a number"))  # type: ignore[union-attr]
    return found


def read_limits(fields: Fields) -> dict[str, SettingLimit]:
    """The `[limits]` table of settings.toml: what settings may be."""
    table = fields.table("limits")
    found: dict[str, SettingLimit] = {}
    for key in table.data if table else ():
        limit = table.table(key)  # type: ignore[union-attr]
        if limit is not None:
            least, most = (limit.number(end) if end in limit.data else None for end in ("least", "most"))
            found[key] = SettingLimit(least, most, limit.strings("one_of"))
            limit.finish()
    return found


def _modules_off(fields: Fields) -> tuple[str, ...]:
    """`[modules] off = ["employee_growth"]`: shelves of the library that are switched off (R021)."""
    table = fields.table("modules")
    if table is None:
        return ()
    off = table.strings("off")
    fields.join(table)
    return off


def unknown_modules(head: WorkspaceHead, known: Collection[str], source: TomlFile) -> list[Issue]:
    """Modules switched off that no category of the library bears (R021)."""
    place = source.place("modules", "off")
    return [
        Issue(
            Severity.ERROR,
            say("[modules] off names {name!r}, which is no category of the library", name=name),
            did_you_mean(name, known, say("known: {names}", names=listed(known))),
            place.file,
            place.line,
            place.key,
            "R021",
        )
        for name in head.modules_off
        if name not in known
    ]


def _bonus(fields: Fields) -> BonusRule:
    table = fields.table("bonus")
    return BonusRule() if table is None else read_bonus(table, fields)


def read_bonus(table: Fields, around: Fields) -> BonusRule:
    """`[bonus]` with its later forms."""
    first = replace(bonus_form(table, BonusRule()), since=read_since(table))
    bonus = replace(first, versions=read_versions(table, first, _later_bonus))
    around.join(table)
    return bonus


def _later_bonus(fields: Fields, before: BonusRule) -> BonusRule:
    return replace(bonus_form(fields, before), since=read_since(fields))


def bonus_form(table: Fields, before: BonusRule) -> BonusRule:
    """What the table says, the rest as before."""
    mode = table.choice("mode", ("deduct", "adjust"), before.mode)
    steps = []
    for inner in table.tables("steps"):
        steps.append(BonusStep(inner.number("attainment", required=True), inner.number("effect", required=True)))
        table.join(inner)
    if [step.attainment for step in steps] != sorted({step.attainment for step in steps}):
        table.problem("steps", say("bonus steps must rise from one to the next"), say("sort them by attainment"))
    return BonusRule(mode, tuple(steps) or before.steps, Grain(table.choice("grain", GRAINS, before.grain)))


def read_north_star(fields: Fields) -> NorthStar:
    """`north_star = "dau"`, or a table with `metric` and its later forms."""
    if not isinstance(fields.data.get("north_star"), dict):
        return NorthStar(fields.string("north_star", NorthStar().metric))
    table = fields.table("north_star")
    assert table is not None
    first = replace(north_star_form(table, NorthStar()), since=read_since(table))
    star = replace(first, versions=read_versions(table, first, north_star_form))
    fields.join(table)
    return star


def north_star_form(fields: Fields, before: NorthStar) -> NorthStar:
    """What the table says, the rest as before."""
    return NorthStar(fields.string("metric", before.metric), read_since(fields))
