"""How typing narrows a list (palette, roles, metrics, pages): fuzzily, by label, id and what stands aside."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.fuzzy import Matcher

from kpi_tui.tui.overlays.choice import Choice


def matching(query: str, choices: Sequence[Choice]) -> list[Choice]:
    """All choices, or those that fuzzily match: whose id is typed whole, then the best; ties keep their order."""
    typed = query.strip()
    if not typed:
        return list(choices)
    score: Callable[[str], float] = Matcher(typed).match
    scored = [(max(score(choice.label), score(f"{choice.search} {choice.aside}") * 0.9), choice) for choice in choices]
    found = sorted(scored, key=lambda pair: (pair[1].search.casefold() != typed.casefold(), -pair[0]))
    return [choice for points, choice in found if points > 0]
