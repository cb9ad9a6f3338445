"""Gaps between groups, against Fairlearn's frame over scikit-learn's metrics, and against Fairlearn's own gaps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import fairlearn.metrics as fair
import numpy as np
import sklearn.metrics as sk
from fairlearn.metrics import MetricFrame
from hypothesis import given

from differential.binary import DECIDED, LABELLED, LABELLED_AND_DECIDED, LABELLED_AND_SCORED, SCORED, Table, tables
from differential.compare import Numbers, numbers, quietly
from differential.groups import (
    PROTECTED,
    UNDEFINED,
    Families,
    Function,
    all_gaps,
    complaint,
    features,
    frame,
    gaps_over_all_groups,
    gaps_to_reference,
    group_names,
)
from differential.tables import POSITIVE_WEIGHTS, Array, budget


def share_of_labels(label: Array, answer: Array, sample_weight: Array | None = None) -> float:
    return float(np.average(label, weights=sample_weight))


def of_both_classes(function: Function) -> Function:
    """NaN unless both classes occur."""

    def guarded(label: Array, answer: Array, sample_weight: Array | None = None) -> float:
        occurring = label if sample_weight is None else label[sample_weight > 0]
        return function(label, answer, sample_weight=sample_weight) if len(set(occurring)) == 2 else np.nan

    return guarded


def of_positives(function: Function) -> Function:
    """NaN unless positives occur."""

    def guarded(label: Array, answer: Array, sample_weight: Array | None = None) -> float:
        return function(label, answer, sample_weight=sample_weight) if np.any(label == 1) else np.nan

    return guarded


def scored(function: Callable[..., Any], **options: Any) -> Function:
    return lambda label, score, sample_weight=None: function(label, score, sample_weight=sample_weight, **options)


def called(function: Callable[..., Any], positive: int = 1, *, complement: bool = False, **options: Any) -> Function:
    """A function of labels and decisions that says NaN without a denominator; one minus it for its complement."""

    def value(label: Array, answer: Array, sample_weight: Array | None = None) -> float:
        found = function(label, answer, pos_label=positive, sample_weight=sample_weight, zero_division=np.nan)
        return 1.0 - found if complement else found

    return value


#: The measures whose values groups are compared by, each over its rows.
STRICT: Families = [
    (LABELLED, {"prevalence": share_of_labels}),
    (DECIDED, {"selection_rate": fair.selection_rate}),
    (
        LABELLED_AND_DECIDED,
        {
            "accuracy": sk.accuracy_score,
            "balanced_accuracy": of_both_classes(sk.balanced_accuracy_score),
            "f1": lambda label, answer, sample_weight=None: sk.f1_score(
                label, answer, sample_weight=sample_weight, zero_division=np.nan
            ),
            "recall": called(sk.recall_score),
            "false_negative_rate": called(sk.recall_score, complement=True),
            "specificity": called(sk.recall_score, 0),
            "false_positive_rate": called(sk.recall_score, 0, complement=True),
            "precision": called(sk.precision_score),
            "false_discovery_rate": called(sk.precision_score, complement=True),
            "negative_predictive_value": called(sk.precision_score, 0),
            "false_omission_rate": called(sk.precision_score, 0, complement=True),
        },
    ),
    (
        LABELLED_AND_SCORED,
        {
            "roc_auc": of_both_classes(sk.roc_auc_score),
            "average_precision": of_positives(sk.average_precision_score),
            "log_loss": scored(sk.log_loss, labels=[0, 1]),
            "brier": scored(sk.brier_score_loss, labels=[0, 1], pos_label=1),
        },
    ),
    (
        SCORED,
        {"mean_score": lambda label, score, sample_weight=None: float(np.average(score, weights=sample_weight))},
    ),
]
#: The same under Fairlearn's own rule: no denominator, no error, rate 0.
FAIRLEARN: Families = [
    (DECIDED, {"selection_rate": fair.selection_rate}),
    (
        LABELLED_AND_DECIDED,
        {
            "accuracy": sk.accuracy_score,
            "recall": lambda *rows, **weights: fair.true_positive_rate(*rows, pos_label=1, **weights),
            "specificity": lambda *rows, **weights: fair.true_negative_rate(*rows, pos_label=1, **weights),
            "false_positive_rate": lambda *rows, **weights: fair.false_positive_rate(*rows, pos_label=1, **weights),
            "false_negative_rate": lambda *rows, **weights: fair.false_negative_rate(*rows, pos_label=1, **weights),
            "precision": lambda *rows, **weights: sk.precision_score(*rows, zero_division=0.0, **weights),
        },
    ),
]


@budget(25)
@given(tables(weights=POSITIVE_WEIGHTS))
def test_gaps_over_all_groups(table: Table) -> None:
    ours = numbers(table.audit(protected=list(PROTECTED.values())))
    assert not gaps_over_all_groups(ours, table, STRICT, PROTECTED)


@budget(40)
@given(tables(weights=POSITIVE_WEIGHTS))
def test_gaps_to_a_reference_group(table: Table) -> None:
    ours = numbers(table.audit(reference_groups={"h": "x"}))
    assert not gaps_to_reference(ours, table, STRICT)


#: Our names for Fairlearn's two ways to make one number of all groups.
SUFFIXES = ("difference", "ratio")
#: Fairlearn's methods, and our names for its conventions.
METHODS = {"fairlearn": "between_groups", "fairlearn_to_overall": "to_overall"}


def fairlearn_rates(ours: Numbers, table: Table, attribute: str) -> list[str]:
    found = []
    for population, metrics in FAIRLEARN:
        peer = frame(metrics, table, population, features(table, attribute))
        for convention, method in METHODS.items():
            for suffix in SUFFIXES:
                theirs = all_gaps(peer, suffix, method)
                for name in metrics:
                    key = (f"{name}_{suffix}", convention, attribute, None)
                    found.append(complaint(ours, key, theirs.get(name, np.nan), UNDEFINED))
    return found


def fairlearn_odds(ours: Numbers, table: Table, attribute: str) -> list[str]:
    """
    Equalized odds. Where one of the two ratios is 0/0 Fairlearn's answer depends on their order, as Python's `min`
    does; there we have no number.
    """
    rows = LABELLED_AND_DECIDED.rows(table)
    if not rows.any():
        return []
    sample = LABELLED_AND_DECIDED.of(table)
    common = {"sensitive_features": features(table, attribute)[rows], "sample_weight": sample.weight}
    found = []
    for convention, method in METHODS.items():
        for suffix, agg in (("", "worst_case"), ("_mean", "mean")):
            for function, name in (
                (fair.equalized_odds_difference, "equalized_odds_difference"),
                (fair.equalized_odds_ratio, "equalized_odds_ratio"),
            ):
                key = (name, convention + suffix, attribute, None)
                parts = [
                    ours[f"{rate}_{name.rpartition('_')[2]}", convention, attribute, None].value
                    for rate in ("recall", "false_positive_rate")
                ]
                if None in parts:
                    found.append(complaint(ours, key, np.nan, UNDEFINED))
                    continue
                theirs = quietly(
                    lambda f=function, m=method, a=agg: f(sample.label, sample.answer, **common, method=m, agg=a)
                )
                found.append(complaint(ours, key, theirs, UNDEFINED))
    return found


CONVENTIONS = ["fairlearn", "fairlearn_mean", "fairlearn_to_overall", "fairlearn_to_overall_mean"]


@budget(20)
@given(tables(weights=POSITIVE_WEIGHTS))
def test_gaps_as_fairlearn_defines_them(table: Table) -> None:
    ours = numbers(table.audit(protected=list(PROTECTED.values()), conventions=CONVENTIONS))
    found = []
    for attribute in PROTECTED:
        found += fairlearn_rates(ours, table, attribute) + fairlearn_odds(ours, table, attribute)
    assert not [each for each in found if each]


def odds(peer: MetricFrame | None, group: str, reference: str) -> tuple[float, float]:
    """Differences in true positive and false positive rate."""
    if peer is None or not {group, reference} <= set(peer.by_group.index):
        return np.nan, np.nan
    change = peer.by_group.loc[group] - peer.by_group.loc[reference]
    return float(change["recall"]), float(change["false_positive_rate"])


ODDS: dict[str, Callable[[float, float], float]] = {
    "equalized_odds_difference": lambda a, b: max(abs(a), abs(b)),
    "average_odds_difference": lambda a, b: (a + b) / 2,
    "average_absolute_odds_difference": lambda a, b: (abs(a) + abs(b)) / 2,
}


@budget(30)
@given(tables(weights=POSITIVE_WEIGHTS))
def test_odds_against_a_reference_group(table: Table) -> None:
    """Every group, and all others pooled: their names become one."""
    reference = next((group for group in table.groups["g"] if group is not None), None)
    if reference is None:
        return
    ours = numbers(table.audit(reference_groups={"g": reference}, conventions=["pooled_reference"]))
    metrics: Mapping[str, Function] = {
        name: function for name, function in STRICT[2][1].items() if name in ("recall", "false_positive_rate")
    }
    names = group_names(table, "g")
    pooled = np.where(names == reference, reference, "others")
    sides = [(names, "reference_group", group, group) for group in set(names) - {reference}]
    if len(set(names)) > 1:
        sides.append((pooled, "pooled_reference", "others", None))
    found = []
    for sensitive, convention, side, group in sides:
        peer = frame(metrics, table, LABELLED_AND_DECIDED, sensitive)
        changes = odds(peer, side, reference)
        for name, join in ODDS.items():
            if (name, convention) == ("equalized_odds_difference", "pooled_reference"):
                continue
            theirs = np.nan if np.isnan(changes).any() else join(*changes)
            found.append(complaint(ours, (name, convention, "g", group), theirs, ("no_positives", "no_negatives")))
    assert not [each for each in found if each]
