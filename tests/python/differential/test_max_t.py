"""
The simultaneous interval of the largest gap, against NumPy's own simulation of the largest studentised error.

Ours rests on 2,000 replicates, so that the probability of exceeding its critical value errs by half a percent.
"""

from __future__ import annotations

import math
from itertools import combinations, permutations

import numpy as np
from hypothesis import given
from scipy import stats
from scipy.optimize import brentq

import modelassay
from differential.binary import Table, tables
from differential.compare import close, numbers, same_limits
from differential.tables import Array, budget
from differential.test_intervals import LEVEL, inside, pair_limits, selected

REPLICATES = 2_000
TAIL = 1 - LEVEL
#: Standard error of the share of replicates beyond the critical value.
ERROR = math.sqrt(TAIL * LEVEL / REPLICATES)


def simulated(counts: Array, replicates: int, seed: int) -> Array:
    """
    The largest of all studentised differences of pairs, replicate by replicate.

    Successes are binomial around (x + 1/2) / (n + 1); standard errors are those of Agresti and Caffo.
    """
    x, n = counts[:, :1], counts[:, 1:]
    rate = (x + 0.5) / (n + 1.0)
    drawn = np.random.default_rng(seed).binomial(n.astype(int), rate, (len(counts), replicates))
    smoothed = (drawn + 1.0) / (n + 2.0)
    errors, variances = drawn / n - rate, smoothed * (1.0 - smoothed) / (n + 2.0)
    largest = np.zeros(replicates)
    for a, b in combinations(range(len(counts)), 2):
        largest = np.maximum(largest, np.abs(errors[a] - errors[b]) / np.sqrt(variances[a] + variances[b]))
    return largest


def difference(counts: Array, z: float) -> tuple[float, float]:
    """Limits of the largest difference, with Newcombe's of all pairs at one critical value."""
    limits = [pair_limits(a, b, "diff", 2.0 * stats.norm.sf(z)) for a, b in permutations(counts, 2)]
    return max(0.0, max(lower for lower, _ in limits)), max(upper for _, upper in limits)


def ratio(counts: Array, z: float) -> tuple[float, float]:
    """Limits of the smallest ratio, with Koopman's."""
    limits = [pair_limits(a, b, "ratio", 2.0 * stats.norm.sf(z)) for a, b in permutations(counts, 2)]
    return min(lower for lower, _ in limits), min(1.0, min(upper for _, upper in limits))


def bonferroni(groups: int) -> float:
    return float(stats.norm.isf(TAIL / 2 / math.comb(groups, 2)))


def of_all(table: Table, name: str, convention: str) -> modelassay.Measure:
    return numbers(table.audit(level=LEVEL))[name, convention, "g", None]


@budget(30)
@given(tables(weighted=False))
def test_small_groups(table: Table) -> None:
    """Between the limits at critical values that are exceeded in 8 % and in 2 % of simulated samples."""
    counts = np.array(list(selected(table, "g").values()))
    if len(counts) < 3:
        return
    mine = of_all(table, "selection_rate_difference", "max_min")
    assert mine.method == "pairwise_newcombe_max_t"
    beyond = np.array([TAIL + 6 * ERROR, TAIL - 6 * ERROR])
    low, high = np.quantile(simulated(counts, 20_000, 1), 1.0 - beyond, method="inverted_cdf")
    narrow, wide = (difference(counts, min(z, bonferroni(len(counts)))) for z in (low, high))
    slack = 1e-9
    assert wide[0] - slack <= mine.lower <= narrow[0] + slack, (mine, narrow, wide)
    assert narrow[1] - slack <= mine.upper <= wide[1] + slack, (mine, narrow, wide)


def drawn(random: np.random.Generator) -> Table:
    """Three to six groups of some hundred rows."""
    sizes = random.integers(200, 800, random.integers(3, 7))
    group = np.repeat([f"group {place}" for place in range(len(sizes))], sizes).astype(object)
    decision = (random.random(len(group)) < np.repeat(random.uniform(0.1, 0.6, len(sizes)), sizes)).astype(float)
    missing = np.full(len(group), np.nan)
    return Table(missing, None, {"g": group}, decision, missing)


def test_exceeded_as_often_as_it_says() -> None:
    """
    The critical value, found again from the upper limit of the difference, is exceeded in 5 % of simulated samples.

    The errors of the tables average out; Bonferroni's value would be exceeded in about 4 %. The ratio rests on the
    same critical value.
    """
    random = np.random.default_rng(20261125)
    shares = []
    for seed in range(25):
        table = drawn(random)
        counts = np.array(list(selected(table, "g").values()))
        mine = of_all(table, "selection_rate_difference", "max_min")
        z = brentq(lambda z, c=counts, upper=mine.upper: difference(c, z)[1] - upper, 1.0, 5.0, xtol=1e-10)
        assert close(mine.lower, difference(counts, z)[0], 1e-8, 1e-8), mine
        assert z <= bonferroni(len(counts)) + 1e-8
        shares.append(np.mean(simulated(counts, 40_000, seed) >= z))
        assert abs(shares[-1] - TAIL) < 5 * ERROR, (mine, z, shares)
        if seed < 3 and all(map(inside, counts)):
            smallest = of_all(table, "selection_rate_ratio", "min_max")
            assert smallest.method == "pairwise_koopman_max_t"
            assert same_limits(smallest, ratio(counts, z), 1e-5), smallest
    assert abs(np.mean(shares) - TAIL) < 4 * ERROR / math.sqrt(len(shares)), shares
