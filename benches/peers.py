#!/usr/bin/env python3
"""Compares the fairness frame of modelassay with polars and Fairlearn, and its scores with scikit-learn, in one run.

Two tasks on a table in memory with 1,000,000 rows, labels, decisions, scores and three text attributes (sex, race, age
band: 60 cells). The sides do not do the same amount of work.

Counts, the group rates:

* polars: a group-by written by hand for the confusion counts of the 60 cells, nothing else;
* modelassay: every rate, difference and ratio with its interval for each attribute and the intersection, all
  checks, and the report with its digest;
  How long that takes depends on the rows only as far as they are counted: the same audit of the first hundredth of the
  rows, in which all cells occur too, tells what the intervals, the bootstrap of 2,000 replicates behind the gaps, the
  checks and the report take; the rest is the count-based part. The bootstrap alone, on one thread, is timed by
  ``cargo bench -p modelassay --bench max_t``;
* Fairlearn: ``MetricFrame`` with five metrics over the intersection, ``by_group``, ``difference()``, ``ratio()``.

Scores, how they rank and whether they are calibrated, of all rows and of each of the 60 cells; with 1,000 distinct
scores (as models are often deployed), and with a score of its own for every row:

* scikit-learn: the metrics that it has, point values: ROC AUC, average precision, precision-recall and ROC curve, log
  loss, Brier score, calibration curves of ten bins of equal width and of equal count, a logistic recalibration;
* modelassay: these and all others, with intervals and gaps, all checks, and the report.

Wall time, medians; polars and modelassay with two threads. Ratios of one run mean more than its times.

    benches/peers.py [--rows N] [--repeat N] [--without-fairlearn] [--without-scikit-learn]
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
import warnings
from collections.abc import Callable

os.environ.setdefault("POLARS_MAX_THREADS", "2")

import numpy as np
import polars as pl

import modelassay

GROUPS = ["sex", "race", "age_band"]


def table(rows: int) -> pl.DataFrame:
    """Labels, decisions, scores and three text attributes, drawn with a fixed seed."""
    random = np.random.default_rng(20261123)
    sex = random.choice(["female", "male"], rows)
    race = random.choice(["asian", "black", "hispanic", "other", "white"], rows, p=[0.1, 0.15, 0.15, 0.05, 0.55])
    age = random.choice(["18-24", "25-34", "35-44", "45-54", "55-64", "65+"], rows)
    label = (random.random(rows) < 0.35).astype(np.int64)
    decision = (random.random(rows) < np.where(label == 1, 0.7, 0.2)).astype(np.int64)
    score = random.beta(2.0 + label, 4.0 - label)
    columns = {"label": label, "decision": decision, "score": score}
    return pl.DataFrame({**columns, "sex": sex, "race": race, "age_band": age})


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


def scores_with_modelassay(frame: pl.DataFrame) -> object:
    return modelassay.audit(
        frame,
        label="label",
        score="score",
        protected=[GROUPS],
        conventions=["equal_count", "joint"],
        criteria=["roc_auc >= 0.7"],
        threads=2,
        progress=False,
    )


def scores_with_scikit_learn(frame: pl.DataFrame) -> object:
    from sklearn.calibration import calibration_curve
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import (
        auc,
        average_precision_score,
        brier_score_loss,
        log_loss,
        precision_recall_curve,
        roc_auc_score,
        roc_curve,
    )

    def measures(part: pl.DataFrame) -> list[object]:
        label, score = part["label"].to_numpy(), part["score"].to_numpy()
        precision, recall, _ = precision_recall_curve(label, score)
        clipped = np.clip(score, 1e-15, 1.0 - 1e-15)
        logit = np.log(clipped / (1.0 - clipped)).reshape(-1, 1)
        return [
            roc_auc_score(label, score),
            average_precision_score(label, score),
            auc(recall, precision),
            roc_curve(label, score),
            log_loss(label, score),
            brier_score_loss(label, score),
            calibration_curve(label, score, n_bins=10),
            calibration_curve(label, score, n_bins=10, strategy="quantile"),
            LogisticRegression(C=np.inf).fit(logit, label).coef_,
        ]

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return measures(frame), [measures(part) for part in frame.partition_by(GROUPS)]


def seconds(task: Callable[[pl.DataFrame], object], frame: pl.DataFrame, repeat: int) -> float:
    """Median wall time after one warm-up."""
    times = []
    for run in range(repeat + 1):
        start = time.perf_counter()
        task(frame)
        if run > 0 or repeat == 0:
            times.append(time.perf_counter() - start)
    return statistics.median(times)


def counts(frame: pl.DataFrame, repeat: int, *, fairlearn: bool) -> None:
    ours = seconds(with_modelassay, frame, repeat)
    polars = seconds(with_polars, frame, repeat)
    judged = seconds(with_modelassay, frame.head(len(frame) // 100), repeat)
    counted = ours - judged
    print("counts")
    print(f"  modelassay   {1e3 * ours:10.1f} ms")
    print(f"    counting   {1e3 * counted:10.1f} ms   {counted / polars:.2f} times as long as polars")
    print(f"    the rest   {1e3 * judged:10.1f} ms   intervals, 2,000 replicates, checks and report")
    print(f"  polars       {1e3 * polars:10.1f} ms   modelassay takes {ours / polars:.2f} times as long")
    if fairlearn:
        theirs = seconds(with_fairlearn, frame, 0)
        print(f"  Fairlearn    {1e3 * theirs:10.1f} ms   modelassay is {theirs / ours:,.0f} times as fast")


def scores(frame: pl.DataFrame, repeat: int, *, scikit_learn: bool) -> None:
    print(f"scores, {frame['score'].n_unique():,} distinct")
    ours = seconds(scores_with_modelassay, frame, repeat)
    print(f"  modelassay   {1e3 * ours:10.1f} ms")
    if scikit_learn:
        theirs = seconds(scores_with_scikit_learn, frame, 0)
        print(f"  scikit-learn {1e3 * theirs:10.1f} ms   modelassay is {theirs / ours:,.0f} times as fast")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--repeat", type=int, default=9)
    parser.add_argument("--without-fairlearn", action="store_true")
    parser.add_argument("--without-scikit-learn", action="store_true")
    arguments = parser.parse_args()
    frame = table(arguments.rows)
    print(f"{arguments.rows:,} rows, {len(os.sched_getaffinity(0))} processors, polars {pl.__version__}")
    counts(frame, arguments.repeat, fairlearn=not arguments.without_fairlearn)
    for scored in (frame.with_columns(pl.col("score").round(3)), frame):
        scores(scored, arguments.repeat, scikit_learn=not arguments.without_scikit_learn)


if __name__ == "__main__":
    main()
