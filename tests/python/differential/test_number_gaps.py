"""Gaps between groups in measures of numbers, against Fairlearn's frame over scikit-learn's metrics."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import sklearn.metrics as sk
from hypothesis import given

from differential.compare import numbers
from differential.groups import PROTECTED, Families, Function, gaps_over_all_groups, gaps_to_reference
from differential.reals import LABELLED, LABELLED_AND_PREDICTED, PREDICTED, Table, tables
from differential.tables import POSITIVE_WEIGHTS, Array, budget


def plain(function: Callable[..., Any]) -> Function:
    return lambda label, answer, sample_weight=None: float(function(label, answer, sample_weight=sample_weight))


def of_varying_labels(function: Callable[..., Any]) -> Function:
    def guarded(label: Array, answer: Array, sample_weight: Array | None = None) -> float:
        return float(function(label, answer, sample_weight=sample_weight)) if np.ptp(label) > 0.0 else np.nan

    return guarded


def of_nonzero_labels(label: Array, answer: Array, sample_weight: Array | None = None) -> float:
    rows = label != 0.0
    weight = None if sample_weight is None else sample_weight[rows]
    if not rows.any():
        return np.nan
    return float(sk.mean_absolute_percentage_error(label[rows], answer[rows], sample_weight=weight))


def bias(label: Array, answer: Array, sample_weight: Array | None = None) -> float:
    return float(np.average(answer - label, weights=sample_weight))


FAMILIES: Families = [
    (
        LABELLED_AND_PREDICTED,
        {
            "mean_absolute_error": plain(sk.mean_absolute_error),
            "median_absolute_error": plain(sk.median_absolute_error),
            "root_mean_squared_error": plain(sk.root_mean_squared_error),
            "mean_absolute_percentage_error": of_nonzero_labels,
            "mean_error": bias,
            "r2": of_varying_labels(sk.r2_score),
        },
    ),
    (
        PREDICTED,
        {"mean_prediction": lambda label, answer, sample_weight=None: np.average(answer, weights=sample_weight)},
    ),
    (LABELLED, {"mean_label": lambda label, answer, sample_weight=None: np.average(label, weights=sample_weight)}),
]
#: Of what may be negative there is no ratio.
SIGNED = {"mean_error", "r2", "mean_label"}


@budget(25)
@given(tables(weights=POSITIVE_WEIGHTS))
def test_gaps_over_all_groups(table: Table) -> None:
    ours = numbers(table.audit(protected=list(PROTECTED.values())))
    assert not gaps_over_all_groups(ours, table, FAMILIES, PROTECTED, no_ratio=SIGNED)


@budget(25)
@given(tables(weights=POSITIVE_WEIGHTS))
def test_gaps_to_a_reference_group(table: Table) -> None:
    ours = numbers(table.audit(reference_groups={"h": "x"}))
    assert not gaps_to_reference(ours, table, FAMILIES, no_ratio=SIGNED)
