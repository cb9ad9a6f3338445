"""Intervals of measures of numbers, against SciPy and statsmodels; rows without weights."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from hypothesis import given
from scipy import stats

from differential.compare import numbers, same_limits
from differential.reals import (
    LABELLED,
    LABELLED_AND_PREDICTED,
    LABELLED_WITH_QUANTILES,
    PREDICTED,
    WITH_QUANTILES,
    Table,
    tables,
)
from differential.tables import Array, Population, Sample, budget
from differential.test_intervals import LEVEL, wilson
from differential.test_numbers import errors, nonzero, symmetric, within

PLAN = {"level": LEVEL, "conventions": ["alpha_0_9"]}


def percentages(sample: Sample) -> Array:
    rows = nonzero(sample)
    return np.asarray(np.abs(errors(rows)) / np.abs(rows.label))


#: Means over rows, each with the number of a row.
MEANS: list[tuple[str, str, Population, Callable[[Sample], Array]]] = [
    ("mean_absolute_error", "standard", LABELLED_AND_PREDICTED, lambda rows: np.abs(errors(rows))),
    ("mean_error", "standard", LABELLED_AND_PREDICTED, errors),
    ("mean_absolute_percentage_error", "nonzero_labels", LABELLED_AND_PREDICTED, percentages),
    ("symmetric_mean_absolute_percentage_error", "standard", LABELLED_AND_PREDICTED, symmetric),
    (
        "pinball_loss",
        "alpha_0_9",
        LABELLED_AND_PREDICTED,
        lambda rows: np.maximum(-0.9 * errors(rows), 0.1 * errors(rows)),
    ),
    ("mean_label", "standard", LABELLED, lambda rows: rows.label),
    ("mean_prediction", "standard", PREDICTED, lambda rows: rows.answer),
    ("mean_interval_width", "standard", WITH_QUANTILES, lambda rows: rows.answer[:, -1] - rows.answer[:, 0]),
]


@budget(40)
@given(tables(weighted=False))
def test_means(table: Table) -> None:
    """Student's t, as SciPy has it; where nothing varies there is no interval."""
    ours = numbers(table.audit(**PLAN))
    for attribute, group, part in table.subjects():
        for name, convention, population, values_of in MEANS:
            mine, values = ours[name, convention, attribute, group], values_of(population.of(part))
            if len(values) < 2 or np.ptp(values) <= 1e-9:
                # Rows that differ by rounding alone may still have a width.
                assert mine.lower is None or mine.upper - mine.lower < 1e-6, mine
                continue
            limits = stats.t.interval(LEVEL, len(values) - 1, values.mean(), stats.sem(values))
            assert mine.method == "student_t"
            assert same_limits(mine, limits, 1e-8), (mine, limits)


@budget(40)
@given(tables())
def test_coverage(table: Table) -> None:
    ours = numbers(table.audit(**PLAN))
    for attribute, group, part in table.subjects():
        mine, sample = ours["interval_coverage", "standard", attribute, group], LABELLED_WITH_QUANTILES.of(part)
        limits = wilson(sample, np.ones(len(sample.label), dtype=bool), within(sample))
        right = mine.lower is None if limits is None else same_limits(mine, limits, 1e-9)
        assert right, (mine, limits)


@budget(40)
@given(tables(weighted=False))
def test_median(table: Table) -> None:
    """Order statistics by the binomial, as SciPy's quantile test has them; fewer than six rows have none."""
    ours = numbers(table.audit(**PLAN))
    for attribute, group, part in table.subjects():
        mine = ours["median_absolute_error", "standard", attribute, group]
        sizes = np.abs(errors(LABELLED_AND_PREDICTED.of(part)))
        if len(sizes) < 6:
            assert mine.lower is None, mine
            continue
        theirs = stats.quantile_test(sizes, p=0.5).confidence_interval(LEVEL)
        assert same_limits(mine, (theirs.low, theirs.high), 1e-12) or (mine.lower is None and theirs.low == theirs.high)


@budget(40)
@given(tables(weighted=False))
def test_correlations(table: Table) -> None:
    """SciPy's limits hold for normal values: ours are never narrower. Spearman's are Bonett and Wright's."""
    ours = numbers(table.audit(**PLAN))
    for attribute, group, part in table.subjects():
        sample = LABELLED_AND_PREDICTED.of(part)
        n = len(sample.label)
        pearson, spearman = (ours[f"{name}_correlation", "standard", attribute, group] for name in CORRELATIONS)
        if n < 4 or pearson.undefined or abs(pearson.value) > 1 - 1e-9:
            continue
        theirs = stats.pearsonr(sample.label, sample.answer).confidence_interval(LEVEL)
        assert pearson.lower <= theirs.low + 1e-8, (pearson, theirs)
        assert pearson.upper >= theirs.high - 1e-8, (pearson, theirs)
        if abs(spearman.value) < 1 - 1e-9:
            reach = stats.norm.isf((1 - LEVEL) / 2) * np.sqrt((1 + spearman.value**2 / 2) / (n - 3))
            limits = np.tanh(np.arctanh(spearman.value) + np.array([-reach, reach]))
            assert same_limits(spearman, limits, 1e-8), (spearman, limits)


CORRELATIONS = ("pearson", "spearman")
