"""Short texts side by side, as many to a line as it has room for."""

from __future__ import annotations

from collections.abc import Sequence

from kpi_tui.text.fit import width


def packed(parts: Sequence[str], room: int, between: str = "   ") -> str:
    """As many parts to a line as it has room for: a number stays beside its name and its unit."""
    lines: list[str] = []
    for part in parts:
        joined = f"{lines[-1]}{between}{part}" if lines else part
        if lines and width(joined) <= room:
            lines[-1] = joined
        else:
            lines.append(part)
    return "\n".join(lines)
