"""Random tables, drawn from named strategies: small, full of ties and holes, and often degenerate on purpose."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

import modelassay

Array = np.ndarray[Any, Any]

#: `make test-full` draws new tables every time, and many more of them.
FULL = os.environ.get("MODELASSAY_FULL") == "1"


def budget(examples: int) -> settings:
    """How many tables a test draws; without `make test-full` they are the same in every run."""
    return settings(
        derandomize=not FULL,
        print_blob=FULL,
        database=None,
        deadline=None,
        max_examples=examples * (25 if FULL else 1),
        suppress_health_check=list(HealthCheck),
    )


@dataclass(frozen=True)
class Sample:
    """The rows that a measure is about: labels, what the model answered (decisions or scores), and weights."""

    label: Array
    answer: Array
    weight: Array | None

    def total(self, rows: Array | bool = True) -> float:
        """Rows, or the sum of their weights."""
        weight = np.ones(len(self.label)) if self.weight is None else self.weight
        return float(weight[np.broadcast_to(rows, weight.shape)].sum())


@dataclass(frozen=True)
class Table:
    """Columns as an audit takes them; missing is NaN, and None in a group."""

    label: Array
    decision: Array
    score: Array
    weight: Array | None
    groups: dict[str, Array]

    def where(self, rows: Array) -> Table:
        weight = None if self.weight is None else self.weight[rows]
        groups = {name: values[rows] for name, values in self.groups.items()}
        return Table(self.label[rows], self.decision[rows], self.score[rows], weight, groups)

    def subjects(self) -> Iterator[tuple[str | None, str | None, Table]]:
        """The whole table, then every group: attribute, group, its rows."""
        yield None, None, self
        for name, values in self.groups.items():
            for group in dict.fromkeys(values):
                yield name, "∅" if group is None else group, self.where(values == group)

    def audit(self, **plan: Any) -> modelassay.Report:
        columns = {"label": self.label, "decision": self.decision, "score": self.score, **self.groups}
        roles: dict[str, Any] = {"label": "label", "prediction": "decision", "score": "score"}
        if self.weight is not None:
            columns["weight"] = self.weight
            roles["weight"] = "weight"
        asked = {"min_n": 1, "min_n_shown": 1, "protected": list(self.groups)} | plan
        return modelassay.audit(columns, **roles, **asked, progress=False, threads=1)


@dataclass(frozen=True)
class Population:
    """Which rows count: those with a label, those with an answer, or those with both; and which column answers."""

    answer: str
    labelled: bool
    answered: bool

    def rows(self, table: Table) -> Array:
        labelled, answered = ~np.isnan(table.label), ~np.isnan(getattr(table, self.answer))
        return (labelled | (not self.labelled)) & (answered | (not self.answered))

    def of(self, table: Table) -> Sample:
        part = table.where(self.rows(table))
        return Sample(part.label, getattr(part, self.answer), part.weight)


ALL = Population("decision", labelled=False, answered=False)
LABELLED = Population("decision", labelled=True, answered=False)
DECIDED = Population("decision", labelled=False, answered=True)
LABELLED_AND_DECIDED = Population("decision", labelled=True, answered=True)
SCORED = Population("score", labelled=False, answered=True)
LABELLED_AND_SCORED = Population("score", labelled=True, answered=True)


#: Shares of rows: never, rarely, half, nearly always, always.
EXTREME = st.sampled_from([0.0, 0.05, 0.5, 0.95, 1.0])
USUAL = st.sampled_from([0.2, 0.5, 0.7])
RATES = st.one_of(USUAL, EXTREME)
#: Shares of missing values: usually none, some, or all.
HOLES = st.sampled_from([0.0, 0.0, 0.0, 0.3, 1.0])
SIZES = st.one_of(st.sampled_from([1, 2]), st.integers(3, 40))
GROUPS = st.lists(st.sampled_from(["a", "b", "c", None]), min_size=1, max_size=4, unique=True)


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


def ones(_: np.random.Generator, rows: int) -> Array:
    return np.ones(rows)


def uneven(random: np.random.Generator, rows: int) -> Array:
    return random.uniform(0.1, 10.0, rows)


def heavy(random: np.random.Generator, rows: int) -> Array:
    """A few rows that weigh as much as all others together."""
    return np.exp(random.normal(0.0, 2.0, rows))


def partly_zero(random: np.random.Generator, rows: int) -> Array:
    return random.integers(0, 3, rows).astype(float)


WEIGHTS = (ones, uneven, heavy, partly_zero)


@st.composite
def tables(
    draw: st.DrawFn,
    *,
    weighted: bool | None = None,
    weights: Sequence[Any] = WEIGHTS,
    holes: bool = True,
    scores: Any = SCORES,
) -> Table:
    """
    Up to four groups, each with rates, sizes and holes of its own.

    So groups of one class, of one row, without labels and without decisions occur together with ordinary ones.
    """
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    scored = draw(scores)
    parts = []
    for group in draw(GROUPS):
        rows = draw(SIZES)
        label = (random.random(rows) < draw(RATES)).astype(float)
        called = np.where(label == 1, draw(RATES), draw(RATES))
        decision = (random.random(rows) < called).astype(float)
        score = scored(random, label)
        if holes:
            for column in (label, decision, score):
                column[random.random(rows) < draw(HOLES)] = np.nan
        second = random.choice(np.array(["x", "y"], dtype=object), rows)
        parts.append((label, decision, score, np.full(rows, group, dtype=object), second))
    label, decision, score, group, second = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    order = random.permutation(len(label))
    weight = None
    if draw(st.booleans()) if weighted is None else weighted:
        weight = draw(st.sampled_from(weights))(random, len(label))
    return Table(label, decision, score, weight, {"g": group, "h": second}).where(order)
