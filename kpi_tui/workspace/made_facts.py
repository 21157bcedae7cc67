"""Facts made ready before they are checked: the variant that a setting chooses, the facts of every funnel."""

from __future__ import annotations

from dataclasses import replace

from kpi_tui.definitions.issue import Issue
from kpi_tui.workspace.layer import Layer
from kpi_tui.workspace.report import Report


def prepare_facts(layer: Layer, issues: list[Issue]) -> None:
    """Give every fact with variants the SQL its setting names."""
    report = Report("fact", issues)
    for key, fact in layer.facts.items.items():
        if not fact.variants:
            continue
        word = layer.settings.get(fact.chosen_by)
        if fact.chosen_by not in layer.settings:
            report.unknown(fact, "chosen_by", "setting", fact.chosen_by, layer.settings, "setting")
        elif word not in fact.variants:
            known = ", ".join(fact.variants)
            message = f"the setting {fact.chosen_by} = {word!r} names no variant"
            report.error(fact, "variants", message, f"set it to one of: {known}", "setting")
        else:
            layer.facts.items[key] = replace(fact, sql=fact.variants[str(word)])
    layer.facts.drop(report.spoilt)
