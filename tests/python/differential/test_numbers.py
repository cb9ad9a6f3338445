"""Measures of models that predict a number, against scikit-learn, SciPy and statsmodels."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import sklearn.metrics as sk
import statsmodels.api as sm
from hypothesis import given
from scipy import stats
from statsmodels.stats.diagnostic import het_breuschpagan

from differential.compare import NO_VALUES, WEIGHTLESS, Row, Unless, disagreements, numbers, peer
from differential.reals import (
    LABELLED,
    LABELLED_AND_PREDICTED,
    LABELLED_WITH_QUANTILES,
    LEVELS,
    PREDICTED,
    WITH_QUANTILES,
    Table,
    tables,
)
from differential.tables import Array, Population, Sample, budget

ANY = (NO_VALUES, WEIGHTLESS)


def errors(sample: Sample) -> Array:
    return np.asarray(sample.answer - sample.label)


def alike(values: Callable[[Sample], Array]) -> Unless:
    """Rows that weigh something all have the same value."""

    def holds(sample: Sample) -> bool:
        weighing = values(sample)[sample.weights() > 0]
        return len(weighing) > 0 and bool(np.ptp(weighing) == 0.0)

    return Unless("zero_variance", holds)


LABELS_ALIKE = alike(lambda sample: sample.label)
PREDICTIONS_ALIKE = alike(lambda sample: sample.answer)


def middle_of_labels(sample: Sample) -> float:
    return float(sk.median_absolute_error(np.zeros(len(sample.label)), sample.label, sample_weight=sample.weight))


def nonzero(sample: Sample) -> Sample:
    rows = sample.label != 0.0
    return Sample(sample.label[rows], sample.answer[rows], None if sample.weight is None else sample.weight[rows])


def of_nonzero(unless: Unless) -> Unless:
    return Unless(unless.reason, lambda sample: unless.holds(nonzero(sample)))


def mean(values: Callable[[Sample], Array]) -> Callable[[Sample], float]:
    return lambda sample: float(np.average(values(sample), weights=sample.weight))


def symmetric(sample: Sample) -> Array:
    """scikit-learn has none: as its documentation of forecasting errors defines it, a row of two zeros being right."""
    size = np.abs(sample.label) + np.abs(sample.answer)
    return np.where(size > 0.0, 2.0 * np.abs(errors(sample)) / np.where(size > 0.0, size, 1.0), 0.0)


def pearson(sample: Sample) -> float:
    """NumPy's covariance, which takes weights."""
    moments = np.cov(sample.label, sample.answer, aweights=sample.weights(), ddof=0)
    return float(moments[0, 1] / np.sqrt(moments[0, 0] * moments[1, 1]))


def ranks(values: Array, weight: Array) -> Array:
    """What lies below a row, and half of its equals."""
    below = (weight * (values[None, :] < values[:, None])).sum(axis=1)
    return np.asarray(below + 0.5 * (weight * (values[None, :] == values[:, None])).sum(axis=1))


def spearman(sample: Sample) -> float:
    weight = sample.weights()
    return pearson(Sample(ranks(sample.label, weight), ranks(sample.answer, weight), sample.weight))


def within(sample: Sample) -> Array:
    return np.asarray((sample.answer[:, 0] <= sample.label) & (sample.label <= sample.answer[:, -1]))


def quantile_loss(sample: Sample) -> float:
    weight = sample.weight
    losses = [
        sk.mean_pinball_loss(sample.label, sample.answer[:, place], alpha=level, sample_weight=weight)
        for place, level in enumerate(LEVELS)
    ]
    return float(np.mean(losses))


def row(
    measure: str,
    function: Callable[[Sample], float],
    *more: Unless,
    convention: str = "standard",
    population: Population = LABELLED_AND_PREDICTED,
    **tolerance: Any,
) -> Row:
    return Row(measure, function, (*ANY, *more), convention, population, **tolerance)


def pinball(level: float) -> Row:
    convention = f"alpha_{level}".replace(".", "_")
    return row("pinball_loss", peer(sk.mean_pinball_loss, alpha=level), convention=convention)


#: Numbers far from 0 lose four digits in scikit-learn's squares.
SQUARES = {"relative": 1e-8, "absolute": 1e-8}

