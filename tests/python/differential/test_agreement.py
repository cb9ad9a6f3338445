"""Intervals of the Matthews correlation and of Cohen's kappa, from statsmodels' limits of rates and variances."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import sklearn.metrics as sk
from hypothesis import given
from scipy import stats
from scipy.optimize import minimize_scalar
from statsmodels.stats.inter_rater import cohens_kappa

from differential import classes
from differential.binary import LABELLED_AND_DECIDED, Table, tables
from differential.compare import numbers, quietly, same_limits
from differential.tables import Array, Sample, budget
from differential.test_intervals import LEVEL, wilson

#: Prevalence, sensitivity and false positive rate.
Rates = tuple[float, float, float]


def shares(rates: Rates) -> Array:
    """The confusion matrix of one row, by label and decision."""
    prevalence, sensitivity, fall_out = rates
    return np.array(
        [
            [(1 - prevalence) * (1 - fall_out), (1 - prevalence) * fall_out],
            [prevalence * (1 - sensitivity), prevalence * sensitivity],
        ]
    )


def matthews(rates: Rates) -> float:
    """Pearson's correlation of two columns of 0 and 1."""
    cells = shares(rates)
    label, decision = cells.sum(axis=1)[1], cells.sum(axis=0)[1]
    return float((cells[1, 1] - label * decision) / np.sqrt(label * (1 - label) * decision * (1 - decision)))


def kappa(rates: Rates) -> float:
    return float(cohens_kappa(shares(rates), return_results=False))


def furthest(measure: Callable[[float], float], low: float, high: float, sign: float) -> float:
    """The largest or the smallest value between two limits, of a measure that turns at most once there."""
    turn = minimize_scalar(lambda x: -sign * measure(x), bounds=(low, high), method="bounded", options={"xatol": 1e-12})
    return sign * max(sign * measure(x) for x in (low, high, turn.x))


def recovered(measure: Callable[[Rates], float], rates: Rates, limits: list[tuple[float, float]]) -> Array:
    """
    Zou and Donner's limits of a function of three independent rates.

    Each rate moves within its Wilson limits while the others stay, and the squares of how far the measure moves add up.
    """
    value, sums = measure(rates), {-1.0: 0.0, 1.0: 0.0}
    for place, (low, high) in enumerate(limits):

        def moved(rate: float, place: int = place) -> float:
            return measure((*rates[:place], rate, *rates[place + 1 :]))

        for sign in sums:
            sums[sign] += max(0.0, sign * (furthest(moved, low, high, sign) - value)) ** 2
    return np.clip([value - np.sqrt(sums[-1.0]), value + np.sqrt(sums[1.0])], -1.0, 1.0)


def three_rates(sample: Sample) -> tuple[Rates, list[tuple[float, float]]] | None:
    """The rates and their limits, where none of them is 0 or 1 and both measures can be worked out anywhere near."""
    label, decision, weight = sample.label == 1, sample.answer == 1, sample.weights()
    everybody = np.ones(len(label), dtype=bool)
    trials = [(everybody, label), (label, decision), (~label, decision)]
    limits = [wilson(sample, of, hit) for of, hit in trials]
    if None in limits:
        return None
    rates = tuple(float(weight[of & hit].sum() / weight[of].sum()) for of, hit in trials)
    inside = all(0.0 < rate < 1.0 for rate in rates)
    return (rates, [each for each in limits if each]) if inside else None  # type: ignore[return-value]


@budget(40)
@given(tables())
def test_two_classes(table: Table) -> None:
    ours = numbers(table.audit(level=LEVEL))
    for attribute, group, part in table.subjects():
        # Wilson limits of the whole matrix' effective number: each rate has that of its own rows.
        found = three_rates(LABELLED_AND_DECIDED.of(part))
        if found is None or table.weight is not None:
            continue
        for name, measure in (("matthews_correlation", matthews), ("cohen_kappa", kappa)):
            mine = ours[name, "standard", attribute, group]
            assert mine.method == "mover_wilson"
            limits = recovered(measure, *found)
            assert same_limits(mine, limits, 1e-7), (mine, limits)


def kappa_of(matrix: Array, weights: str | None) -> float:
    return float(cohens_kappa(matrix, wt=weights).kappa)


def error_of(matrix: Array, weights: str | None) -> float:
    return float(np.sqrt(cohens_kappa(matrix, wt=weights).var_kappa))


@budget(40)
@given(classes.tables(weighted=False))
def test_kappa_of_several_classes(table: classes.Table) -> None:
    """Statsmodels' variance (Fleiss, Cohen and Everitt) of the adjusted counts, on Fisher's scale."""
    ours = numbers(table.audit(level=LEVEL, conventions=["linear", "quadratic"]))
    for attribute, group, part in table.subjects():
        sample = LABELLED_AND_DECIDED.of(part)
        if len(sample.label) == 0:
            continue
        matrix = sk.confusion_matrix(sample.label, sample.answer, labels=list(table.places)).astype(float)
        for convention, weights in (("standard", None), ("linear", "linear"), ("quadratic", "quadratic")):
            mine = ours["cohen_kappa", convention, attribute, group]
            value, error = (quietly(each, matrix, weights) for each in (kappa_of, error_of))
            if mine.undefined:
                assert np.isnan(value), (mine, value)
            elif not error > 1e-6:
                # A variance of 0, or of less by rounding, is no width: our limits are those of the share of agreement.
                assert mine.lower - 1e-12 <= value <= mine.upper + 1e-12, (mine, value)
            else:
                # One row more, half of it along the diagonal and half over all cells; the interval holds the estimate.
                more = matrix + 0.5 / len(matrix) ** 2 + np.eye(len(matrix)) * (0.5 / len(matrix))
                centre, error = kappa_of(more, weights), error_of(more, weights)
                reach = stats.norm.isf((1 - LEVEL) / 2) * error / (1 - centre**2)
                lower, upper = np.tanh(np.arctanh(centre) + np.array([-reach, reach]))
                limits = np.array([min(lower, value), max(upper, value)])
                assert same_limits(mine, limits, 1e-7), (mine, limits)
