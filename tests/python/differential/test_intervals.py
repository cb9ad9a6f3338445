"""Intervals of rates and of their gaps, against statsmodels."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import combinations, permutations

import numpy as np
from hypothesis import given
from statsmodels.stats.contingency_tables import Table2x2
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from differential.binary import DECIDED, LABELLED, LABELLED_AND_DECIDED, Table, tables
from differential.compare import Numbers, numbers, same_limits
from differential.groups import group_names
from differential.tables import Array, Population, Sample, budget

LEVEL = 0.95

#: Which rows are trials, and which of them successes.
RATES: dict[str, tuple[Population, Callable[[Sample], Array], Callable[[Sample], Array]]] = {
    "prevalence": (LABELLED, lambda rows: rows.label >= 0, lambda rows: rows.label == 1),
    "selection_rate": (DECIDED, lambda rows: rows.answer >= 0, lambda rows: rows.answer == 1),
    "accuracy": (LABELLED_AND_DECIDED, lambda rows: rows.label >= 0, lambda rows: rows.label == rows.answer),
    "recall": (LABELLED_AND_DECIDED, lambda rows: rows.label == 1, lambda rows: rows.answer == 1),
    "specificity": (LABELLED_AND_DECIDED, lambda rows: rows.label == 0, lambda rows: rows.answer == 0),
    "precision": (LABELLED_AND_DECIDED, lambda rows: rows.answer == 1, lambda rows: rows.label == 1),
    "jaccard": (
        LABELLED_AND_DECIDED,
        lambda rows: (rows.label == 1) | (rows.answer == 1),
        lambda rows: (rows.label == 1) & (rows.answer == 1),
    ),
}


def effective(sample: Sample, trials: Array, successes: Array) -> tuple[float, float]:
    """Successes and trials; of weighted rows Kish's effective number of trials, and the rate times that."""
    weight = sample.weights()
    total, squares = weight[trials].sum(), (weight[trials] ** 2).sum()
    if total == 0.0:
        return 0.0, 0.0
    n = total**2 / squares
    return float(weight[trials & successes].sum() / total * n), float(n)


def wilson(sample: Sample, trials: Array, successes: Array) -> tuple[float, float] | None:
    """Wilson's limits of a rate; none without trials."""
    count, n = effective(sample, trials, successes)
    return proportion_confint(count, n, 1 - LEVEL, method="wilson") if n else None


def wrong_rates(ours: Numbers, table: Table) -> list[str]:
    """The rates whose limits are not Wilson's."""
    found = []
    for name, (population, trials, successes) in RATES.items():
        for attribute, group, part in table.subjects():
            mine, sample = ours[name, "standard", attribute, group], population.of(part)
            limits = wilson(sample, trials(sample), successes(sample))
            right = mine.lower is None if limits is None else same_limits(mine, limits, 1e-9)
            found += [] if right else [f"{mine} {limits}"]
    return found


@budget(60)
@given(tables())
def test_wilson(table: Table) -> None:
    assert not wrong_rates(numbers(table.audit(level=LEVEL)), table)


def pair_limits(a: Array, b: Array, compare: str, alpha: float) -> tuple[float, float]:
    method = {"diff": "newcomb", "ratio": "score"}[compare]
    lower, upper = confint_proportions_2indep(*a, *b, method=method, compare=compare, alpha=alpha, correction=False)
    return float(lower), float(upper)


def selected(table: Table, attribute: str) -> dict[str, Array]:
    """Selected rows and decided rows by group, of the groups that have any."""
    names = group_names(table, attribute)
    counts = {
        name: np.array([np.nansum(table.decision[names == name]), (~np.isnan(table.decision[names == name])).sum()])
        for name in dict.fromkeys(names)
    }
    return {name: pair for name, pair in counts.items() if pair[1]}


def inside(pair: Array) -> bool:
    """Where a rate is 0 or 1 statsmodels' root finder has nothing to bracket."""
    return bool(0 < pair[0] < pair[1])


@budget(60)
@given(tables(weighted=False))
def test_gaps_of_two_rates(table: Table) -> None:
    """Newcombe's difference and Koopman's ratio; statsmodels solves the latter to about six digits."""
    groups = selected(table, "h")
    if set(groups) != {"x", "y"}:
        return
    ours = numbers(table.audit(level=LEVEL, reference_groups={"h": "x"}))
    difference = ours["selection_rate_difference", "reference_group", "h", "y"]
    assert difference.method == "newcombe"
    assert same_limits(difference, pair_limits(groups["y"], groups["x"], "diff", 1 - LEVEL), 1e-9), difference
    if inside(groups["x"]) and inside(groups["y"]):
        ratio = ours["selection_rate_ratio", "reference_group", "h", "y"]
        assert ratio.method == "koopman"
        assert same_limits(ratio, pair_limits(groups["y"], groups["x"], "ratio", 1 - LEVEL), 1e-5), ratio


@budget(30)
@given(tables(weighted=False))
def test_gaps_over_all_groups(table: Table) -> None:
    """All pairs at once, each at its share of the error."""
    groups = selected(table, "g")
    if len(groups) < 2:
        return
    ours = numbers(table.audit(level=LEVEL, conventions=["max_min_bonferroni", "min_max_bonferroni"]))
    alpha = (1 - LEVEL) / math.comb(len(groups), 2)
    limits = [pair_limits(a, b, "diff", alpha) for a, b in permutations(groups.values(), 2)]
    largest = max(0.0, max(lower for lower, _ in limits)), max(upper for _, upper in limits)
    mine = ours["selection_rate_difference", "max_min_bonferroni", "g", None]
    assert mine.method == "pairwise_newcombe_bonferroni"
    assert same_limits(mine, largest, 1e-9), (mine, largest)
    if all(map(inside, groups.values())):
        limits = [pair_limits(a, b, "ratio", alpha) for a, b in combinations(groups.values(), 2)]
        limits += [(1 / upper, 1 / lower) for lower, upper in limits]
        smallest = min(lower for lower, _ in limits), min(1.0, min(upper for _, upper in limits))
        mine = ours["selection_rate_ratio", "min_max_bonferroni", "g", None]
        assert mine.method == "pairwise_koopman_bonferroni"
        assert same_limits(mine, smallest, 1e-5), (mine, smallest)


@budget(40)
@given(tables(weighted=False))
def test_odds_ratio(table: Table) -> None:
    """Woolf's limits, where no cell is empty."""
    groups = selected(table, "h")
    if set(groups) != {"x", "y"} or not all(map(inside, groups.values())):
        return
    mine = numbers(table.audit(level=LEVEL, reference_groups={"h": "x"}))[
        "selection_rate_odds_ratio", "reference_group", "h", "y"
    ]
    counts = np.array([[groups[name][0], groups[name][1] - groups[name][0]] for name in ("y", "x")])
    assert same_limits(mine, Table2x2(counts).oddsratio_confint(1 - LEVEL), 1e-9), mine
