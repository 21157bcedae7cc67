"""How typing narrows a list (palette, roles, metrics, pages): fuzzily, by label, id and what stands aside."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.fuzzy import Matcher

from kpi_tui.tui.overlays.choice import Choice


def matching(query: str, choices: Sequence[Choice]) -> list[Choice]:
    """All choices, or those that fuzzily match, best first; ties keep their order."""
    if not query.strip():
        return list(choices)
    score: Callable[[str], float] = Matcher(query.strip()).match
    scored = [(max(score(choice.label), score(f"{choice.search} {choice.aside}") * 0.9), choice) for choice in choices]
    return [choice for points, choice in sorted(scored, key=lambda pair: -pair[0]) if points > 0]
