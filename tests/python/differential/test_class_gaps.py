"""Gaps between groups in measures of several classes: of the model as a whole, and of each class as a binary model."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import numpy as np
import sklearn.metrics as sk
from hypothesis import given

from differential.binary import LABELLED_AND_DECIDED, LABELLED_AND_SCORED, SCORED
from differential.classes import Table, tables
from differential.compare import numbers
from differential.groups import Families, Function, gaps_over_all_groups, gaps_to_reference
from differential.tables import POSITIVE_WEIGHTS, Array, Rows, budget, known
from differential.test_gaps import STRICT

PLAN = {"reference_groups": {"h": "x"}}


def averaged(function: Callable[..., Any], classes: range, needs: Callable[[Array, Array], Array]) -> Function:
    """A macro average; NaN where a class has none of the rows that define its value."""

    def guarded(label: Array, answer: Array, sample_weight: Array | None = None) -> float:
        if not set(classes) <= set(needs(label, answer)):
            return np.nan
        options = {"labels": list(classes), "average": "macro", "zero_division": 0.0}
        return float(function(label, answer, sample_weight=sample_weight, **options))

    return guarded


def of_decisions(classes: range) -> Families:
    recall = averaged(sk.recall_score, classes, lambda label, _: label)
    metrics: dict[str, Function] = {
        "accuracy": sk.accuracy_score,
        "balanced_accuracy": recall,
        "recall": recall,
        "precision": averaged(sk.precision_score, classes, lambda _, answer: answer),
        "f1": averaged(sk.f1_score, classes, lambda label, answer: np.concatenate([label, answer])),
    }
    return [(LABELLED_AND_DECIDED, metrics)]


def mean(label: Array, answer: Array, sample_weight: Array | None = None) -> float:
    return float(np.average(answer, weights=sample_weight))


def losses(table: Table) -> list[tuple[Rows, Families]]:
    """The losses of rows in place of their scores, whose mean is the loss of a group."""
    rows = known(table.label) & known(table.score)
    hit = table.label[:, None] == np.arange(len(table.names))
    likelihood = np.where(hit, table.score, 0.0).sum(axis=1)
    each = {
        "log_loss": -np.log(np.clip(likelihood, np.finfo(float).eps, 1.0 - np.finfo(float).eps)),
        "brier": ((table.score - hit) ** 2).sum(axis=1),
    }
    top = table.top_label()
    return [(top, [(SCORED, {"mean_score": mean})])] + [
        (dataclasses.replace(top, score=np.where(rows, loss, np.nan)), [(LABELLED_AND_SCORED, {name: mean})])
        for name, loss in each.items()
    ]


@budget(20)
@given(tables(weights=POSITIVE_WEIGHTS))
def test_gaps_of_the_whole(table: Table) -> None:
    ours = numbers(table.audit(**PLAN))
    found = []
    for rows, families in [(table, of_decisions(table.places)), *losses(table)]:
        found += gaps_over_all_groups(ours, rows, families, table.groups)
        found += gaps_to_reference(ours, rows, families)
    assert not found


@budget(10)
@given(tables(weights=POSITIVE_WEIGHTS))
def test_gaps_of_each_class(table: Table) -> None:
    report = table.audit(**PLAN)
    found = []
    for place, name in enumerate(table.names):
        ours, rows = numbers(report, name), table.against_rest(place)
        found += gaps_over_all_groups(ours, rows, STRICT, table.groups)
        found += gaps_to_reference(ours, rows, STRICT)
    assert not found
