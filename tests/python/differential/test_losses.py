"""Losses and their intervals, against scikit-learn and SciPy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import sklearn.metrics as sk
from hypothesis import given
from scipy import stats

from differential.binary import LABELLED_AND_SCORED, SCORED, Table, tables
from differential.compare import NO_VALUES, WEIGHTLESS, Row, disagreements, numbers, same_limits
from differential.tables import Sample, budget

#: Scores nearer to 0 and 1 than this are moved to it, by scikit-learn and by us.
CLIP = np.finfo(float).eps


def log_losses(sample: Sample) -> Any:
    score = np.clip(sample.answer, CLIP, 1.0 - CLIP)
    return -np.where(sample.label == 1, np.log(score), np.log1p(-score))


def squares(sample: Sample) -> Any:
    return (sample.answer - sample.label) ** 2


ROWS = [
    Row(
        "log_loss",
        lambda sample: sk.log_loss(sample.label, sample.answer, sample_weight=sample.weight, labels=[0, 1]),
        (NO_VALUES, WEIGHTLESS),
        population=LABELLED_AND_SCORED,
    ),
    Row(
        "brier",
        lambda sample: sk.brier_score_loss(
            sample.label, sample.answer, sample_weight=sample.weight, labels=[0, 1], pos_label=1
        ),
        (NO_VALUES, WEIGHTLESS),
        population=LABELLED_AND_SCORED,
    ),
    Row(
        "mean_score",
        lambda sample: np.average(sample.answer, weights=sample.weight),
        (NO_VALUES, WEIGHTLESS),
        population=SCORED,
    ),
]


@budget(60)
@given(tables())
def test_losses(table: Table) -> None:
    assert not disagreements(numbers(table.audit()), table, ROWS)


LOSSES: dict[str, Callable[[Sample], Any]] = {
    "log_loss": log_losses,
    "brier": squares,
    "mean_score": lambda sample: sample.answer,
}


@budget(40)
@given(tables(weighted=False))
def test_intervals_of_means(table: Table) -> None:
    """Student's t, as SciPy has it; where nothing varies there is no interval."""
    ours = numbers(table.audit())
    for attribute, group, part in table.subjects():
        for name, losses in LOSSES.items():
            sample = (SCORED if name == "mean_score" else LABELLED_AND_SCORED).of(part)
            mine, values = ours[name, "standard", attribute, group], losses(sample)
            if len(values) < 2 or np.ptp(values) <= 1e-9:
                # Rows that differ by rounding alone may still have a width.
                assert mine.lower is None or mine.upper - mine.lower < 1e-6, mine
                continue
            interval = stats.t.interval(0.95, len(values) - 1, values.mean(), stats.sem(values))
            assert mine.method == "student_t"
            assert same_limits(mine, interval, 1e-8), (mine, interval)
