"""
Models of several classes as a whole, against scikit-learn; and each class, and the highest score, as a binary model.

The rows of the binary families are used again: a class against the rest is a table of theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import permutations
from typing import Any, NamedTuple

import numpy as np
import sklearn.metrics as sk
from hypothesis import given

from differential import test_calibration, test_decisions, test_losses, test_ranking
from differential.binary import LABELLED_AND_DECIDED
from differential.classes import Table, tables
from differential.compare import (
    NO_ROWS,
    NO_VALUES,
    WEIGHTLESS,
    Row,
    Unless,
    disagreements,
    no_such,
    numbers,
    peer,
    without,
)
from differential.tables import Array, Population, Sample, budget

LABELLED_AND_SCORED = Population("score", labelled=True, answered=True)

CONVENTIONS = [
    "present_classes",
    "micro_average",
    "weighted_average",
    "macro_zero_division_0",
    "weighted_zero_division_0",
    "linear",
    "quadratic",
    "ovr_weighted",
    "ovo_macro",
    "ovo_weighted",
    "top_2",
    "top_3",
]

Peer = Callable[..., Any]
#: Which of the rows are of a class: those that define its value.
OfClass = Callable[[Sample, int], Array]
OfRows = Callable[[Sample], Array]


def labelled(sample: Sample, place: int) -> Array:
    return np.asarray(sample.label == place)


def decided(sample: Sample, place: int) -> Array:
    return np.asarray(sample.answer == place)


def either(sample: Sample, place: int) -> Array:
    return labelled(sample, place) | decided(sample, place)


def every(classes: range, reason: str, of_class: OfClass) -> tuple[Unless, ...]:
    """An average over all classes is undefined where one of them is."""
    return (NO_ROWS, *(without(reason, lambda sample, place=place: of_class(sample, place)) for place in classes))


def uncalled(classes: range) -> Unless:
    """A class that has labels, and so a share in the average, is never decided."""

    def holds(sample: Sample) -> bool:
        missing = (place for place in classes if sample.total(decided(sample, place)) == 0.0)
        return any(sample.total(labelled(sample, place)) > 0.0 for place in missing)

    return Unless("no_positive_decisions", holds)


#: scikit-learn says 0 where nothing varies.
LABELS_VARY = Unless("zero_denominator", lambda sample: any_has_all(sample, sample.label))
DECISIONS_VARY = Unless("zero_denominator", lambda sample: any_has_all(sample, sample.answer))
#: One class alone, in labels and decisions: agreement by chance is complete, and scikit-learn says NaN.
ALL_ALIKE = Unless(
    "zero_denominator",
    lambda sample: any_has_all(sample, np.where(sample.label == sample.answer, sample.label, -1.0), besides=-1.0),
)


def any_has_all(sample: Sample, values: Array, besides: float | None = None) -> bool:
    """Whether one value has all of the weight."""
    return any(sample.total(values == value) == sample.total() for value in set(values) - {besides})


def of_decisions(classes: range) -> list[Row]:
    averaged: list[tuple[str, Peer, tuple[Unless, ...], tuple[Unless, ...]]] = [
        ("precision", sk.precision_score, every(classes, "no_positive_decisions", decided), (uncalled(classes),)),
        ("recall", sk.recall_score, every(classes, "no_positives", labelled), ()),
        ("f1", sk.f1_score, every(classes, "zero_denominator", either), ()),
        ("jaccard", sk.jaccard_score, every(classes, "zero_denominator", either), ()),
    ]
    rows = []
    for name, function, macro, weighted in averaged:
        # Jaccard's function takes no NaN; the classes that have none are left to `unless`.
        empty = 0.0 if name == "jaccard" else np.nan
        for average, strict in (("macro", macro), ("weighted", (NO_ROWS, *weighted))):
            of_average = {"average": average, "labels": list(classes)}
            strictly = peer(function, **of_average, zero_division=empty)
            leniently = peer(function, **of_average, zero_division=0.0)
            rows.append(Row(name, strictly, strict, convention=f"{average}_average"))
            rows.append(Row(name, leniently, (NO_ROWS,), convention=f"{average}_zero_division_0"))
        if name != "jaccard":
            micro = peer(function, average="micro", labels=list(classes))
            rows.append(Row(name, micro, (NO_ROWS,), convention="micro_average"))
    for weights in (None, "linear", "quadratic"):
        kappa = peer(sk.cohen_kappa_score, labels=list(classes), weights=weights)
        rows.append(Row("cohen_kappa", kappa, (NO_ROWS, ALL_ALIKE), convention=weights or "standard"))
    return [
        *rows,
        Row("accuracy", peer(sk.accuracy_score), (NO_ROWS,)),
        Row("balanced_accuracy", peer(sk.balanced_accuracy_score), every(classes, "no_positives", labelled)),
        Row("balanced_accuracy", peer(sk.balanced_accuracy_score), (NO_ROWS,), convention="present_classes"),
        Row("matthews_correlation", peer(sk.matthews_corrcoef), (NO_ROWS, LABELS_VARY, DECISIONS_VARY)),
    ]


class Curve(NamedTuple):
    """The rows on either side of a ROC curve, and those that weigh it in an average by weight."""

    positive: OfRows
    negative: OfRows
    own: OfRows


def of_class(place: int) -> OfRows:
    return lambda sample: np.asarray(sample.label == place)


def against_rest(place: int) -> Curve:
    return Curve(of_class(place), lambda sample: np.asarray(sample.label != place), of_class(place))


def against_each_other(one: int, other: int) -> Curve:
    return Curve(of_class(one), of_class(other), lambda sample: np.isin(sample.label, (one, other)))


def every_curve(curves: Iterable[Curve], average: str, *, precision: bool = False) -> tuple[Unless, ...]:
    """
    The first curve without rows on a side says why there is no average; one of precision needs no negatives.

    In an average by weight, curves that weigh nothing do not count.
    """
    reasons = [NO_VALUES, NO_ROWS] if average == "weighted" else [NO_VALUES]
    for positive, negative, own in curves:
        sides = [("no_positives", positive)] if precision else [("no_positives", positive), ("no_negatives", negative)]
        lacking = [no_such("no_rows", lambda sample, p=positive, n=negative: p(sample) | n(sample))]
        lacking += [no_such(reason, side) for reason, side in sides]
        lacking += [without("zero_denominator", side) for _, side in sides]
        for unless in lacking:

            def holds(sample: Sample, unless: Unless = unless, own: OfRows = own) -> bool:
                return (average == "macro" or sample.total(own(sample)) > 0.0) and unless.holds(sample)

            reasons.append(Unless(unless.reason, holds))
    return tuple(reasons)


def top(k: int, by_text: list[int]) -> Row:
    """Of equal scores our first class is the higher and scikit-learn's last, so it sees them reversed."""
    seen = by_text[::-1]

    def accuracy(sample: Sample) -> float:
        label = np.array([seen.index(int(place)) for place in sample.label])
        options = {"k": k, "labels": range(len(seen)), "sample_weight": sample.weight}
        return sk.top_k_accuracy_score(label, sample.answer[:, seen], **options)

    few = Unless("too_few_classes", lambda sample: len(sample.label) > 0 and len(by_text) <= k)
    return Row("top_k_accuracy", accuracy, (few, NO_ROWS), convention=f"top_{k}", population=LABELLED_AND_SCORED)


