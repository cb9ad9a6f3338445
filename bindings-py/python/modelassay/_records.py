"""One row each of the tables of a report: a measure, a finding, a criterion."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from modelassay.types import Dimension, Outcome, Severity

__all__ = ["Criterion", "Finding", "Measure"]


class Measure(NamedTuple):
    """
    One number with its uncertainty.

    Without an `attribute` it is about the whole table; with an attribute and a `group` about that group; with
    an attribute alone it is a gap between groups. An intersection joins its parts with ``&``; the group of rows
    whose value is missing is ``∅``. `value` is None exactly when `undefined` says why. `n` counts rows and is
    None where a small group is suppressed. `class_name` is the class that is set against the rest, of a model
    of several. `lower` and `upper` are the limits of the two-sided confidence interval of `level` by `method`.
    `at_least` and `at_most` bound the value where scores were too many to keep exactly.
    """

    id: str
    name: str
    convention: str
    table: str
    attribute: str | None
    group: str | None
    reference: str | None
    class_name: str | None
    value: float | None
    lower: float | None
    upper: float | None
    level: float | None
    method: str | None
    n: int | None
    n_effective: float | None
    population: str
    undefined: str | None
    at_least: float | None
    at_most: float | None


class Finding(NamedTuple):
    """
    The answer of one check, about one criterion or group.

    `value`, `lower`, `upper` and `n` are those of the measure that decided. `n_needed` is the number of rows that
    would decide with 80 % power if the estimate persists, `smallest_detectable` the distance from the threshold
    that these rows could have shown. `p_value` is that of "not met", `p_adjusted` and `p_adjusted_bh` the same after
    Holm's and Benjamini and Hochberg's adjustment, `p_equivalence` that of lying between two bounds. `concerned` counts
    rows (people, where a row is a person).
    """

    id: str
    check: str
    title: str
    dimension: Dimension
    outcome: Outcome
    reason: str | None
    severity: Severity
    evidence_class: str
    attribute: str | None
    group: str | None
    reference: str | None
    class_name: str | None
    feature: str | None
    criterion: int | None
    criterion_text: str | None
    measure: str | None
    value: float | None
    lower: float | None
    upper: float | None
    n: int | None
    decided_by: str | None
    p_value: float | None
    p_adjusted: float | None
    p_adjusted_bh: float | None
    p_equivalence: float | None
    n_needed: int | None
    smallest_detectable: float | None
    concerned: int | None
    summary: str
    remedy: str | None


class Criterion(NamedTuple):
    """
    What must hold, and whether it does.

    `criterion` is its place in the plan, from 0. A criterion over many groups stands by its worst group: `worst` is the
    id of that finding and `summary` its words; `findings` counts all of its findings.
    """

    criterion: int
    text: str
    outcome: Outcome
    severity: Severity
    measure: str
    attribute: str | None
    comparator: str
    threshold: float
    threshold_upper: float | None
    rule: str
    source: str | None
    findings: int
    worst: str
    summary: str
