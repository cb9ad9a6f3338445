"""Measures of calibration, against scikit-learn's calibration curve and statsmodels' logistic regression."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.special import expit, logit
from sklearn.calibration import calibration_curve

from differential.binary import LABELLED_AND_SCORED, SCORES, Table, confident, constant, informed, tables
from differential.compare import (
    NO_VALUES,
    WEIGHTLESS,
    Row,
    Unless,
    close,
    disagreements,
    numbers,
    quietly,
    same_limits,
    without,
)
from differential.tables import Sample, budget

#: Every score is 0: nothing is expected.
NOTHING_EXPECTED = Unless("zero_denominator", lambda sample: sample.total(sample.answer > 0) == 0.0)
#: Every score is 0, one half or 1: the Brier score of calibrated scores has no variance.
NO_VARIANCE = without("zero_variance", lambda sample: ~np.isin(sample.answer, [0.0, 0.5, 1.0]))
BINS = 10


def row(measure: str, function: Callable[[Sample], float], unless: tuple[Unless, ...], **more: Any) -> Row:
    return Row(measure, function, unless, population=LABELLED_AND_SCORED, **more)


def observed_over_expected(sample: Sample) -> float:
    return float((sample.weights() * sample.label).sum() / (sample.weights() * sample.answer).sum())


def spiegelhalter(sample: Sample) -> float:
    """No peer has it: the formula of 1986, with sums of weights."""
    label, score, weight = sample.label, sample.answer, sample.weights()
    lean = 1.0 - 2.0 * score
    variance = (weight**2 * lean**2 * score * (1.0 - score)).sum()
    return float((weight * (label - score) * lean).sum() / np.sqrt(variance))


ANY_WEIGHTS = [
    row("observed_expected_ratio", observed_over_expected, (NO_VALUES, WEIGHTLESS, NOTHING_EXPECTED)),
    row("spiegelhalter_z", spiegelhalter, (NO_VALUES, NO_VARIANCE), relative=1e-8, absolute=1e-8),
    row(
        "spiegelhalter_p_value",
        lambda sample: 2.0 * stats.norm.sf(abs(spiegelhalter(sample))),
        (NO_VALUES, NO_VARIANCE),
        relative=1e-7,
    ),
]


def edges(sample: Sample, strategy: str) -> Any:
    even = np.linspace(0.0, 1.0, BINS + 1)
    return even if strategy == "uniform" else np.percentile(sample.answer, even * 100)


def shares_of_bins(sample: Sample, strategy: str) -> Any:
    """Shares of rows in the bins that hold any, cut as in scikit-learn's `calibration_curve`."""
    index = np.searchsorted(edges(sample, strategy)[1:-1], sample.answer)
    counts = np.bincount(index, minlength=BINS)
    return counts[counts > 0] / len(index)


def distances(sample: Sample, strategy: str) -> Any:
    observed, expected = calibration_curve(sample.label, sample.answer, n_bins=BINS, strategy=strategy)
    return np.abs(observed - expected)


def binned(strategy: str) -> list[Row]:
    convention = {"uniform": "equal_width", "quantile": "equal_count"}[strategy]
    return [
        row(
            "expected_calibration_error",
            lambda sample: float(distances(sample, strategy) @ shares_of_bins(sample, strategy)),
            (NO_VALUES,),
            convention=convention,
        ),
        row(
            "maximum_calibration_error",
            lambda sample: float(distances(sample, strategy).max()),
            (NO_VALUES,),
            convention=convention,
        ),
    ]


def brier_parts(sample: Sample) -> tuple[float, float, float]:
    """Reliability, resolution and uncertainty over ten bins of equal count."""
    observed, expected = calibration_curve(sample.label, sample.answer, n_bins=BINS, strategy="quantile")
    shares, prevalence = shares_of_bins(sample, "quantile"), sample.label.mean()
    reliability, resolution = shares @ (observed - expected) ** 2, shares @ (observed - prevalence) ** 2
    return float(reliability), float(resolution), float(prevalence * (1.0 - prevalence))


def hosmer_lemeshow(sample: Sample, lost: int) -> float:
    observed, expected = calibration_curve(sample.label, sample.answer, n_bins=BINS, strategy="quantile")
    counts = shares_of_bins(sample, "quantile") * len(sample.label)
    gap, variance = observed - expected, expected * (1.0 - expected)
    terms = np.where(gap == 0.0, 0.0, counts * gap**2 / np.where(variance == 0.0, np.nan, variance))
    return float(stats.chi2.sf(terms.sum(), len(counts) - lost))