def of_scores(classes: range, *, weighted: bool) -> list[Row]:
    labels, k = list(classes), len(classes)

    def row(name: str, function: Callable[[Sample], float], unless: tuple[Unless, ...], convention: str) -> Row:
        return Row(name, function, unless, convention, LABELLED_AND_SCORED)

    def area(average: str, pairs: str) -> Callable[[Sample], float]:
        def averaged(sample: Sample) -> float:
            present = [place for place in classes if np.any(sample.label == place)]
            # Of two classes scikit-learn wants one column, whose curve is that of the other too.
            if k == 2:
                return sk.roc_auc_score(sample.label, sample.answer[:, 1], sample_weight=sample.weight)
            if len(present) == k:
                options = {"multi_class": pairs, "average": average, "labels": labels}
                return sk.roc_auc_score(sample.label, sample.answer, sample_weight=sample.weight, **options)
            # Absent classes weigh nothing, which scikit-learn does not take for an answer.
            own = [sample.total(sample.label == place) for place in present]
            areas = [peer(sk.roc_auc_score)(against(sample, place)) for place in present]
            return float(np.average(areas, weights=own))

        return averaged

    def against(sample: Sample, place: int) -> Sample:
        return Sample((sample.label == place).astype(float), sample.answer[:, place], sample.weight)

    def precision(average: str) -> Callable[[Sample], float]:
        def averaged(sample: Sample) -> float:
            label = np.eye(k)[sample.label.astype(int)]
            return sk.average_precision_score(label, sample.answer, average=average, sample_weight=sample.weight)

        return averaged

    def brier(sample: Sample) -> float:
        return sk.brier_score_loss(
            sample.label, sample.answer, labels=labels, sample_weight=sample.weight, scale_by_half=False
        )

    rest = [against_rest(place) for place in classes]
    pairs = [against_each_other(*places) for places in permutations(classes, 2)]
    averages = ("macro", "weighted")
    rows = [
        row("log_loss", peer(sk.log_loss, labels=labels), (NO_VALUES, WEIGHTLESS), "standard"),
        row("brier", brier, (NO_VALUES, WEIGHTLESS), "standard"),
    ]
    for average in averages:
        rows.append(row("roc_auc", area(average, "ovr"), every_curve(rest, average), f"ovr_{average}"))
        # Over pairs scikit-learn takes no weights.
        if not weighted:
            rows.append(row("roc_auc", area(average, "ovo"), every_curve(pairs, average), f"ovo_{average}"))
        unless = every_curve(rest, average, precision=True)
        rows.append(row("average_precision", precision(average), unless, f"ovr_{average}"))
    return rows


