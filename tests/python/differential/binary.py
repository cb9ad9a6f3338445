"""Random tables of binary models, drawn from named strategies: small, full of ties and holes, often degenerate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from hypothesis import strategies as st

from differential.tables import RATES, WEIGHTS, Array, Population, Rows, grouped


@dataclass(frozen=True)
class Table(Rows):
    """Labels and decisions of 0 and 1, and scores."""

    decision: Array
    score: Array

    def columns(self) -> dict[str, Any]:
        return {"label": self.label, "decision": self.decision, "score": self.score}

    def roles(self) -> dict[str, Any]:
        return {"label": "label", "prediction": "decision", "score": "score"}


ALL = Population("decision", labelled=False, answered=False)
LABELLED = Population("decision", labelled=True, answered=False)
DECIDED = Population("decision", labelled=False, answered=True)
LABELLED_AND_DECIDED = Population("decision", labelled=True, answered=True)
SCORED = Population("score", labelled=False, answered=True)
LABELLED_AND_SCORED = Population("score", labelled=True, answered=True)


def uniform(random: np.random.Generator, label: Array) -> Array:
    """Scores that know nothing, hardly ever tied."""
    return random.random(len(label))


def informed(random: np.random.Generator, label: Array) -> Array:
    """Scores that know something."""
    return random.beta(1.5 + 2.0 * (label == 1), 1.5 + 2.0 * (label == 0))


def rounded(random: np.random.Generator, label: Array) -> Array:
    """Tenths: ties everywhere, on the edges of bins too, with 0 and 1 among them."""
    return np.round(informed(random, label), 1)


def constant(_: np.random.Generator, label: Array) -> Array:
    """One score for everybody."""
    return np.full(len(label), 0.3)


def confident(random: np.random.Generator, label: Array) -> Array:
    """Scores at the very ends, some of them wrong."""
    return np.where(random.random(len(label)) < 0.1, label != 1, label == 1).astype(float)


SCORES = st.sampled_from([uniform, informed, informed, rounded, rounded, constant, confident])


@st.composite
def tables(
    draw: st.DrawFn,
    *,
    weighted: bool | None = None,
    weights: Sequence[Any] = WEIGHTS,
    holes: bool = True,
    scores: Any = SCORES,
) -> Table:
    """Groups with rates of their own."""
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    scored = draw(scores)

    def part(rows: int) -> tuple[Array, ...]:
        label = (random.random(rows) < draw(RATES)).astype(float)
        called = np.where(label == 1, draw(RATES), draw(RATES))
        return label, (random.random(rows) < called).astype(float), scored(random, label)

    drawn = grouped(draw, random, part, weighted=weighted, weights=weights, holes=holes)
    label, decision, score = drawn.columns
    return Table(label, drawn.weight, drawn.groups, decision, score)
