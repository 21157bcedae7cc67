"""Settings: the shipped defaults, and a workspace's own over them (R008)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping

from kpi_tui.definitions.issue import Issue, Severity
from kpi_tui.definitions.library.metric import Fact, Measure, Metric
from kpi_tui.definitions.library.table import TableSource
from kpi_tui.definitions.message import Message, say
from kpi_tui.definitions.names import did_you_mean, one_of
from kpi_tui.definitions.workspace import Setting, SettingLimit
from kpi_tui.workspace.find import shipped_config
from kpi_tui.workspace.parse.layer import Layer
from kpi_tui.workspace.toml.fields import kind_of
from kpi_tui.workspace.toml.source import TomlFile

SETTINGS = "settings"
_WORD = re.compile(r"\w+")


def merge_settings(layer: Layer, own: Mapping[str, Setting], source: TomlFile) -> list[Issue]:
    """Lay own settings over the layer's defaults, but for those that cannot be used: the default counts there."""
    strangers = own.keys() - layer.settings.keys()
    facts, measures, metrics, tables = layer.facts, layer.measures, layer.metrics, layer.tables
    read = names_read(facts.items, measures.items, metrics.items, tables.items) if strangers else set()
    issues = list(setting_issues(own, layer.settings, layer.limits, read, source))
    refused = {issue.key.removeprefix(f"{SETTINGS}.") for issue in issues if issue.severity is Severity.ERROR}
    layer.settings |= {key: value for key, value in own.items() if key not in refused}
    return issues


def setting_issues(
    own: Mapping[str, Setting],
    defaults: Mapping[str, Setting],
    limits: Mapping[str, SettingLimit],
    read: Collection[str],
    source: TomlFile,
) -> Iterator[Issue]:
    """What is wrong with settings: another kind or beyond their limits, errors; a name nobody reads, a warning.

    `read`: the names that the definitions read, of settings that have no default. What `check` tells, and no edit sets.
    """
    for key, value in own.items():
        place = source.place(SETTINGS, key)
        where = (place.file, place.line, place.key)
        if key not in defaults:
            if key not in read:
                hint = did_you_mean(key, defaults, say("correct its name, or remove it"))
                message = say("unknown setting {key!r}: no fact, measure or formula reads it", key=key)
                yield Issue(Severity.WARNING, message, hint, *where, "setting")
        elif _sort(value) != _sort(defaults[key]):
            message = say(
                "setting {key!r} must be {wanted}, not {kind}",
                key=key,
                wanted=_sort(defaults[key]),
                kind=kind_of(value),
            )
            yield Issue(Severity.ERROR, message, _default(defaults[key]), *where, "setting")
        elif key in limits and not limits[key].holds(value):
            message = say(
                "setting {key!r} must be {wanted}, not {value!r}", key=key, wanted=_within(limits[key]), value=value
            )
            yield Issue(Severity.ERROR, message, _default(defaults[key]), *where, "setting")


def _default(value: Setting) -> Message:
    return say("the default is {value!r}", value=value)


def _within(limit: SettingLimit) -> Message:
    if limit.one_of:
        return one_of(limit.one_of)
    if limit.least is None:
        return say("at most {most:g}", most=limit.most)
    if limit.most is None:
        return say("{least:g} or more", least=limit.least)
    return say("from {least:g} to {most:g}", least=limit.least, most=limit.most)


def names_read(
    facts: Mapping[str, Fact],
    measures: Mapping[str, Measure],
    metrics: Mapping[str, Metric],
    tables: Mapping[str, TableSource],
) -> set[str]:
    """Names that SQL reads as :name, every word of a formula, and what the program itself asks for."""
    from kpi_tui.sql.parameters import parameters

    texts = [text for fact in facts.values() for text in (fact.sql, *fact.variants.values())]
    texts += [f":{fact.chosen_by}" for fact in facts.values() if fact.chosen_by]
    texts += [str(option) for fact in facts.values() for option in fact.options.values()]
    texts += [" ".join(measure.texts) for measure in measures.values()]
    parts = [part for table in tables.values() for part in table.parts()]
    texts += [" ".join((part.where, *part.columns.values())) for part in parts]
    formulas = {word for metric in metrics.values() for word in _WORD.findall(metric.formula)}
    shipped = tomllib.loads((shipped_config() / "settings.toml").read_text(encoding="utf-8"))[SETTINGS]
    return formulas | set(shipped) | {name for sql in texts for name in parameters(sql)}


def _sort(value: Setting) -> str:
    if isinstance(value, bool):
        return say("true or false")
    return say("a text in quotes") if isinstance(value, str) else say("a number")
