"""Measures of labels and decisions, against scikit-learn and Fairlearn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import fairlearn.metrics as fair
import numpy as np
import sklearn.metrics as sk
from hypothesis import given
from scipy.special import rel_entr

from differential.binary import ALL, DECIDED, LABELLED, Table, tables
from differential.compare import (
    NO_NEGATIVE_DECISIONS,
    NO_NEGATIVES,
    NO_POSITIVE_DECISIONS,
    NO_POSITIVES,
    NO_ROWS,
    NO_VALUES,
    Row,
    Unless,
    disagreements,
    numbers,
    peer,
    without,
)
from differential.tables import Sample, budget

EITHER_POSITIVE = without("zero_denominator", lambda sample: (sample.label == 1) | (sample.answer == 1))
EITHER_NEGATIVE = without("zero_denominator", lambda sample: (sample.label == 0) | (sample.answer == 0))
#: Where all labels or all decisions are alike nothing correlates; scikit-learn answers 0.
LABELS_VARY = Unless("zero_denominator", lambda sample: sample.total(sample.label == 1) in (0.0, sample.total()))
DECISIONS_VARY = Unless("zero_denominator", lambda sample: sample.total(sample.answer == 1) in (0.0, sample.total()))
#: All labels and all decisions are the same value: agreement by chance is complete.
ALL_ALIKE = Unless(
    "zero_denominator",
    lambda sample: any(sample.total((sample.label == x) & (sample.answer == x)) == sample.total() for x in (0, 1)),
)
#: Every row is a false negative: nobody has a benefit.
NO_BENEFIT = without("zero_denominator", lambda sample: benefits(sample) > 0)


def count(label: int, decision: int) -> Callable[[Sample], float]:
    """An entry of the confusion matrix; scikit-learn has none of no rows, or of rows that weigh nothing."""

    def entry(sample: Sample) -> float:
        if not sample.weights().any():
            return 0.0
        matrix = sk.confusion_matrix(sample.label, sample.answer, sample_weight=sample.weight, labels=[0, 1])
        return float(matrix[label, decision])

    return entry


def one_minus(function: Callable[[Sample], float]) -> Callable[[Sample], float]:
    return lambda sample: 1.0 - function(sample)


def share_of_labels(sample: Sample) -> float:
    return float(np.average(sample.label, weights=sample.weight))


def benefits(sample: Sample) -> Any:
    return 1.0 + sample.answer - sample.label


def variation(sample: Sample) -> float:
    """Standard deviation of the benefits over their mean."""
    benefit = benefits(sample)
    mean = np.average(benefit, weights=sample.weight)
    return float(np.sqrt(np.average((benefit - mean) ** 2, weights=sample.weight)) / mean)


def theil(sample: Sample) -> float:
    """Relative entropy of the shares of all benefits to the shares of all rows."""
    weight = sample.weights()
    benefit = weight * benefits(sample)
    return float(rel_entr(benefit / benefit.sum(), weight / weight.sum()).sum())


PRECISION = peer(sk.precision_score, zero_division=np.nan)
NPV = peer(sk.precision_score, pos_label=0, zero_division=np.nan)
#: A positive value of this size is what rounding leaves of 0 where nothing varies.
ROUNDING = 1e-7

ROWS = [
    Row("n", lambda sample: len(sample.label), population=ALL),
    Row("prevalence", share_of_labels, (NO_ROWS,), population=LABELLED),
    Row("selection_rate", peer(fair.selection_rate), (NO_ROWS,), population=DECIDED),
    Row("true_positives", count(1, 1)),
    Row("false_positives", count(0, 1)),
    Row("true_negatives", count(0, 0)),
    Row("false_negatives", count(1, 0)),
    Row("accuracy", peer(sk.accuracy_score), (NO_ROWS,)),
    Row("balanced_accuracy", peer(sk.balanced_accuracy_score), (NO_ROWS, NO_POSITIVES, NO_NEGATIVES)),
    Row("informedness", peer(sk.balanced_accuracy_score, adjusted=True), (NO_ROWS, NO_POSITIVES, NO_NEGATIVES)),
    Row("precision", PRECISION, (NO_POSITIVE_DECISIONS,)),
    Row("false_discovery_rate", one_minus(PRECISION), (NO_POSITIVE_DECISIONS,)),
    Row("negative_predictive_value", NPV, (NO_NEGATIVE_DECISIONS,)),
    Row("false_omission_rate", one_minus(NPV), (NO_NEGATIVE_DECISIONS,)),
    Row("recall", peer(fair.true_positive_rate, pos_label=1), (NO_POSITIVES,)),
    Row("false_negative_rate", peer(fair.false_negative_rate, pos_label=1), (NO_POSITIVES,)),
    Row("specificity", peer(fair.true_negative_rate, pos_label=1), (NO_NEGATIVES,)),
    Row("false_positive_rate", peer(fair.false_positive_rate, pos_label=1), (NO_NEGATIVES,)),
    Row("f1", peer(sk.f1_score, zero_division=np.nan), (EITHER_POSITIVE,)),
    Row("f2", peer(sk.fbeta_score, beta=2.0, zero_division=np.nan), (EITHER_POSITIVE,)),
    Row("f0_5", peer(sk.fbeta_score, beta=0.5, zero_division=np.nan), (EITHER_POSITIVE,)),
    Row("jaccard", peer(sk.jaccard_score, zero_division=0.0), (EITHER_POSITIVE,)),
    Row("matthews_correlation", peer(sk.matthews_corrcoef), (NO_ROWS, LABELS_VARY, DECISIONS_VARY)),
    Row("cohen_kappa", peer(sk.cohen_kappa_score), (NO_ROWS, ALL_ALIKE)),
    Row("coefficient_of_variation", variation, (NO_VALUES, NO_BENEFIT), absolute=ROUNDING),
    Row("generalized_entropy_index", lambda sample: variation(sample) ** 2 / 2, (NO_VALUES, NO_BENEFIT)),
    Row("theil_index", theil, (NO_VALUES, NO_BENEFIT)),
]

#: The mean over both classes: both must be called, or occur.
AVERAGED = [
    Row(name, peer(function, average=average, zero_division=np.nan), unless, convention=f"{average}_average")
    for name, function, unless in (
        ("precision", sk.precision_score, (NO_POSITIVE_DECISIONS, NO_NEGATIVE_DECISIONS)),
        ("f1", sk.f1_score, (EITHER_POSITIVE, EITHER_NEGATIVE)),
    )
    for average in ("macro", "weighted")
]
CONVENTIONS = ["macro_average", "weighted_average"]


@budget(60)
@given(tables())
def test_decisions(table: Table) -> None:
    assert not disagreements(numbers(table.audit(conventions=CONVENTIONS)), table, ROWS + AVERAGED)