#: What rests on scikit-learn's calibration curve, which takes no weights.
UNWEIGHTED = [
    *binned("uniform"),
    *binned("quantile"),
    row("brier_reliability", lambda sample: brier_parts(sample)[0], (NO_VALUES,)),
    row("brier_resolution", lambda sample: brier_parts(sample)[1], (NO_VALUES,)),
    row("brier_uncertainty", lambda sample: brier_parts(sample)[2], (NO_VALUES,)),
]


@budget(60)
@given(tables())
def test_calibration(table: Table) -> None:
    rows = ANY_WEIGHTS if table.weight is not None else ANY_WEIGHTS + UNWEIGHTED
    assert not disagreements(numbers(table.audit(conventions=["equal_count"])), table, rows)


@budget(40)
@given(tables(weighted=False, scores=SCORES.filter(lambda scores: scores not in (confident, constant))))
def test_hosmer_lemeshow(table: Table) -> None:
    """Without degrees of freedom, or where outcomes contradict a bin of scores that are all 0 or 1, there is none."""
    ours = numbers(table.audit(conventions=["development"]))
    for attribute, group, part in table.subjects():
        sample = LABELLED_AND_SCORED.of(part)
        for convention, lost in (("external", 0), ("development", 2)):
            mine = ours["hosmer_lemeshow_p_value", convention, attribute, group]
            theirs = quietly(hosmer_lemeshow, sample, lost) if len(sample.label) else np.nan
            if np.isnan(theirs):
                assert mine.undefined == ("zero_variance" if len(sample.label) else "no_rows"), mine
            else:
                assert close(mine.value, theirs, 1e-9, 1e-12), (mine, theirs)


def fit(sample: Sample, *, in_the_large: bool) -> Any:
    """Logistic regression by statsmodels: on the logit of the score, or with the logit as the offset."""
    weighing = sample.weights() > 0
    line = logit(np.clip(sample.answer[weighing], 1e-15, 1.0 - 1e-15))
    ones = np.ones((len(line), 1))
    model = sm.GLM(
        sample.label[weighing],
        ones if in_the_large else sm.add_constant(line, has_constant="add"),
        family=sm.families.Binomial(),
        offset=line if in_the_large else None,
        var_weights=sample.weights()[weighing],
    )
    return model.fit(tol=1e-13, maxiter=200)


def covariance(sample: Sample, fitted: Any) -> Any:
    """
    Statsmodels' covariance; of weighted rows the robust one, as weights are no numbers of rows.

    Rows that all weigh 1, or nothing, are not weighted. The robust one is White's, written out: statsmodels' "HC0" is
    NaN where a fitted probability is 0 or 1 to the last bit, and ours then agrees with 60-digit arithmetic.
    """
    weight = sample.weights()[sample.weights() > 0]
    if np.all(weight == 1.0):
        return fitted.cov_params()
    design, line = fitted.model.exog, fitted.predict(which="linear")
    information = design.T @ (design * (weight * expit(line) * expit(-line))[:, None])
    scores = design * (weight * np.where(fitted.model.endog == 1, expit(-line), -expit(line)))[:, None]
    inverse = np.linalg.inv(information)
    return inverse @ scores.T @ scores @ inverse


COEFFICIENTS = [
    ("calibration_slope", "standard", False, 1),
    ("calibration_intercept", "joint", False, 0),
    ("calibration_intercept", "in_the_large", True, 0),
]


@budget(40)
@given(tables(holes=False, scores=st.just(informed)))
def test_recalibration(table: Table) -> None:
    """Coefficients and their Wald limits; where the classes are separated there is no fit on either side."""
    ours = numbers(table.audit(conventions=["joint"]))
    for attribute, group, part in table.subjects():
        sample = LABELLED_AND_SCORED.of(part)
        classes = [sample.total(sample.label == label) for label in (1, 0)]
        for name, convention, in_the_large, place in COEFFICIENTS:
            mine = ours[name, convention, attribute, group]
            if not all(classes) or (mine.undefined == "fit_failed" and not in_the_large and separated(sample)):
                assert mine.undefined in ("no_rows", "no_positives", "no_negatives", "fit_failed"), mine
                continue
            theirs = fit(sample, in_the_large=in_the_large)
            assert close(mine.value, theirs.params[place], 1e-6, 1e-6), (mine, theirs.params)
            reach = stats.norm.isf(0.025) * np.sqrt(covariance(sample, theirs)[place, place])
            limits = theirs.params[place] - reach, theirs.params[place] + reach
            assert same_limits(mine, limits, 1e-5), (mine, limits)


def separated(sample: Sample) -> bool:
    """Whether a threshold tells the classes apart, in either direction."""
    weight = sample.weights() > 0
    positives, negatives = (sample.answer[weight & (sample.label == label)] for label in (1, 0))
    return bool(positives.min() >= negatives.max() or negatives.min() >= positives.max())
