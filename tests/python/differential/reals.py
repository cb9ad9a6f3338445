"""Random tables of models that predict a number: ties, zeros, constants, useless models, crossing quantiles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from hypothesis import strategies as st

from differential.tables import WEIGHTS, Array, Population, Rows, grouped

#: The levels of the quantile columns.
LEVELS = (0.1, 0.5, 0.9)


@dataclass(frozen=True)
class Table(Rows):
    """Labels, predictions, and a column of each predicted quantile."""

    prediction: Array
    quantiles: Array

    @property
    def ends(self) -> Array:
        """The lowest and the highest quantile; none of a row that lacks one."""
        return np.where(np.isnan(self.quantiles).any(axis=1, keepdims=True), np.nan, self.quantiles[:, [0, -1]])

    def columns(self) -> dict[str, Any]:
        quantiles = {f"q{level}": self.quantiles[:, place] for place, level in enumerate(LEVELS)}
        return {"label": self.label, "prediction": self.prediction, **quantiles}

    def roles(self) -> dict[str, Any]:
        quantiles = {level: f"q{level}" for level in LEVELS}
        return {"task": "regression", "label": "label", "prediction": "prediction", "quantiles": quantiles}


ALL = Population("prediction", labelled=False, answered=False)
LABELLED = Population("prediction", labelled=True, answered=False)
PREDICTED = Population("prediction", labelled=False, answered=True)
LABELLED_AND_PREDICTED = Population("prediction", labelled=True, answered=True)
WITH_QUANTILES = Population("quantiles", labelled=False, answered=True)
LABELLED_WITH_QUANTILES = Population("quantiles", labelled=True, answered=True)


def in_steps(values: Array) -> Array:
    """In steps of 1/1024, so that differences are exact and errors that look equal are."""
    return np.round(values * 1024.0) / 1024.0


def normal(random: np.random.Generator, rows: int) -> Array:
    return random.normal(0.0, 3.0, rows)


def whole(random: np.random.Generator, rows: int) -> Array:
    """Small whole numbers: ties, and labels of 0."""
    return random.integers(-2, 4, rows).astype(float)


def skewed(random: np.random.Generator, rows: int) -> Array:
    return np.exp(random.normal(0.0, 1.5, rows))


def far(random: np.random.Generator, rows: int) -> Array:
    """Far from 0, where squares of the numbers hide their spread."""
    return 1e4 + random.normal(0.0, 1.0, rows)


def zeros(_: np.random.Generator, rows: int) -> Array:
    return np.zeros(rows)


def constant(_: np.random.Generator, rows: int) -> Array:
    return np.full(rows, 2.5)


LABELS = st.sampled_from([normal, normal, whole, whole, skewed, far, zeros, constant])


def noisy(random: np.random.Generator, label: Array) -> Array:
    return label + random.normal(0.25, 1.0, len(label))


def spreading(random: np.random.Generator, label: Array) -> Array:
    """Errors that grow with the label."""
    return label + random.normal(0.0, 0.1 + np.abs(label) / 4.0)


def off_by_one(random: np.random.Generator, label: Array) -> Array:
    """Errors of one size, and none."""
    return label + random.integers(-1, 2, len(label))


def perfect(_: np.random.Generator, label: Array) -> Array:
    return label.copy()


def mean(_: np.random.Generator, label: Array) -> Array:
    """One number for everybody."""
    return np.full(len(label), np.round(label.mean()))


def opposite(_: np.random.Generator, label: Array) -> Array:
    return -label


Model = Callable[[np.random.Generator, Array], Array]
MODELS = st.sampled_from([noisy, noisy, spreading, off_by_one, perfect, mean, opposite])


@st.composite
def tables(
    draw: st.DrawFn,
    *,
    weighted: bool | None = None,
    weights: Sequence[Any] = WEIGHTS,
    holes: bool = True,
    labels: Any = LABELS,
    models: Any = MODELS,
) -> Table:
    """Groups with labels of their own and a model of their own."""
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))

    def part(rows: int) -> tuple[Array, ...]:
        label = in_steps(draw(labels)(random, rows))
        prediction = in_steps(draw(models)(random, label))
        quantiles = in_steps(prediction[:, None] + random.normal(0.0, 1.0, (rows, len(LEVELS))))
        if draw(st.booleans()):
            quantiles.sort(axis=1)
        return label, prediction, quantiles

    drawn = grouped(draw, random, part, weighted=weighted, weights=weights, holes=holes)
    label, prediction, quantiles = drawn.columns
    return Table(label, drawn.weight, drawn.groups, prediction, quantiles)
