"""Equal values give one digest: from any kind of table, in any order, cut anywhere, on any number of threads."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from conftest import ROOT, Case

import modelassay

Convert = Callable[[Case, Path, Path], Any]


def _pandas(case: Case, path: Path, **options: Any) -> pd.DataFrame:
    types = dict.fromkeys(case.text, object)
    return pd.read_csv(path, keep_default_na=False, na_values=[""], dtype=types, **options)


def _polars(case: Case, path: Path) -> pl.DataFrame:
    header = path.read_text().partition("\n")[0].split(",")
    return pl.read_csv(path, schema_overrides={name: pl.String for name in case.text if name in header})


def _pyarrow(case: Case, path: Path) -> pa.Table:
    return _polars(case, path).to_arrow()


def _dates(case: Case, path: Path, *_: Any) -> pd.DataFrame:
    frame = _pandas(case, path)
    for name in {"scored_at", "decided_at"} & set(frame.columns):
        frame[name] = pd.to_datetime(frame[name])
    return frame


def _zoned(case: Case, path: Path, *_: Any) -> pd.DataFrame:
    frame = _dates(case, path)
    for name in {"scored_at", "decided_at"} & set(frame.columns):
        frame[name] = frame[name].dt.tz_localize("UTC").dt.tz_convert("America/New_York")
    return frame


def _categories(case: Case, path: Path, *_: Any) -> pd.DataFrame:
    frame = _pandas(case, path)
    return frame.astype({name: "category" for name in case.text if name in frame.columns})


def _duckdb(case: Case, path: Path, folder: Path) -> duckdb.DuckDBPyRelation:
    _polars(case, path).write_parquet(folder / "for-duckdb.parquet")
    return duckdb.connect().read_parquet(str(folder / "for-duckdb.parquet"))


def _structured(case: Case, path: Path, *_: Any) -> Any:
    return _pandas(case, path).to_records(index=False)


def _crlf(case: Case, path: Path, folder: Path) -> Path:
    bytes_ = b"\xef\xbb\xbf" + path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    (folder / "crlf.csv").write_bytes(bytes_)
    return folder / "crlf.csv"


def _parquet(compression: Any, row_group_size: int) -> Convert:
    def convert(case: Case, path: Path, folder: Path) -> Path:
        target = folder / f"{path.stem}.parquet"
        _polars(case, path).write_parquet(target, compression=compression, row_group_size=row_group_size)
        return target

    return convert


def _ipc(stream: bool) -> Convert:
    def convert(case: Case, path: Path, folder: Path) -> Path:
        target = folder / f"{path.stem}.arrow"
        table = _pyarrow(case, path)
        make = pa.ipc.new_stream if stream else pa.ipc.new_file
        with make(target, table.schema) as writer:
            writer.write_table(table, max_chunksize=777)
        return target

    return convert


def _shuffled(seed: int) -> Convert:
    def convert(case: Case, path: Path, _: Path) -> pl.DataFrame:
        return _polars(case, path).sample(fraction=1.0, shuffle=True, seed=seed)

    return convert


def _chunks(size: int) -> Convert:
    def convert(case: Case, path: Path, _: Path) -> pa.RecordBatchReader:
        table = _pyarrow(case, path)
        # Batches of one row cost a call each: the first rows are enough of them.
        few = min(len(table), 200) if size == 1 else len(table)
        batches = table.slice(0, few).to_batches(max_chunksize=size) + table.slice(few).to_batches()
        return pa.RecordBatchReader.from_batches(table.schema, batches)

    return convert


CONVERSIONS: dict[str, Convert] = {
    "CSV": lambda _case, path, _folder: path,
    "CSV with CRLF and a byte order mark": _crlf,
    "Parquet, zstd": _parquet("zstd", 500),
    "Parquet, snappy, one row group": _parquet("snappy", 10_000_000),
    "Arrow IPC file": _ipc(stream=False),
    "Arrow IPC stream": _ipc(stream=True),
    "pandas, NumPy-backed": lambda case, path, _folder: _pandas(case, path),
    "pandas, Arrow-backed": lambda case, path, _f: _pandas(case, path).convert_dtypes(dtype_backend="pyarrow"),
    "pandas, nullable": lambda case, path, _folder: _pandas(case, path).convert_dtypes(),
    "pandas, categories": _categories,
    "pandas, dates": _dates,
    "pandas, dates in a time zone": _zoned,
    "polars": lambda case, path, _folder: _polars(case, path),
    "polars, categories": lambda case, path, _f: _polars(case, path).cast({pl.String: pl.Categorical}),
    "polars, dates": lambda case, path, _folder: _polars(case, path).with_columns(
        pl.col("^(scored_at|decided_at)$").str.to_date()
    ),
    "pyarrow table": lambda case, path, _folder: _pyarrow(case, path),
    "pyarrow reader, chunks of 1": _chunks(1),
    "pyarrow reader, chunks of 7": _chunks(7),
    "pyarrow reader, chunks of 4,096": _chunks(4096),
    "DuckDB": _duckdb,
    "dict of NumPy arrays": lambda case, path, _f: {k: v.to_numpy() for k, v in _pandas(case, path).items()},
    "dict of lists": lambda case, path, _folder: {k: v.tolist() for k, v in _pandas(case, path).items()},
    "dict of polars columns": lambda case, path, _folder: dict(_polars(case, path).to_dict()),
    "NumPy record array": _structured,
    "shuffled, first seed": _shuffled(1),
    "shuffled, second seed": _shuffled(2),
}


def _audit(case: Case, tables: dict[str, Any], **options: Any) -> modelassay.Report:
    others = {role: table for role, table in tables.items() if role != "data"}
    return modelassay.audit(tables["data"], plan=case.plan, as_of=case.as_of, **others, **options)


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("conversion", CONVERSIONS)
def test_every_kind_of_table(each_case: Case, conversion: str, threads: int, tmp_path: Path) -> None:
    convert = CONVERSIONS[conversion]
    tables = {}
    for role, path in each_case.tables.items():
        folder = tmp_path / role
        folder.mkdir()
        tables[role] = convert(each_case, path, folder)
    assert _audit(each_case, tables, threads=threads).digest == each_case.digest


def test_the_rest_of_a_table_does_not_matter(mortgage: Case) -> None:
    frame = _pandas(mortgage, mortgage.tables["data"])
    frame = frame[frame.columns[::-1]].assign(notes=[{"any": "thing"}] * len(frame))
    tables = {**mortgage.tables, "data": frame.set_index(np.arange(len(frame)) * 3)}
    assert _audit(mortgage, tables).digest == mortgage.digest


def test_pandas_without_pyarrow(mortgage: Case) -> None:
    """The engine needs no package at all: pandas alone is read column by column."""
    program = f"""