ROWS = [
    row("mean_absolute_error", peer(sk.mean_absolute_error)),
    row("mean_squared_error", peer(sk.mean_squared_error)),
    row("root_mean_squared_error", peer(sk.root_mean_squared_error)),
    row("median_absolute_error", peer(sk.median_absolute_error)),
    row("mean_error", mean(errors)),
    row(
        "mean_absolute_percentage_error",
        peer(sk.mean_absolute_percentage_error),
        convention="scikit_learn",
    ),
    Row(
        "mean_absolute_percentage_error",
        lambda sample: peer(sk.mean_absolute_percentage_error)(nonzero(sample)),
        (of_nonzero(NO_VALUES), of_nonzero(WEIGHTLESS)),
        "nonzero_labels",
        LABELLED_AND_PREDICTED,
    ),
    row("symmetric_mean_absolute_percentage_error", mean(symmetric)),
    row("r2", peer(sk.r2_score), LABELS_ALIKE, **SQUARES),
    row("explained_variance", peer(sk.explained_variance_score), LABELS_ALIKE, **SQUARES),
    row("d2_absolute_error", peer(sk.d2_absolute_error_score), LABELS_ALIKE),
    *map(pinball, LEVELS),
    row("pearson_correlation", pearson, LABELS_ALIKE, PREDICTIONS_ALIKE, **SQUARES),
    row("spearman_correlation", spearman, LABELS_ALIKE, PREDICTIONS_ALIKE),
    row("mean_label", mean(lambda sample: sample.label), population=LABELLED),
    row("mean_prediction", mean(lambda sample: sample.answer), population=PREDICTED),
    row("interval_coverage", mean(within), population=LABELLED_WITH_QUANTILES),
    row("quantile_loss", quantile_loss, population=LABELLED_WITH_QUANTILES),
    row(
        "mean_interval_width",
        mean(lambda sample: sample.answer[:, -1] - sample.answer[:, 0]),
        population=WITH_QUANTILES,
    ),
    # Rows that weigh nothing have no error that counts.
    row("max_error", lambda sample: float(np.abs(errors(sample)[sample.weights() > 0]).max())),
]


def breusch_pagan(sample: Sample) -> float:
    """Of predictions moved to around 0, which changes nothing but the condition of the least squares."""
    explained = sm.add_constant(sample.answer - sample.answer.mean(), has_constant="add")
    return float(het_breuschpagan(errors(sample), explained)[1])


def dagostino(sample: Sample) -> float:
    """
    SciPy's `normaltest` from its parts, as `skewtest` is wrong for errors whose skewness is exactly 0.

    It puts a 1 for the 0 before D'Agostino's transformation, which leads from 0 to 0 (SciPy 1.17).
    """
    values = errors(sample)
    skewness = stats.skewtest(values).statistic if stats.skew(values) else 0.0
    return float(stats.chi2.sf(skewness**2 + stats.kurtosistest(values).statistic ** 2, 2))


#: What takes no weights. Tests rest on fourth powers of errors, and on their rounding.
TEST = {"relative": 1e-7, "absolute": 1e-9}
ERRORS_ALIKE = alike(errors)
UNWEIGHTED = [
    row("pearson_correlation", lambda s: stats.pearsonr(s.label, s.answer).statistic, LABELS_ALIKE, PREDICTIONS_ALIKE),
    row("spearman_correlation", lambda s: stats.spearmanr(s.label, s.answer)[0], LABELS_ALIKE, PREDICTIONS_ALIKE),
    row(
        "residual_normality_p_value",
        dagostino,
        ERRORS_ALIKE,
        Unless("n_below_minimum", lambda sample: len(sample.label) < 8),
        convention="dagostino",
        **TEST,
    ),
    row(
        "residual_normality_p_value",
        lambda sample: stats.jarque_bera(errors(sample)).pvalue,
        ERRORS_ALIKE,
        convention="jarque_bera",
        **TEST,
    ),
    row(
        "heteroscedasticity_p_value",
        breusch_pagan,
        PREDICTIONS_ALIKE,
        alike(lambda sample: errors(sample) ** 2),
        **TEST,
    ),
]
CONVENTIONS = ["scikit_learn", "jarque_bera", "alpha_0_1", "alpha_0_9"]


@budget(60)
@given(tables())
def test_numbers(table: Table) -> None:
    rows = ROWS if table.weight is not None else ROWS + UNWEIGHTED
    assert not disagreements(numbers(table.audit(conventions=CONVENTIONS)), table, rows)


@budget(10)
@given(tables(weighted=True))
def test_tests_take_no_weights(table: Table) -> None:
    ours = numbers(table.audit())
    if LABELLED_AND_PREDICTED.of(table).total() > 0.0:
        for name, convention in (("residual_normality", "dagostino"), ("heteroscedasticity", "standard")):
            assert ours[f"{name}_p_value", convention, None, None].undefined == "weights_not_supported"
