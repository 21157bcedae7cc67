"""LMDI-I, the logarithmic mean Divisia index in additive form (Ang 2005): a second opinion on products and ratios.

A formula is read as a sum of products of powers; each product's change is split by its logarithmic mean. Logarithms
want positive numbers: a zero or a change of sign leaves it undefined, and says so.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from sqlglot import exp

from kpi_tui.analysis.causes.shapley import Undefined
from kpi_tui.definitions.message import say
from kpi_tui.sql import guard

MOST_TERMS = 64


@dataclass(frozen=True, slots=True)
class Term:
    """coefficient × Π factor^power."""

    coefficient: float
    powers: Mapping[str, float]

    def value(self, values: Mapping[str, float]) -> float:
        """Its number."""
        return self.coefficient * math.prod(math.pow(values[name], power) for name, power in self.powers.items())


def lmdi(formula: str, before: Mapping[str, float], after: Mapping[str, float]) -> dict[str, float]:
    """Contribution per factor; they sum to the change. Undefined at zeros, sign changes and other formulas."""
    found = dict.fromkeys(before, 0.0)
    for term in _terms(guard.expression(formula).tree):
        _positive(term, before, after)
        mean = _logarithmic_mean(abs(term.value(before)), abs(term.value(after)))
        sign = math.copysign(1.0, term.value(after))
        for name, power in term.powers.items():
            found[name] += sign * mean * power * math.log(after[name] / before[name])
    return found


def _positive(term: Term, before: Mapping[str, float], after: Mapping[str, float]) -> None:
    for name in term.powers:
        if before[name] == 0 or after[name] == 0:
            raise Undefined(say("LMDI is not defined: {name} is 0 in one of the periods", name=name))
        if (before[name] < 0) != (after[name] < 0):
            raise Undefined(say("LMDI is not defined: {name} changes its sign", name=name))


def _logarithmic_mean(one: float, other: float) -> float:
    if math.isclose(one, other, rel_tol=1e-12):
        return (one + other) / 2
    return (one - other) / math.log(one / other)


def _terms(node: exp.Expression) -> list[Term]:
    """The formula as a sum of products; Undefined when it is none."""
    if isinstance(node, exp.Paren):
        return _terms(node.this)
    if isinstance(node, exp.Column):
        return [Term(1.0, {node.name: 1.0})]
    if isinstance(node, exp.Literal) and not node.is_string:
        return [Term(float(node.this), {})]
    if isinstance(node, exp.Neg):
        return [Term(-term.coefficient, term.powers) for term in _terms(node.this)]
    if isinstance(node, exp.Add):
        return [*_terms(node.this), *_terms(node.expression)]
    if isinstance(node, exp.Sub):
        return [*_terms(node.this), *(Term(-t.coefficient, t.powers) for t in _terms(node.expression))]
    if isinstance(node, exp.Mul):
        return _products(_terms(node.this), _terms(node.expression))
    if isinstance(node, exp.Div):
        return _products(_terms(node.this), [_inverse(_terms(node.expression))])
    raise Undefined(say("LMDI reads sums, products and ratios only, not {node}", node=node.sql()))


def _products(left: list[Term], right: list[Term]) -> list[Term]:
    if len(left) * len(right) > MOST_TERMS:
        raise Undefined(say("LMDI: the formula has more than {most} terms", most=MOST_TERMS))
    return [_product(one, other) for one in left for other in right]


def _product(one: Term, other: Term) -> Term:
    powers = dict(one.powers)
    for name, power in other.powers.items():
        powers[name] = powers.get(name, 0.0) + power
    return Term(one.coefficient * other.coefficient, {name: power for name, power in powers.items() if power})


def _inverse(terms: list[Term]) -> Term:
    if len(terms) != 1 or not terms[0].coefficient:
        raise Undefined(say("LMDI is not defined: the formula divides by a sum"))
    return Term(1 / terms[0].coefficient, {name: -power for name, power in terms[0].powers.items()})