@budget(40)
@given(tables())
def test_whole(table: Table) -> None:
    rows = of_decisions(table.places) + of_scores(table.places, weighted=table.weight is not None)
    rows += [top(k, table.by_text) for k in (2, 3)]
    assert not disagreements(numbers(table.audit(conventions=CONVENTIONS)), table, rows)


#: What a class against the rest does not have.
NOT_OF_A_CLASS = {"n", "coefficient_of_variation", "generalized_entropy_index", "theil_index"}


@budget(20)
@given(tables())
def test_each_class(table: Table) -> None:
    report = table.audit(conventions=["equal_count", "delong_plain"])
    rows = [*test_decisions.ROWS, *test_ranking.ROWS, *test_losses.ROWS, *test_calibration.ANY_WEIGHTS]
    if table.weight is None:
        rows += test_ranking.UNWEIGHTED + test_calibration.UNWEIGHTED
    rows = [row for row in rows if row.measure not in NOT_OF_A_CLASS]
    found = []
    for place, name in enumerate(table.names):
        found += disagreements(numbers(report, name), table.against_rest(place), rows)
    assert not found


@budget(40)
@given(tables())
def test_top_label(table: Table) -> None:
    """The highest score as the probability that its class is right."""
    rows = [*test_calibration.ANY_WEIGHTS, *(row for row in test_losses.ROWS if row.measure == "mean_score")]
    if table.weight is None:
        rows += [row for row in test_calibration.UNWEIGHTED if "calibration_error" in row.measure]
    assert not disagreements(numbers(table.audit(conventions=["equal_count"])), table.top_label(), rows)


@budget(40)
@given(tables())
def test_confusion(table: Table) -> None:
    """Counts of rows, whatever they weigh."""
    sample, classes = LABELLED_AND_DECIDED.of(table), list(table.places)
    matrix = next(each for each in table.audit().to_dict()["confusion"] if not each["subject"])
    theirs = np.zeros((len(classes), len(classes)))
    if len(sample.label):
        theirs = sk.confusion_matrix(sample.label, sample.answer, labels=classes)
    assert matrix["classes"] == list(table.names)
    assert np.array_equal(matrix["rows"], theirs)
