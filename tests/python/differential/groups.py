"""The groups of an attribute, as Fairlearn takes them."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Container, Iterable, Mapping, Sequence

import numpy as np
import pandas as pd
from fairlearn.metrics import MetricFrame

from differential.compare import Numbers, close
from differential.tables import Array, Population, Rows

#: A function of labels, answers and weights.
Function = Callable[..., float]

#: Attributes and intersections, as a report names them and as a plan lists them.
PROTECTED: dict[str, str | list[str]] = {"g": "g", "h": "h", "g&h": ["g", "h"]}


def features(table: Rows, attribute: str) -> pd.DataFrame:
    """The columns of an attribute or intersection. Fairlearn refuses a missing group: here it has our name for it."""
    columns = {name: table.groups[name] for name in attribute.split("&")}
    return pd.DataFrame(
        {name: ["∅" if value is None else value for value in values] for name, values in columns.items()}, dtype=object
    )


def group_names(table: Rows, attribute: str) -> Array:
    """The group of every row, as a report names it."""
    return features(table, attribute).agg("&".join, axis=1).to_numpy(dtype=object)


def frame(
    metrics: Mapping[str, Function], table: Rows, population: Population, sensitive: pd.DataFrame | Array
) -> MetricFrame | None:
    """Fairlearn's frame over the rows of a population; none without such rows."""
    rows = population.rows(table)
    if not rows.any():
        return None
    sample = population.of(table)
    weights = {} if sample.weight is None else {"sample_weight": sample.weight}
    # What a frame is asked of rows without a label reads none.
    label = np.where(np.isnan(sample.label), 0.0, sample.label)
    answer = np.where(np.isnan(sample.answer), 0.0, sample.answer)
    # Fairlearn squeezes an array, and does not know it again where it has one row.
    of_rows = sensitive[rows] if isinstance(sensitive, pd.DataFrame) else pd.Series(sensitive[rows])
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        return MetricFrame(
            metrics=dict(metrics),
            y_true=label,
            y_pred=answer,
            sensitive_features=of_rows,
            sample_params=dict.fromkeys(metrics, weights),
        )


#: Rounding: rates are sums of weights divided, here in the order of rows.
RELATIVE, ABSOLUTE = 1e-9, 1e-10


def complaint(ours: Numbers, key: tuple[str, str, str, str | None], theirs: float, reasons: tuple[str, ...]) -> str:
    """What is wrong with a gap of ours; a peer without a number must find one of the reasons."""
    mine = ours.get(key)
    if mine is None:
        return f"{key}: not reported, and the peer says {theirs}"
    if math.isnan(theirs):
        return "" if mine.undefined in reasons else f"{mine.id}: {mine.value} {mine.undefined}, and the peer has none"
    if close(mine.value, theirs, RELATIVE, ABSOLUTE):
        return ""
    return f"{mine.id}: {mine.value} {mine.undefined or ''}, and the peer says {theirs}"


#: Why there may be no gap over all groups, and none to a reference group.
UNDEFINED = ("no_rows", "single_group", "zero_denominator", "zero_variance", "negative")
UNDEFINED_PAIR = (
    *UNDEFINED,
    "no_positives",
    "no_negatives",
    "no_positive_decisions",
    "no_negative_decisions",
)
#: Measures by the rows they are about.
Families = Sequence[tuple[Population, Mapping[str, Function]]]


def all_gaps(found: MetricFrame | None, suffix: str, method: str) -> Mapping[str, float]:
    """The gaps of all metrics of a frame."""
    if found is None:
        return {}
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        return dict(getattr(found, suffix)(method=method))


def gaps_over_all_groups(
    ours: Numbers, table: Rows, families: Families, attributes: Iterable[str], no_ratio: Container[str] = ()
) -> list[str]:
    """The largest less the smallest value of the groups, and the smallest divided by the largest."""
    found = []
    for attribute in attributes:
        for population, metrics in families:
            peer = frame(metrics, table, population, features(table, attribute))
            for suffix, convention in (("difference", "max_min"), ("ratio", "min_max")):
                theirs = all_gaps(peer, suffix, "between_groups")
                for name in metrics:
                    if suffix == "ratio" and name in no_ratio:
                        continue
                    # One group alone has no gap: Fairlearn says that it is 0 then. Nor have numbers below 0 a ratio.
                    values = pd.Series(dtype=float) if peer is None else peer.by_group[name]
                    none = values.count() < 2 or (suffix == "ratio" and values.min() < 0.0)
                    key = (f"{name}_{suffix}", convention, attribute, None)
                    found.append(complaint(ours, key, np.nan if none else theirs[name], UNDEFINED))
    return [each for each in found if each]


def gaps_to_reference(ours: Numbers, table: Rows, families: Families, no_ratio: Container[str] = ()) -> list[str]:
    """Group y of h minus group x, or divided by it: from the values of Fairlearn's frame."""
    if set(table.groups["h"]) != {"x", "y"}:
        return []
    found = []
    for population, metrics in families:
        peer = frame(metrics, table, population, features(table, "h"))
        for name in metrics:
            values = {} if peer is None else dict(peer.by_group[name])
            mine, theirs = values.get("y", np.nan), values.get("x", np.nan)
            key = (f"{name}_difference", "reference_group", "h", "y")
            found.append(complaint(ours, key, mine - theirs, UNDEFINED_PAIR))
            if name in no_ratio:
                continue
            # A number divided by 0 is no number to report, nor is a ratio of numbers below it.
            ratio = mine / theirs if theirs and min(mine, theirs) >= 0.0 else np.nan
            key = (f"{name}_ratio", "reference_group", "h", "y")
            found.append(complaint(ours, key, ratio, (*UNDEFINED_PAIR, "infinite")))
    return [each for each in found if each]
