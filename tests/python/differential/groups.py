"""The groups of an attribute, as Fairlearn takes them."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd
from fairlearn.metrics import MetricFrame

from differential.tables import Array, Population, Table

#: A function of labels, answers and weights.
Function = Callable[..., float]

#: Attributes and intersections, as a report names them and as a plan lists them.
PROTECTED: dict[str, str | list[str]] = {"g": "g", "h": "h", "g&h": ["g", "h"]}


def features(table: Table, attribute: str) -> pd.DataFrame:
    """The columns of an attribute or intersection. Fairlearn refuses a missing group: here it has our name for it."""
    columns = {name: table.groups[name] for name in attribute.split("&")}
    return pd.DataFrame(
        {name: ["∅" if value is None else value for value in values] for name, values in columns.items()}, dtype=object
    )


def group_names(table: Table, attribute: str) -> Array:
    """The group of every row, as a report names it."""
    return features(table, attribute).agg("&".join, axis=1).to_numpy(dtype=object)


def frame(
    metrics: Mapping[str, Function], table: Table, population: Population, sensitive: pd.DataFrame | Array
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
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        return MetricFrame(
            metrics=dict(metrics),
            y_true=label,
            y_pred=answer,
            sensitive_features=sensitive[rows],
            sample_params=dict.fromkeys(metrics, weights),
        )


def where_defined(function: Function, defined: Callable[[Array, Array], Array]) -> Function:
    """NaN where no row defines it, whatever the function says there."""

    def guarded(label: Array, answer: Array, sample_weight: Array | None = None) -> float:
        return float(function(label, answer, sample_weight=sample_weight)) if np.any(defined(label, answer)) else np.nan

    return guarded
