"""One row of a family: our measure, the function of a peer, a tolerance, and when there is no number."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

import modelassay
from differential.binary import LABELLED_AND_DECIDED
from differential.tables import Population, Rows, Sample


class Unless(NamedTuple):
    """Where a measure does not exist: the reason that we must give, whatever the peer does there."""

    reason: str
    holds: Callable[[Sample], bool]


def without(reason: str, rows: Callable[[Sample], object]) -> Unless:
    """There are no such rows, or they weigh nothing."""
    return Unless(reason, lambda sample: sample.total(np.asarray(rows(sample))) == 0.0)


def no_such(reason: str, rows: Callable[[Sample], object]) -> Unless:
    """There are no such rows, whatever others weigh."""
    return Unless(reason, lambda sample: not np.any(rows(sample)))


NO_ROWS = without("no_rows", lambda _: True)
NO_POSITIVES = without("no_positives", lambda sample: sample.label == 1)
NO_NEGATIVES = without("no_negatives", lambda sample: sample.label == 0)
NO_POSITIVE_DECISIONS = without("no_positive_decisions", lambda sample: sample.answer == 1)
NO_NEGATIVE_DECISIONS = without("no_negative_decisions", lambda sample: sample.answer == 0)
#: What rests on the values of rows tells "there are none" from "they weigh nothing".
NO_VALUES = no_such("no_rows", lambda sample: np.ones(len(sample.label)))
WEIGHTLESS = without("zero_denominator", lambda _: True)


@dataclass(frozen=True)
class Row:
    """Our measure and who computes it too."""

    measure: str
    peer: Callable[[Sample], float]
    #: In this order: the first that holds is the reason we must give. Else both must have a number.
    unless: tuple[Unless, ...] = ()
    convention: str = "standard"
    population: Population = LABELLED_AND_DECIDED
    relative: float = 1e-10
    absolute: float = 1e-12


def peer(function: Callable[..., Any], **options: Any) -> Callable[[Sample], float]:
    """A function of labels, answers and weights."""
    return lambda sample: function(sample.label, sample.answer, sample_weight=sample.weight, **options)


Numbers = dict[tuple[str, str, str | None, str | None], modelassay.Measure]


def numbers(report: modelassay.Report, of_class: str | None = None) -> Numbers:
    """The measures of a report, as a whole or of one class, by name, convention, attribute and group."""
    return {
        (each.name, each.convention, each.attribute, each.group): each
        for each in report.measures
        if each.class_name == of_class
    }


def close(ours: float | None, theirs: float, relative: float, absolute: float) -> bool:
    return ours is not None and math.isclose(ours, theirs, rel_tol=relative, abs_tol=absolute)


def same_limits(mine: modelassay.Measure, limits: Iterable[float], tolerance: float) -> bool:
    ours = (mine.lower, mine.upper)
    return all(close(limit, theirs, tolerance, tolerance) for limit, theirs in zip(ours, limits, strict=True))


def quietly(peer: Callable[..., float], *arguments: object) -> float:
    """What a peer says, without the warnings it says it with."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        return float(peer(*arguments))


def disagreements(ours: Numbers, table: Rows, rows: Iterable[Row]) -> list[str]:
    """Every number of the table and its groups that is not the peer's."""
    found = []
    subjects = list(table.subjects())
    for row in rows:
        for attribute, group, part in subjects:
            mine = ours[row.measure, row.convention, attribute, group]
            sample = row.population.of(part)
            reason = next((unless.reason for unless in row.unless if unless.holds(sample)), None)
            theirs = reason or quietly(row.peer, sample)
            agreed = mine.undefined == reason if reason else close(mine.value, theirs, row.relative, row.absolute)
            if not agreed:
                found.append(f"{mine.id}: {mine.value} {mine.undefined or ''}, and the peer says {theirs}")
    return found
