"""Whether selection and group go together, against SciPy and statsmodels; rows without weights."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from hypothesis import given
from scipy import stats
from statsmodels.stats.contingency_tables import Table2x2
from statsmodels.stats.proportion import proportions_ztest

from differential.binary import DECIDED, Table, tables
from differential.compare import Numbers, close, numbers, quietly
from differential.groups import group_names
from differential.tables import Array, budget

#: Selected and rejected rows: of the groups compared above, of the reference group below.
Counts = Array


def degenerate(counts: Counts) -> bool:
    """All selected, or none, or a group without decisions: nothing to associate."""
    return bool((counts.sum(axis=0) == 0).any() or (counts.sum(axis=1) == 0).any())


def z_test(counts: Counts) -> tuple[float, float]:
    z, p_value = proportions_ztest(counts[:, 0], counts.sum(axis=1))
    return float(z), float(p_value)


def mid_p(counts: Counts) -> float:
    """No peer has the two-sided mid-p: Fisher's p less half the probability of the tables as likely as this one."""
    drawn, selected, rows = counts[0].sum(), counts[:, 0].sum(), counts.sum()
    likely = stats.hypergeom(rows, selected, drawn).pmf(np.arange(drawn + 1))
    mine = likely[counts[0, 0]]
    tied = np.isclose(likely, mine, rtol=1e-9, atol=0.0)
    return float(likely[(likely < mine) & ~tied].sum() + 0.5 * likely[tied].sum())


Peer = Callable[[Counts], float]
#: Ours, the peer, and the reason where the table is degenerate though both groups have decisions (None: it is defined).
ROWS: list[tuple[str, Peer, str | None]] = [
    ("selection_rate_z", lambda counts: z_test(counts)[0], "zero_variance"),
    ("selection_rate_z_p_value", lambda counts: z_test(counts)[1], "zero_variance"),
    ("selection_rate_fisher_p_value", lambda counts: float(stats.fisher_exact(counts).pvalue), None),
    ("selection_rate_fisher_mid_p_value", mid_p, None),
    (
        "selection_rate_odds_ratio",
        lambda counts: float(Table2x2(counts, shift_zeros=False).oddsratio),
        "zero_denominator",
    ),
]


def complaints(ours: Numbers, convention: str, group: str | None, counts: Counts) -> list[str]:
    found = []
    for name, peer, degenerately in ROWS:
        mine = ours[name, convention, "g", group]
        if (counts.sum(axis=1) == 0).any():
            reason: str | None = "no_rows"
        else:
            reason = degenerately if degenerate(counts) else None
        theirs = np.nan if reason else quietly(peer, counts)
        if reason is None and np.isinf(theirs):
            reason = "infinite"
        if not (mine.undefined == reason if reason else close(mine.value, theirs, 1e-9, 1e-12)):
            found.append(f"{mine.id}: {mine.value} {mine.undefined}, and the peer says {reason or theirs}")
    return found


def counted(table: Table) -> dict[str, Counts]:
    """Selected and rejected rows by group of g."""
    names, decision = group_names(table, "g"), table.decision
    return {
        name: np.array([((names == name) & (decision == called)).sum() for called in (1.0, 0.0)])
        for name in dict.fromkeys(names)
    }


@budget(60)
@given(tables(weighted=False))
def test_association(table: Table) -> None:
    groups = counted(table)
    reference = next((group for group in table.groups["g"] if group is not None), None)
    plan = {} if reference is None else {"reference_groups": {"g": reference}}
    ours = numbers(table.audit(conventions=["pooled_reference"], **plan))
    decided = np.array([counts for counts in groups.values() if counts.sum()])
    found = []
    for name, place in (("selection_rate_chi_squared", 0), ("selection_rate_chi_squared_p_value", 1)):
        mine = ours[name, "all_groups", "g", None]
        if len(decided) < 2:
            found += [] if mine.undefined == "single_group" else [str(mine)]
        elif degenerate(decided):
            found += [] if mine.undefined == "zero_variance" else [str(mine)]
        else:
            theirs = stats.chi2_contingency(decided, correction=False)
            found += [] if close(mine.value, theirs[place], 1e-9, 1e-12) else [f"{mine} {theirs}"]
    if reference is not None:
        others = [group for group in groups if group != reference]
        for group in others:
            found += complaints(ours, "reference_group", group, np.array([groups[group], groups[reference]]))
        if others:
            pooled = sum(groups[group] for group in others)
            found += complaints(ours, "pooled_reference", None, np.array([pooled, groups[reference]]))
    assert not found


@budget(20)
@given(tables(weighted=True))
def test_what_counts_people_takes_no_weights(table: Table) -> None:
    ours = numbers(table.audit())
    if DECIDED.rows(table).any():
        assert ours["selection_rate_chi_squared", "all_groups", "g", None].undefined == "weights_not_supported"
