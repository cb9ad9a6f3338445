"""What tables of every task share: samples of rows, populations, and how groups, holes and weights are drawn."""

from __future__ import annotations

import dataclasses
import os
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

import modelassay

if TYPE_CHECKING:
    from typing import Self

Array = np.ndarray[Any, Any]

#: `make test-full` draws new tables every time, and more of them.
FULL = os.environ.get("MODELASSAY_FULL") == "1"


def budget(examples: int) -> settings:
    """How many tables a test draws; without `make test-full` they are the same in every run."""
    return settings(
        derandomize=not FULL,
        print_blob=FULL,
        database=None,
        deadline=None,
        max_examples=examples * (4 if FULL else 1),
        suppress_health_check=list(HealthCheck),
    )


@dataclass(frozen=True)
class Sample:
    """The rows that a measure is about: labels, what the model answered (decisions, scores, numbers), and weights."""

    label: Array
    answer: Array
    weight: Array | None

    def weights(self) -> Array:
        """The weight of every row, 1 where rows have none."""
        return np.ones(len(self.label)) if self.weight is None else self.weight

    def total(self, rows: Array | bool = True) -> float:
        """Rows, or the sum of their weights."""
        weight = self.weights()
        return float(weight[np.broadcast_to(rows, weight.shape)].sum())


@dataclass(frozen=True)
class Rows(ABC):
    """Columns as an audit takes them, all of them numbers; missing is NaN, and None in a group."""

    label: Array
    weight: Array | None
    groups: dict[str, Array]

    def where(self, rows: Array) -> Self:
        def part(value: Any) -> Any:
            if isinstance(value, dict):
                return {name: part(each) for name, each in value.items()}
            return value[rows] if isinstance(value, np.ndarray) else value

        kept = {field.name: part(getattr(self, field.name)) for field in dataclasses.fields(self)}
        return dataclasses.replace(self, **kept)

    def subjects(self) -> Iterator[tuple[str | None, str | None, Self]]:
        """The whole table, then every group: attribute, group, its rows."""
        yield None, None, self
        for name, values in self.groups.items():
            for group in dict.fromkeys(values):
                yield name, "∅" if group is None else group, self.where(values == group)

    @abstractmethod
    def columns(self) -> dict[str, Any]:
        """What an audit reads beside groups and weights."""

    @abstractmethod
    def roles(self) -> dict[str, Any]:
        """What these columns are."""

    def audit(self, **plan: Any) -> modelassay.Report:
        columns, roles = self.columns() | self.groups, self.roles()
        if self.weight is not None:
            columns["weight"] = self.weight
            roles["weight"] = "weight"
        asked = {"min_n": 1, "min_n_shown": 1, "protected": list(self.groups)} | plan
        return modelassay.audit(columns, **roles, **asked, progress=False, threads=1)


def known(column: Array) -> Array:
    """The rows with a value; of several columns, with all of them."""
    return ~np.isnan(column).any(axis=tuple(range(1, column.ndim)))


@dataclass(frozen=True)
class Population:
    """Which rows count: those with a label, those with an answer, or those with both; and which column answers."""

    answer: str
    labelled: bool
    answered: bool

    def rows(self, table: Rows) -> Array:
        labelled, answered = known(table.label), known(getattr(table, self.answer))
        return (labelled | (not self.labelled)) & (answered | (not self.answered))

    def of(self, table: Rows) -> Sample:
        part = table.where(self.rows(table))
        return Sample(part.label, getattr(part, self.answer), part.weight)


#: Shares of rows: never, rarely, half, nearly always, always.
EXTREME = st.sampled_from([0.0, 0.05, 0.5, 0.95, 1.0])
USUAL = st.sampled_from([0.2, 0.5, 0.7])
RATES = st.one_of(USUAL, EXTREME)
#: Shares of missing values: usually none, some, or all.
HOLES = st.sampled_from([0.0, 0.0, 0.0, 0.3, 1.0])
SIZES = st.one_of(st.sampled_from([1, 2]), st.integers(3, 40))
GROUPS = st.lists(st.sampled_from(["a", "b", "c", None]), min_size=1, max_size=4, unique=True)


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
#: Without weights of 0, which Fairlearn and some functions of scikit-learn stumble over.
POSITIVE_WEIGHTS = (ones, uneven, heavy)


@dataclass(frozen=True)
class Drawn:
    """Columns of a table, its groups and weights."""

    columns: tuple[Array, ...]
    weight: Array | None
    groups: dict[str, Array]


def grouped(
    draw: st.DrawFn,
    random: np.random.Generator,
    part: Callable[[int], tuple[Array, ...]],
    *,
    weighted: bool | None,
    weights: Sequence[Any],
    holes: bool,
) -> Drawn:
    """
    Up to four groups, each with rows and holes of its own, in any order.

    So groups of one class, of one row, without labels and without answers occur together with ordinary ones.
    """
    parts = []
    for group in draw(GROUPS):
        rows = draw(SIZES)
        columns = part(rows)
        if holes:
            for column in columns:
                column[random.random(column.shape) < draw(HOLES)] = np.nan
        second = random.choice(np.array(["x", "y"], dtype=object), rows)
        parts.append((*columns, np.full(rows, group, dtype=object), second))
    *columns, group, second = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = random.permutation(len(group))
    weight = None
    if draw(st.booleans()) if weighted is None else weighted:
        weight = draw(st.sampled_from(weights))(random, len(group))
    return Drawn(tuple(column[order] for column in columns), weight, {"g": group[order], "h": second[order]})
