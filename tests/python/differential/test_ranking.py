"""Measures of ranking, against scikit-learn and SciPy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import sklearn.metrics as sk
from hypothesis import given
from scipy.stats import ks_2samp, mannwhitneyu

from differential.binary import LABELLED_AND_SCORED, Table, tables
from differential.compare import NO_VALUES, Row, Unless, disagreements, no_such, numbers, peer, without
from differential.tables import Sample, budget

NO_POSITIVES = no_such("no_positives", lambda sample: sample.label == 1)
NO_NEGATIVES = no_such("no_negatives", lambda sample: sample.label == 0)
#: There are rows of the class, and none of them weighs anything.
WEIGHTLESS_POSITIVES = without("zero_denominator", lambda sample: sample.label == 1)
WEIGHTLESS_NEGATIVES = without("zero_denominator", lambda sample: sample.label == 0)
ONE_CLASS: tuple[Unless, ...] = (
    NO_VALUES,
    NO_POSITIVES,
    NO_NEGATIVES,
    WEIGHTLESS_POSITIVES,
    WEIGHTLESS_NEGATIVES,
)


def trapezoid(sample: Sample) -> float:
    precision, recall, _ = sk.precision_recall_curve(sample.label, sample.answer, sample_weight=sample.weight)
    return float(sk.auc(recall, precision))


def widest(sample: Sample) -> float:
    """The Kolmogorov-Smirnov distance as the largest height of the ROC curve over the diagonal, or under it."""
    false, true, _ = sk.roc_curve(sample.label, sample.answer, sample_weight=sample.weight, drop_intermediate=False)
    return float(np.abs(true - false).max())


def row(measure: str, function: Callable[[Sample], float], unless: tuple[Unless, ...] = ONE_CLASS, **more: Any) -> Row:
    return Row(measure, function, unless, population=LABELLED_AND_SCORED, **more)


ROWS = [
    row("roc_auc", peer(sk.roc_auc_score)),
    row("roc_auc", peer(sk.roc_auc_score), convention="delong_plain"),
    row("gini", lambda sample: 2.0 * peer(sk.roc_auc_score)(sample) - 1.0, absolute=1e-10),
    row("average_precision", peer(sk.average_precision_score), (NO_VALUES, NO_POSITIVES, WEIGHTLESS_POSITIVES)),
    # Of negatives that weigh nothing precision is 1 throughout.
    row("pr_auc_trapezoid", trapezoid, ONE_CLASS[:-1]),
    row("ks", widest),
]


def classes(sample: Sample) -> tuple[Any, Any]:
    return sample.answer[sample.label == 1], sample.answer[sample.label == 0]


def mann_whitney(sample: Sample) -> float:
    """Share of pairs that are ranked rightly."""
    positives, negatives = classes(sample)
    return float(mannwhitneyu(positives, negatives).statistic / (len(positives) * len(negatives)))


#: What SciPy computes without weights.
UNWEIGHTED = [
    row("roc_auc", mann_whitney),
    row("ks", lambda sample: ks_2samp(*classes(sample)).statistic),
]


@budget(60)
@given(tables())
def test_ranking(table: Table) -> None:
    rows = ROWS if table.weight is not None else ROWS + UNWEIGHTED
    assert not disagreements(numbers(table.audit(conventions=["delong_plain"])), table, rows)
