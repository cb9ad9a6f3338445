"""Arrays and lists of every type, and what stands for a missing value in each."""

from __future__ import annotations

import array
import datetime
import decimal
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import modelassay

N = 60
LABELS = [1, 0, 1, 1] * (N // 4)
SCORES = [0.875, 0.25, 0.5, 0.0] * (N // 4)


def digest(**columns: Any) -> str:
    """Audit columns by their role."""
    given = {"y": LABELS, "s": SCORES, "g": ["a", "b", "c"] * (N // 3), "t": None, **columns}
    table = {name: values for name, values in given.items() if values is not None}
    report = modelassay.audit(
        table,
        label="y",
        score="s",
        threshold=0.5,
        protected="g",
        time="t" if "t" in table else None,
        as_of="2026-11-23",
    )
    return report.digest


BASE = digest()

INTEGERS = [f"{sign}int{size}" for sign in ("", "u") for size in (8, 16, 32, 64)]
FLOATS = ["float16", "float32", "float64", "longdouble"]

ARRAYS: dict[str, Callable[[], Any]] = {
    "tuple": lambda: tuple(LABELS),
    "array.array": lambda: array.array("b", LABELS),
    "memoryview": lambda: memoryview(array.array("d", LABELS)),
    "strided memoryview": lambda: memoryview(array.array("q", [x for x in LABELS for _ in "ab"]))[::2],
    "bool": lambda: np.array(LABELS, dtype=bool),
    "strided": lambda: np.repeat(np.array(LABELS), 3)[::3],
    "column of a matrix": lambda: np.array([LABELS, LABELS]).T[:, 1],
    "read-only": lambda: np.frombuffer(np.array(LABELS, dtype="int64").tobytes(), dtype="int64"),
    "big-endian": lambda: np.array(LABELS, dtype=">i4"),
    "big-endian floats": lambda: np.array(LABELS, dtype=">f8"),
    "masked, nothing missing": lambda: np.ma.masked_array(LABELS, mask=[False] * N),
    "objects": lambda: np.array(LABELS, dtype=object),
    "texts": lambda: np.array(LABELS).astype(str),
    "texts of any length": lambda: np.array(LABELS).astype(str).astype(np.dtypes.StringDType()),
    "NumPy scalars": lambda: list(np.array(LABELS)),
    "booleans": lambda: [label == 1 for label in LABELS],
    "numbers and texts": lambda: [str(label) if index % 2 else label for index, label in enumerate(LABELS)],
    "integers and floats": lambda: [float(label) if index % 2 else label for index, label in enumerate(LABELS)],
    "decimals": lambda: [decimal.Decimal(label) for label in LABELS],
    "pandas series": lambda: pd.Series(LABELS, index=range(N, 0, -1)),
    "pandas category": lambda: pd.Series(LABELS, dtype="category"),
    "pandas nullable": lambda: pd.Series(LABELS, dtype="Int8"),
    "pandas boolean": lambda: pd.Series([label == 1 for label in LABELS], dtype="boolean"),
    "polars series": lambda: pl.Series(LABELS),
    "polars enum": lambda: pl.Series([str(label) for label in LABELS], dtype=pl.Enum(["0", "1"])),
    "pyarrow array": lambda: pa.array(LABELS),
    "pyarrow chunks": lambda: pa.chunked_array([LABELS[:7], [], LABELS[7:]]),
    "pyarrow dictionary": lambda: pa.array([str(label) for label in LABELS]).dictionary_encode(),
    "pyarrow decimals": lambda: pa.array([decimal.Decimal(label) for label in LABELS], pa.decimal128(10, 0)),
    **{
        kind: (lambda kind=kind: np.array(LABELS, dtype=kind))
        for kind in [
            "int8",
            "int16",
            "int32",
            "int64",
            "uint8",
            "uint16",
            "uint32",
            "uint64",
            "float16",
            "float32",
            "float64",
            "longdouble",
        ]
    },
}


@pytest.mark.parametrize("kind", ARRAYS)
def test_labels_of_every_type(kind: str) -> None:
    assert digest(y=ARRAYS[kind]()) == BASE


@pytest.mark.parametrize("kind", [*FLOATS, ">f4"])
def test_scores_of_every_type(kind: str) -> None:
    assert digest(s=np.array(SCORES, dtype=kind)) == BASE


def test_groups_that_are_booleans_are_words() -> None:
    words = ["true", "false"] * (N // 2)
    flags = [word == "true" for word in words]
    told = {
        digest(g=words),
        digest(g=flags),
        digest(g=np.array(flags)),
        digest(g=pd.Series(flags, dtype="boolean")),
        digest(g=pa.array(flags)),
        digest(g=[str(flag) for flag in flags]),
    }
    assert len(told) == 1
    assert told != {digest(g=[int(flag) for flag in flags])}


def test_texts_of_every_language() -> None:
    words = ["größe", "大小", "😀", "a b", "", "x" * 30] * (N // 6)
    told = {
        digest(g=words),
        digest(g=np.array(words)),
        digest(g=np.array(words, dtype=">U30")),
        digest(g=pa.array(words)),
    }
    assert len(told) == 1
    assert digest(g=np.array(words * 2)[::2]) == digest(g=words[::2] * 2)


@pytest.mark.parametrize("role", ["y", "s", "g"])
def test_what_is_missing(role: str) -> None:
    values = {"y": LABELS, "s": SCORES, "g": ["a", "b", "c"] * (N // 3)}[role]
    holes = [index % 5 == 0 for index in range(N)]

    def with_(missing: Any) -> list[Any]:
        return [missing if hole else value for hole, value in zip(holes, values, strict=True)]

    told = {
        digest(**{role: with_(missing)}) for missing in (None, float("nan"), np.nan, pd.NA, pd.NaT, np.float32("nan"))
    }
    told.add(digest(**{role: pd.Series(with_(None))}))
    told.add(digest(**{role: pd.Series(with_(None), dtype="category")}))
    told.add(digest(**{role: pl.Series(with_(None))}))
    told.add(digest(**{role: pa.array(with_(None))}))
    told.add(digest(**{role: np.ma.masked_array(np.array(values, dtype=object), mask=holes)}))
    told.add(digest(**{role: ["" if hole else str(value) for hole, value in zip(holes, values, strict=True)]}))
    if role != "g":
        told.add(digest(**{role: np.array(with_(np.nan), dtype=float)}))
        told.add(digest(**{role: np.ma.masked_array(values, mask=holes)}))
    assert len(told) == 1
    assert told != {BASE}


def test_times_of_every_type() -> None:
    days = np.datetime64("2026-07-01") + np.arange(N)
    dates = days.astype(datetime.date).tolist()
    midnights = [datetime.datetime(day.year, day.month, day.day) for day in dates]
    texts = [str(day) for day in dates]
    told = {digest(t=days.astype(f"datetime64[{unit}]")) for unit in ("D", "h", "m", "s", "ms", "us", "ns")}
    told |= {digest(t=days.astype(">M8[us]")), digest(t=dates), digest(t=midnights), digest(t=texts)}
    told |= {digest(t=pd.Series(days)), digest(t=pd.to_datetime(pd.Series(texts)).dt.tz_localize("UTC"))}
    told |= {digest(t=pl.Series(dates)), digest(t=pl.Series(midnights)), digest(t=pa.array(dates))}
    told |= {digest(t=[pd.Timestamp(text) for text in texts])}
    assert len(told) == 1
    holes = [None if index % 7 == 0 else day for index, day in enumerate(dates)]
    with_holes = {
        digest(t=holes),
        digest(t=np.array(holes, dtype="datetime64[us]")),
        digest(t=pd.Series(pd.to_datetime(pd.Series(holes)))),
    }
    assert len(with_holes) == 1
    assert with_holes != told


def test_integers_too_large_for_a_float_stay_apart() -> None:
    large = [2**53 + index for index in range(N)]
    ids = [
        modelassay.audit({"y": LABELS, "p": LABELS, "id": ids}, label="y", prediction="p", id="id").digest
        for ids in (
            large,
            np.array(large),
            [str(number) for number in large],
            pd.Series(large, dtype="Int64"),
            [2**53 + i for i in range(N)],
        )
    ]
    assert len(set(ids)) == 1
    huge = [2**70 + index for index in range(N)]
    report = modelassay.audit({"y": LABELS, "p": LABELS, "id": huge}, label="y", prediction="p", id="id")
    assert report.findings.get("data/duplicate-ids").outcome == "met"


def test_columns_that_no_one_reads_may_hold_anything() -> None:
    assert digest(other=[object()] * N, matrix=np.zeros((N, 3)), short=[1]) == BASE


def test_days_of_every_type() -> None:
    table = {"y": LABELS, "p": LABELS}
    days = [
        "2026-11-23",
        datetime.date(2026, 11, 23),
        datetime.datetime(2026, 11, 23, 12),
        np.datetime64("2026-11-23"),
        pd.Timestamp("2026-11-23"),
    ]
    told = {modelassay.audit(table, label="y", prediction="p", as_of=day).digest for day in days}
    assert len(told) == 1


def test_numbers_and_quantiles_of_every_kind_of_table() -> None:
    draw = np.random.default_rng(5)
    label = draw.normal(size=N)
    prediction = label + draw.normal(size=N)
    columns = {"y": label, "p": prediction, "low": prediction - 1.5, "high": prediction + 1.5}
    tables = [
        columns,
        {name: list(values) for name, values in columns.items()},
        pd.DataFrame(columns),
        pa.table(columns),
    ]
    reports = [
        modelassay.audit(
            table,
            task="regression",
            label="y",
            prediction="p",
            quantiles={0.1: "low", 0.9: "high"},
            criteria=["mean_absolute_error <= 100"],
        )
        for table in tables
    ]
    assert len({report.digest for report in reports}) == 1
    measures = reports[0].measures
    assert measures.get("mean_absolute_error").value == pytest.approx(np.abs(prediction - label).mean(), rel=1e-12)
    inside = np.abs(prediction - label) <= 1.5
    assert measures.get("interval_coverage").value == pytest.approx(inside.mean())
    assert reports[0].verdict == "pass"
