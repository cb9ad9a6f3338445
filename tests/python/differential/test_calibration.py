"""Measures of calibration, against scikit-learn's calibration curve and statsmodels' logistic regression."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.special import logit
from sklearn.calibration import calibration_curve

from differential.compare import Row, Unless, close, disagreements, no_such, numbers, quietly, without
from differential.tables import (
    LABELLED_AND_SCORED,
    SCORES,
    Sample,
    Table,
    budget,
    confident,
    constant,
    informed,
    tables,
)

NO_ROWS = no_such("no_rows", lambda sample: np.ones(len(sample.label)))
WEIGHTLESS = without("zero_denominator", lambda _: True)
#: Every score is 0: nothing is expected.
NOTHING_EXPECTED = Unless("zero_denominator", lambda sample: sample.total(sample.answer > 0) == 0.0)
#: Every score is 0, one half or 1: the Brier score of calibrated scores has no variance.
NO_VARIANCE = without("zero_variance", lambda sample: ~np.isin(sample.answer, [0.0, 0.5, 1.0]))
BINS = 10


def row(measure: str, function: Callable[[Sample], float], unless: tuple[Unless, ...], **more: Any) -> Row:
    return Row(measure, function, unless, population=LABELLED_AND_SCORED, **more)


def weights(sample: Sample) -> Any:
    return np.ones(len(sample.label)) if sample.weight is None else sample.weight


def observed_over_expected(sample: Sample) -> float:
    return float((weights(sample) * sample.label).sum() / (weights(sample) * sample.answer).sum())


def spiegelhalter(sample: Sample) -> float:
    """No peer has it: the formula of 1986, with sums of weights."""
    label, score, weight = sample.label, sample.answer, weights(sample)
    lean = 1.0 - 2.0 * score
    variance = (weight**2 * lean**2 * score * (1.0 - score)).sum()
    return float((weight * (label - score) * lean).sum() / np.sqrt(variance))


ANY_WEIGHTS = [
    row("observed_expected_ratio", observed_over_expected, (NO_ROWS, WEIGHTLESS, NOTHING_EXPECTED)),
    row("spiegelhalter_z", spiegelhalter, (NO_ROWS, NO_VARIANCE), relative=1e-8, absolute=1e-8),
    row(
        "spiegelhalter_p_value",
        lambda sample: 2.0 * stats.norm.sf(abs(spiegelhalter(sample))),
        (NO_ROWS, NO_VARIANCE),
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
            (NO_ROWS,),
            convention=convention,
        ),
        row(
            "maximum_calibration_error",
            lambda sample: float(distances(sample, strategy).max()),
            (NO_ROWS,),
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
    row("brier_reliability", lambda sample: brier_parts(sample)[0], (NO_ROWS,)),
    row("brier_resolution", lambda sample: brier_parts(sample)[1], (NO_ROWS,)),
    row("brier_uncertainty", lambda sample: brier_parts(sample)[2], (NO_ROWS,)),
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
    """
    Logistic regression by statsmodels: on the logit of the score, or with the logit as the offset.

    Weighted rows have the robust covariance: weights are no numbers of rows. Rows that all weigh 1 are not weighted.
    """
    weighing = weights(sample) > 0
    line = logit(np.clip(sample.answer[weighing], 1e-15, 1.0 - 1e-15))
    ones = np.ones((len(line), 1))
    model = sm.GLM(
        sample.label[weighing],
        ones if in_the_large else sm.add_constant(line, has_constant="add"),
        family=sm.families.Binomial(),
        offset=line if in_the_large else None,
        var_weights=weights(sample)[weighing],
    )
    covariance = "nonrobust" if np.all(weights(sample) == 1.0) else "HC0"
    return model.fit(tol=1e-13, maxiter=200, cov_type=covariance)


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
            lower, upper = theirs.conf_int()[place]
            assert close(mine.lower, lower, 1e-5, 1e-5), (mine, lower, upper)
            assert close(mine.upper, upper, 1e-5, 1e-5), (mine, lower, upper)


def separated(sample: Sample) -> bool:
    """Whether a threshold tells the classes apart, in either direction."""
    weight = weights(sample) > 0
    positives, negatives = (sample.answer[weight & (sample.label == label)] for label in (1, 0))
    return bool(positives.min() >= negatives.max() or negatives.min() >= positives.max())
