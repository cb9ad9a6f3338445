"""The gallery of bad input: what a user reads, word for word, in bad_input.txt.

MODELASSAY_UPDATE=1 writes the file again; read the difference before you commit it.
"""

from __future__ import annotations

import json
import os
import pickle
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import modelassay
from modelassay import audit

SNAPSHOTS = Path(__file__).with_name("bad_input.txt")

GOOD: dict[str, Any] = {"y": [1, 0] * 20, "p": [1, 0] * 20, "s": [0.9, 0.1] * 20}
ROLES: Any = {"label": "y", "prediction": "p", "score": "s"}


def _broken_reader() -> pa.RecordBatchReader:
    def batches() -> Iterator[pa.RecordBatch]:
        yield pa.record_batch({"y": [1, 0], "p": [1, 0], "s": [0.5, 0.5]})
        raise RuntimeError("the connection is gone")

    schema = pa.schema({"y": pa.int64(), "p": pa.int64(), "s": pa.float64()})
    return pa.RecordBatchReader.from_batches(schema, batches())


def _file(name: str, content: bytes) -> str:
    Path(name).write_bytes(content)
    return name


def _cut_parquet() -> str:
    pl.DataFrame(GOOD).write_parquet("whole.parquet")
    whole = Path("whole.parquet").read_bytes()
    return _file("cut.parquet", whole[: len(whole) // 2])


PYTHON: dict[str, Callable[[], Any]] = {
    # Arrays and lists
    "arrays: unequal lengths": lambda: audit({**GOOD, "p": [1]}, **ROLES),
    "arrays: two dimensions": lambda: audit({**GOOD, "s": np.zeros((40, 2))}, **ROLES),
    "arrays: complex numbers": lambda: audit({**GOOD, "s": np.zeros(40, dtype=complex)}, **ROLES),
    "arrays: durations": lambda: audit({**GOOD, "s": np.zeros(40, dtype="timedelta64[s]")}, **ROLES),
    "arrays: a text instead of a column": lambda: audit({**GOOD, "y": "yes"}, **ROLES),
    "arrays: a number instead of a column": lambda: audit({**GOOD, "y": 1}, **ROLES),
    "arrays: bytes": lambda: audit({**GOOD, "y": [b"1", b"0"] * 20}, **ROLES),
    "arrays: objects": lambda: audit({**GOOD, "y": [{}] * 40}, **ROLES),
    "arrays: half of a surrogate pair": lambda: audit({**GOOD, "y": ["\ud800"] * 40}, **ROLES),
    "arrays: text among scores": lambda: audit({**GOOD, "s": ["0.1"] * 38 + ["high", "low"]}, **ROLES),
    "arrays: booleans as scores": lambda: audit({**GOOD, "s": [True, False] * 20}, **ROLES),
    "arrays: labels that the plan does not explain": lambda: audit({**GOOD, "y": ["yes", "no"] * 20}, **ROLES),
    "arrays: decisions that the plan does not explain": lambda: audit({**GOOD, "p": ["approve", "deny"] * 20}, **ROLES),
    "arrays: negative weights": lambda: audit({**GOOD, "w": [-1, 1] * 20}, weight="w", **ROLES),
    "arrays: a matrix without names": lambda: audit(np.zeros((3, 2)), **ROLES),  # type: ignore[arg-type]
    # Frames
    "frames: a column that is not there": lambda: audit(pd.DataFrame(GOOD), **{**ROLES, "label": "Y"}),
    "frames: two columns of one name": lambda: audit(
        pd.DataFrame([[1, 1, 1]], columns=["y", "y", "p"]), label="y", prediction="p"
    ),
    "frames: not collected yet": lambda: audit(pl.DataFrame(GOOD).lazy(), **ROLES),  # type: ignore[arg-type]
    "frames: a single column": lambda: audit(pl.Series("y", [1, 0]), **ROLES),
    "frames: structures in a column": lambda: audit(pa.table({**GOOD, "y": [{"a": 1}] * 40}), **ROLES),
    "frames: a list of frames": lambda: audit([pd.DataFrame(GOOD)], **ROLES),  # type: ignore[arg-type]
    "frames: a stream that breaks off": lambda: audit(_broken_reader(), **ROLES),
    # Files
    "files: none of that name": lambda: audit("nowhere.csv", **ROLES),
    "files: a folder": lambda: audit(".", **ROLES),
    "files: a pickle": lambda: audit(_file("model.pkl", pickle.dumps({})), **ROLES),
    "files: half a Parquet": lambda: audit(_cut_parquet(), **ROLES),
    "files: a short row": lambda: audit(_file("short.csv", b"y,p,s\n1,1,0.5\n1,1\n"), **ROLES),
    "files: an empty one": lambda: audit(_file("empty.csv", b""), **ROLES),
    # Plans and keywords
    "plan: nothing at all": lambda: audit(GOOD),
    "plan: no such file": lambda: audit(GOOD, plan="plan.yml"),
    "plan: several problems": lambda: audit(GOOD, plan="label: y\npredicton: p\nlevel: 95\ncriteria: [recal >= 0.5]\n"),
    "plan: a keyword that contradicts it": lambda: audit(GOOD, plan="label: y\nprediction: p\n", label="p"),
    "keywords: a measure that is not there": lambda: audit(GOOD, criteria=["roc_auk >= 0.7"], **ROLES),
    "keywords: not a number": lambda: audit(GOOD, threshold=float("nan"), **ROLES),
    "keywords: an object": lambda: audit(GOOD, features=[object()], **ROLES),  # type: ignore[list-item]
    "keywords: no threads": lambda: audit(GOOD, threads=0, **ROLES),
    "keywords: not a date": lambda: audit(GOOD, as_of="yesterday", **ROLES),
    "keywords: a number as date": lambda: audit(GOOD, as_of=20261123, **ROLES),  # type: ignore[arg-type]
    "plan: a number": lambda: audit(GOOD, plan=3),  # type: ignore[arg-type]
    "keywords: no data": lambda: audit(**ROLES),
    "keywords: labels without an id": lambda: audit(GOOD, labels=GOOD, **ROLES),
    # Reports
    "report: a measure that is not there": lambda: audit(GOOD, **ROLES).measures.get("recal"),
    "report: several measures": lambda: audit({**GOOD, "g": ["a", "b"] * 20}, protected="g", **ROLES).measures.get(
        "recall", attribute="g"
    ),
    "report: a column that is not there": lambda: audit(GOOD, **ROLES).findings.where(result="met"),
    "report: an outcome that is not there": lambda: audit(GOOD, **ROLES).raise_for_outcome("failed"),  # type: ignore[arg-type]
    "report: outcomes": lambda: audit(GOOD, criteria=["accuracy <= 0.2"], **ROLES).raise_for_outcome(),
    "explain: neither check nor measure": lambda: modelassay.explain("fairness/selection-ratio"),
    "schema: none of that name": lambda: modelassay.schema("report"),
}

PLAN = "data: good.csv\nlabel: y\nprediction: p\nscore: s\n"
COMMANDS: dict[str, list[str]] = {
    "command line: no command": [],
    "command line: no such command": ["audit", "plan.yaml"],
    "command line: no such plan": ["run", "plans.yaml"],
    "command line: no such data": ["run", "plan.yaml", "--data", "nowhere.csv"],
    "command line: no such format": ["run", "plan.yaml", "--format", "pdf"],
    "command line: no such outcome": ["run", "plan.yaml", "--fail-on", "failed"],
    "command line: not a date": ["run", "plan.yaml", "--as-of", "tomorrow"],
    "command line: a file instead of a folder": ["run", "plan.yaml", "--out", "good.csv"],
    "command line: a folder that cannot be made": ["run", "plan.yaml", "--out", "good.csv/report"],
    "command line: errors as JSON": ["run", "bad.yaml", "--errors", "json"],
    "command line: a plan that is there already": ["init", "good.csv", "-o", "plan.yaml"],
    "command line: neither check nor measure": ["explain", "recal"],
}


def _told(act: Callable[[], Any]) -> str:
    try:
        act()
    except modelassay.ModelassayError as error:
        return f"{type(error).__name__}: {error}"
    raise AssertionError("nothing was raised")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("gallery")
    before = Path.cwd()
    os.chdir(folder)
    try:
        texts = {name: _told(act) for name, act in PYTHON.items()}
        Path("good.csv").write_text(pl.DataFrame(GOOD).write_csv())
        Path("plan.yaml").write_text(PLAN)
        Path("bad.yaml").write_text(PLAN + "threshhold: 0.5\n")
        for name, arguments in COMMANDS.items():
            done = subprocess.run([sys.executable, "-m", "modelassay", *arguments], capture_output=True, text=True)
            # Later versions of Python list choices without quotes.
            stderr = re.sub(r"(?<=choose from ).*", lambda found: found[0].replace("'", ""), done.stderr)
            texts[name] = f"exit {done.returncode}\n{stderr}{done.stdout}".rstrip("\n")
        left = sorted(path.name for path in Path().iterdir())
    finally:
        os.chdir(before)
    written = {
        "whole.parquet",
        "cut.parquet",
        "model.pkl",
        "short.csv",
        "empty.csv",
        "good.csv",
        "plan.yaml",
        "bad.yaml",
    }
    assert set(left) == written, "a failed run left something behind"
    return texts


def _snapshots() -> dict[str, str]:
    parts = re.split(r"^== (.*) ==\n", SNAPSHOTS.read_text(), flags=re.MULTILINE)[1:]
    return {name: text.rstrip("\n") for name, text in zip(parts[::2], parts[1::2], strict=True)}


def test_every_text_is_as_committed(told: dict[str, str]) -> None:
    if os.environ.get("MODELASSAY_UPDATE"):
        SNAPSHOTS.write_text("\n".join(f"== {name} ==\n{text}\n" for name, text in told.items()))
    assert told == _snapshots()


def test_every_error_has_code_message_and_hint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, act in PYTHON.items():
        if name == "report: outcomes":
            continue
        with pytest.raises(modelassay.ModelassayError) as caught:
            act()
        assert caught.value.problems, name
        for problem in caught.value.problems:
            assert re.fullmatch(r"[a-z_]+", problem["code"]), name
            assert problem["message"], name
        assert caught.value.hint, name
        assert json.loads(caught.value.to_json())["problems"] == list(caught.value.problems)


def test_errors_survive_pickling() -> None:
    with pytest.raises(modelassay.DataError) as caught:
        PYTHON["arrays: unequal lengths"]()
    again = pickle.loads(pickle.dumps(caught.value))
    assert (str(again), again.code) == (str(caught.value), "length_mismatch")
    with pytest.raises(modelassay.OutcomeError) as outcome:
        PYTHON["report: outcomes"]()
    again = pickle.loads(pickle.dumps(outcome.value))
    assert (str(again), again.findings) == (str(outcome.value), outcome.value.findings)


def test_the_exception_of_a_stream_is_kept() -> None:
    with pytest.raises(modelassay.DataError) as caught:
        PYTHON["frames: a single column"]()
    assert caught.value.__cause__ is not None
