"""Random tables of models of several classes, and what each class is against the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from hypothesis import strategies as st

from differential import binary
from differential.tables import RATES, WEIGHTS, Array, Rows, grouped, known


@dataclass(frozen=True)
class Table(Rows):
    """Labels and decisions as the places of classes, and a column of scores for each class."""

    decision: Array
    score: Array
    names: tuple[str, ...]

    @property
    def places(self) -> range:
        return range(len(self.names))

    @property
    def by_text(self) -> list[int]:
        """The places of the classes in the order of their texts: of equal scores the first of these is the higher."""
        return sorted(self.places, key=lambda place: self.names[place])

    def columns(self) -> dict[str, Any]:
        def named(places: Array) -> Array:
            return np.array([None if np.isnan(place) else self.names[int(place)] for place in places], dtype=object)

        scores = {f"score {place}": self.score[:, place] for place in self.places}
        return {"label": named(self.label), "decision": named(self.decision), **scores}

    def roles(self) -> dict[str, Any]:
        scores = {name: f"score {place}" for place, name in enumerate(self.names)}
        return {"task": "multiclass", "label": "label", "prediction": "decision", "scores": scores}

    def against_rest(self, place: int) -> binary.Table:
        """One class as the positive one. A row is scored when it has a score of every class."""
        score = np.where(known(self.score), self.score[:, place], np.nan)
        label, decision = (self._holds(column, column == place) for column in (self.label, self.decision))
        return binary.Table(label, self.weight, self.groups, decision, score)

    def top_label(self) -> binary.Table:
        """The highest score as the probability that its class is right."""
        scored = known(self.score)
        highest = np.where(scored[:, None], self.score, 0.0)
        order = np.array(self.by_text)
        right = self._holds(self.label, self.label == order[highest[:, order].argmax(axis=1)])
        score = np.where(scored, highest.max(axis=1), np.nan)
        return binary.Table(right, self.weight, self.groups, np.full(len(right), np.nan), score)

    @staticmethod
    def _holds(column: Array, holds: Array) -> Array:
        return np.where(np.isnan(column), np.nan, holds.astype(float))


#: In the order of a report: by number where all are numbers, else by text.
NAMES = st.sampled_from([("ash", "birch"), ("ash", "birch", "cedar"), ("1", "2", "10"), ("1", "10", "9", "none")])


def informed(random: np.random.Generator, label: Array, classes: int) -> Array:
    """Probabilities that know something, hardly ever tied."""
    raw = np.exp(random.normal(size=(len(label), classes)) + 1.5 * (label[:, None] == np.arange(classes)))
    return raw / raw.sum(axis=1, keepdims=True)


def rounded(random: np.random.Generator, label: Array, classes: int) -> Array:
    """Eighths that add up to 1: ties within rows and between them."""
    return random.multinomial(8, informed(random, label, classes)).astype(float) / 8.0


def constant(_: np.random.Generator, label: Array, classes: int) -> Array:
    """The same score for every class and row; a first class takes what is left, as thirds do not add up."""
    score = np.full((len(label), classes), 0.25)
    score[:, 0] = 1.0 - 0.25 * (classes - 1)
    return score


def confident(random: np.random.Generator, label: Array, classes: int) -> Array:
    """All on one class, sometimes a wrong one."""
    wrong = random.random(len(label)) < 0.1
    return np.eye(classes)[np.where(wrong, random.integers(0, classes, len(label)), label.astype(int))]


SCORES = st.sampled_from([informed, informed, rounded, rounded, constant, confident])
#: How often each class occurs: all alike, one hardly ever, only some, one alone.
SHARES = st.sampled_from(["even", "rare", "some", "one"])


@st.composite
def tables(
    draw: st.DrawFn, *, weighted: bool | None = None, weights: Sequence[Any] = WEIGHTS, holes: bool = True
) -> Table:
    """Groups with classes of their own: some never labelled there, some never decided."""
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    names, scored = draw(NAMES), draw(SCORES)
    k = len(names)

    def chosen(rows: int) -> Array:
        share = {"even": np.ones(k), "rare": np.r_[0.1, np.ones(k - 1)], "some": np.r_[np.ones(k - 1), 0.0]}.get(
            draw(SHARES), np.eye(k)[random.integers(k)]
        )
        return random.choice(k, rows, p=share / share.sum()).astype(float)

    def part(rows: int) -> tuple[Array, ...]:
        label, other = chosen(rows), chosen(rows)
        decision = np.where(random.random(rows) < draw(RATES), label, other)
        return label, decision, scored(random, label, k)

    drawn = grouped(draw, random, part, weighted=weighted, weights=weights, holes=holes)
    label, decision, score = drawn.columns
    return Table(label, drawn.weight, drawn.groups, decision, score, names)
