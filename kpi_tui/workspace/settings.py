"""Settings: the shipped defaults, and a workspace's own over them (R008)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kpi_tui.definitions.issue import Issue, Severity
from kpi_tui.definitions.message import say
from kpi_tui.definitions.names import did_you_mean
from kpi_tui.definitions.workspace import Setting
from kpi_tui.workspace.parse.layer import Layer
from kpi_tui.workspace.toml.fields import kind_of
from kpi_tui.workspace.toml.source import TomlFile

_WORD = re.compile(r"\w+")


def merge_settings(layer: Layer, own: Mapping[str, Setting], source: TomlFile) -> list[Issue]:
    """Lay own settings over the layer's defaults; another type is refused, a name that nobody reads is named."""
    issues: list[Issue] = []
    defaults = dict(layer.settings)
    strangers = [key for key in own if key not in defaults]
    read = _names_read(layer) if strangers else set()
    for key, value in own.items():
        place = source.place("settings", key)
        where = (place.file, place.line, place.key)
        if key in strangers and key not in read:
            hint = did_you_mean(key, defaults, say("correct its name, or remove it"))
            message = say("unknown setting {key!r}: no fact, measure or formula reads it", key=key)
            issues.append(Issue(Severity.WARNING, message, hint, *where, "setting"))
        elif key in defaults and _sort(value) != _sort(defaults[key]):
            message = say(
                "setting {key!r} must be {wanted}, not {kind}",
                key=key,
                wanted=_sort(defaults[key]),
                kind=kind_of(value),
            )
            hint = say("the default {value!r} is used", value=defaults[key])
            issues.append(Issue(Severity.ERROR, message, hint, *where, "setting"))
            continue
        layer.settings[key] = value
    return issues


def _names_read(layer: Layer) -> set[str]:
    """Names that SQL reads as :name, and every word of a formula."""
    from kpi_tui.sql.parameters import parameters

    facts = [text for fact in layer.facts.items.values() for text in (fact.sql, *fact.variants.values())]
    facts += [f":{fact.chosen_by}" for fact in layer.facts.items.values() if fact.chosen_by]
    facts += [str(option) for fact in layer.facts.items.values() for option in fact.options.values()]
    measures = [" ".join(m.texts) for m in layer.measures.items.values()]
    parts = [part for table in layer.tables.items.values() for part in table.parts()]
    tables = [" ".join((part.where, *part.columns.values())) for part in parts]
    formulas = {word for metric in layer.metrics.items.values() for word in _WORD.findall(metric.formula)}
    return formulas | {name for sql in (*facts, *measures, *tables) for name in parameters(sql)}


def _sort(value: Setting) -> str:
    if isinstance(value, bool):
        return say("true or false")
    return say("a text in quotes") if isinstance(value, str) else say("a number")