import sys
sys.modules["pyarrow"] = None
import pandas, modelassay
frame = pandas.read_csv({str(mortgage.tables["data"])!r}, keep_default_na=False, na_values=[""])
report = modelassay.audit(frame, plan={str(mortgage.plan)!r}, as_of={mortgage.as_of!r})
print(report.digest, len(pandas.DataFrame(report.measures)))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    digest, rows = done.stdout.split()
    assert digest == mortgage.digest
    assert int(rows) > 100


@pytest.mark.parametrize("as_text", [False, True])
def test_plan_as_keywords_mapping_or_text(mortgage: Case, as_text: bool) -> None:
    plan: Any = json.loads(modelassay.audit(plan=mortgage.plan).to_json())["plan"]["canonical"]
    roles = plan.pop("roles")
    keywords = {**plan, **{key: value for key, value in roles.items() if value}}
    keywords["max_label_delay"] = "60 days"
    criteria = [{**criterion, **criterion.pop("subject")} for criterion in keywords.pop("criteria")]
    for criterion in criteria:
        criterion["subject"] = criterion.pop("kind")
        if not criterion.get("group"):
            criterion.pop("group", None)
        if criterion["subject"] == "overall":
            criterion.pop("attribute", None)
    keywords = {key: value for key, value in {**keywords, "criteria": criteria}.items() if value not in (None, {}, [])}
    tables = {**mortgage.tables}
    if as_text:
        report = _audit(Case(**{**mortgage.__dict__, "plan": json.dumps(keywords)}), tables)
    else:
        keywords.pop("schema_version")
        data = tables.pop("data")
        report = modelassay.audit(data, as_of=mortgage.as_of, **tables, **keywords)
    assert report.digest == mortgage.digest


def test_command_line(each_case: Case, tmp_path: Path) -> None:
    tables = [part for role, path in each_case.tables.items() for part in (f"--{role}", str(path))]
    command = [sys.executable, "-m", "modelassay", "run", str(each_case.plan), *tables]
    done = subprocess.run([*command, "--as-of", each_case.as_of, "--out", str(tmp_path), "--quiet"], cwd=ROOT)
    assert done.returncode in (0, 1, 3)
    assert json.loads((tmp_path / "report.json").read_text())["digest"] == each_case.digest
