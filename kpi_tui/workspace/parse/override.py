"""How a workspace's entries override those it `extends`: by id, each entry whole.

Nothing is taken over inside an entry: a field that the own `[metrics.x]` leaves out has its default, not the shipped
value. Settings alone are single values: `workspace/settings.py` lays them over one by one.
"""

from __future__ import annotations

from kpi_tui.definitions.library.funnel import Funnel
from kpi_tui.workspace.parse.collected import Collected, T
from kpi_tui.workspace.parse.layer import Layer


def laid_over(own: Layer, library: Layer) -> Layer:
    """A workspace's layer with the library beneath it; tables, roles and people stay the workspace's own."""
    return Layer(
        settings=library.settings | own.settings,
        limits=library.limits | own.limits,
        schemas=_over(own.schemas, library.schemas),
        tables=own.tables,
        facts=_over(own.facts, library.facts),
        categories=_over(own.categories, library.categories),
        measures=_over(own.measures, library.measures),
        metrics=_over(own.metrics, library.metrics),
        funnels=_over(own.funnels, _funnels_beneath(own.funnels, library.funnels)),
        trees=_over(own.trees, library.trees),
        roles=own.roles,
        people=own.people,
        chains=_over(own.chains, library.chains),
        reports=_over(own.reports, library.reports),
        pages=_over(own.pages, library.pages),
        doubts=_over(own.doubts, library.doubts),
        stages=_over(own.stages, library.stages),
        festivals=_over(own.festivals, library.festivals),
    )


def _over(own: Collected[T], library: Collected[T]) -> Collected[T]:
    """Both by id, the own entry where both have one; a spoilt one hides the shipped, so that no number is another's."""
    items = {key: item for key, item in library.items.items() if key not in own.broken}
    broken = own.broken | (library.broken - set(own.items))
    return Collected({**items, **own.items}, broken, own.suspects | library.suspects)


def _funnels_beneath(own: Collected[Funnel], library: Collected[Funnel]) -> Collected[Funnel]:
    """A workspace that has funnels of steps describes its own business: the shipped ones with steps go."""
    if not any(funnel.steps for funnel in own.items.values()):
        return library
    kept = {key: funnel for key, funnel in library.items.items() if not funnel.steps}
    return Collected(kept, library.broken, library.suspects)
