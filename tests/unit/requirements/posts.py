"""Roles written as TOML, with everything a complete role has."""

from __future__ import annotations

from collections.abc import Mapping

ANSWERED = 'principles = { life_cycle = "a", post = "b", read = "c", understood = "d", easy = "e" }'


def post(role: str, lines: Mapping[str, float], head: str = 'duty = "sells"\n' + ANSWERED) -> str:
    """`[roles.<role>]` with metric -> weight."""
    held = "".join(
        f'[[roles.{role}.lines]]\nmetric = "{metric}"\nweight = {weight}\n' for metric, weight in lines.items()
    )
    return f'[roles.{role}]\nname = {{ en = "{role}", zh = "{role}岗" }}\n{head}\n{held}\n'
