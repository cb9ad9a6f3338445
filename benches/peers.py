#!/usr/bin/env python3
"""Compares the fairness frame of modelassay with polars and Fairlearn, in one run on one machine.

The task: from a table in memory with 1,000,000 rows, labels, decisions and three text attributes (sex, race,
age band: 60 cells), get the group rates. The three sides do not do the same amount of work:

* polars: a group-by written by hand for the confusion counts of the 60 cells, nothing else;
* modelassay: every rate, difference and ratio with its interval for each attribute and the intersection, all
  checks, and the report with its digest;
* Fairlearn: ``MetricFrame`` with five metrics over the intersection, ``by_group``, ``difference()``, ``ratio()``.

Wall time, medians; polars and modelassay with two threads.

    benches/peers.py [--rows N] [--repeat N] [--without-fairlearn]
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Callable

os.environ.setdefault("POLARS_MAX_THREADS", "2")

import numpy as np
import polars as pl

import modelassay

GROUPS = ["sex", "race", "age_band"]


def table(rows: int) -> pl.DataFrame:
    """Labels, decisions and three text attributes, drawn with a fixed seed."""
    random = np.random.default_rng(20261123)
    sex = random.choice(["female", "male"], rows)
    race = random.choice(["asian", "black", "hispanic", "other", "white"], rows, p=[0.1, 0.15, 0.15, 0.05, 0.55])
    age = random.choice(["18-24", "25-34", "35-44", "45-54", "55-64", "65+"], rows)
    label = (random.random(rows) < 0.35).astype(np.int64)
    decision = (random.random(rows) < np.where(label == 1, 0.7, 0.2)).astype(np.int64)
    return pl.DataFrame({"label": label, "decision": decision, "sex": sex, "race": race, "age_band": age})


def with_polars(frame: pl.DataFrame) -> object:
    positive, decided = pl.col("label") == 1, pl.col("decision") == 1
    return frame.group_by(GROUPS).agg(
        pl.len().alias("n"),
        (positive & decided).sum().alias("tp"),
        (~positive & decided).sum().alias("fp"),
        (~positive & ~decided).sum().alias("tn"),
        (positive & ~decided).sum().alias("fn"),
    )


def with_modelassay(frame: pl.DataFrame) -> object:
    return modelassay.audit(
        frame,
        label="label",
        prediction="decision",
        protected=[*GROUPS, GROUPS],
        criteria=["selection_rate_ratio by race >= 0.8"],
        threads=2,
        progress=False,
    )


def with_fairlearn(frame: pl.DataFrame) -> object:
    from fairlearn.metrics import (
        MetricFrame,
        false_positive_rate,
        selection_rate,
        true_positive_rate,
    )
    from sklearn.metrics import accuracy_score, precision_score

    pandas = frame.to_pandas()
    metrics = {
        "selection_rate": selection_rate,
        "true_positive_rate": true_positive_rate,
        "false_positive_rate": false_positive_rate,
        "accuracy": accuracy_score,
        "precision": precision_score,
    }
    result = MetricFrame(
        metrics=metrics, y_true=pandas["label"], y_pred=pandas["decision"], sensitive_features=pandas[GROUPS]
    )
    return result.by_group, result.difference(), result.ratio()


def seconds(task: Callable[[pl.DataFrame], object], frame: pl.DataFrame, repeat: int) -> float:
    """Median wall time after one warm-up."""
    times = []
    for run in range(repeat + 1):
        start = time.perf_counter()
        task(frame)
        if run > 0 or repeat == 0:
            times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--repeat", type=int, default=9)
    parser.add_argument("--without-fairlearn", action="store_true")
    arguments = parser.parse_args()
    frame = table(arguments.rows)
    ours = seconds(with_modelassay, frame, arguments.repeat)
    polars = seconds(with_polars, frame, arguments.repeat)
    print(f"{arguments.rows:,} rows, {len(os.sched_getaffinity(0))} processors, polars {pl.__version__}")
    print(f"modelassay  {1e3 * ours:10.1f} ms")
    print(f"polars      {1e3 * polars:10.1f} ms   modelassay takes {ours / polars:.2f} times as long")
    if not arguments.without_fairlearn:
        fairlearn = seconds(with_fairlearn, frame, 0)
        print(f"Fairlearn   {1e3 * fairlearn:10.1f} ms   modelassay is {fairlearn / ours:,.0f} times as fast")


if __name__ == "__main__":
    main()
