"""The package as parsed text, once for every test that reads how it is written."""

from __future__ import annotations

import ast
from functools import cache

from tests.conftest import PROJECT

PACKAGE = PROJECT / "kpi_tui"


@cache
def trees() -> dict[str, ast.Module]:
    """Module name -> its parsed text."""
    found = {}
    for file in sorted(PACKAGE.rglob("*.py")):
        name = ".".join(file.relative_to(PROJECT).with_suffix("").parts).removesuffix(".__init__")
        found[name] = ast.parse(file.read_text(encoding="utf-8"))
    return found
