"""The public face: its names, its types, what it costs to import."""

from __future__ import annotations

import doctest
import inspect
import json
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from conftest import ROOT

import modelassay
from modelassay import _core


def test_keywords_are_the_keys_of_a_plan() -> None:
    parameters = inspect.signature(modelassay.audit).parameters
    keys = [name for name, _, _ in _core.plan_keys()]
    not_keywords = {"schema_version"}
    assert set(keys) - not_keywords <= set(parameters)
    assert set(parameters) - set(keys) == {"plan", "as_of", "threads", "progress", "surface"}
    assert all(p.kind is p.KEYWORD_ONLY for name, p in parameters.items() if name != "data")
    documented = inspect.getdoc(modelassay.audit) or ""
    for name in parameters:
        assert name in documented, f"{name} is not documented"


@pytest.mark.parametrize(
    ("record", "table"),
    [(modelassay.Measure, "measures"), (modelassay.Finding, "findings"), (modelassay.Criterion, "criteria")],
)
def test_records_have_the_columns_of_the_engine(record: type, table: str) -> None:
    assert list(record._fields) == _core.Report.columns(table)  # type: ignore[attr-defined, arg-type]


def test_the_schema_of_plans_knows_good_from_bad() -> None:
    schema = jsonschema.Draft202012Validator(json.loads(modelassay.schema("plan")))
    keys = {name: f"{about[0].upper()}{about[1:]}." for name, _, about in _core.plan_keys()}
    assert {name: value["description"] for name, value in schema.schema["properties"].items()} == keys
    criteria = ["roc_auc >= 0.7", {"measure": "recall", "comparator": ">=", "threshold": 0.5, "group": [None, "a"]}]
    good = {"model": "Scorecard", "label": "y", "protected": ["a", ["a", "b"]], "criteria": criteria}
    assert schema.is_valid(good)
    for rulebooks in (
        "eeoc",
        ["eeoc", {"us_credit": {"smd": 0.3}}],
        {"eeoc": None, "veritas": {"metrics": "fpr_parity"}},
    ):
        assert schema.is_valid({"rulebooks": rulebooks}), rulebooks
    for bad in (
        {"lable": "y"},
        {"level": 95},
        {"criteria": [{"measure": "recall"}]},
        {"protected": [["a", ["b"]]]},
        {"rulebooks": "eoec"},
        {"rulebooks": {"us_credit": {"smd": "0.3"}}},
        [],
    ):
        assert not schema.is_valid(bad), bad


def test_everything_public_is_documented() -> None:
    for name in modelassay.__all__:
        if name != "__version__":
            assert inspect.getdoc(getattr(modelassay, name)), name


def test_examples_in_docstrings() -> None:
    import modelassay._audit as module

    assert doctest.testmod(module, extraglobs={"modelassay": modelassay}).failed == 0


def test_import_is_quick_and_needs_nothing() -> None:
    program = """
import json, sys, time
before = set(sys.modules)
begun = time.perf_counter()
import modelassay
took = time.perf_counter() - begun
new = {name.partition(".")[0] for name in set(sys.modules) - before}
print(json.dumps([took, sorted(new - set(sys.stdlib_module_names) - {"modelassay"})]))
"""
    took = []
    for _ in range(5):
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        seconds, foreign = json.loads(done.stdout)
        took.append(seconds)
        assert [name for name in foreign if not name.startswith("_")] == []
    print(f"import modelassay: {min(took) * 1000:.0f} ms")


def test_types_are_checked(tmp_path: Path) -> None:
    """A user's own mypy sees the types."""
    pytest.importorskip("mypy")
    (tmp_path / "use.py").write_text(
        "import modelassay\n"
        "report = modelassay.audit('x.csv', plan='plan.yaml', protected=['race', ['race', 'sex']])\n"
        "reveal_type(report.measures.get('recall').value)\n"
        "reveal_type(report.findings[0].outcome)\n"
        "reveal_type(report.to_json())\n"
        "reveal_type([criterion.text for criterion in report.criteria[:2]])\n"
        "modelassay.audit(3)\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--no-incremental", "use.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    lines = done.stdout.splitlines()
    assert 'Revealed type is "float | None"' in lines[0]
    assert "not_met" in lines[1]
    assert 'Revealed type is "str"' in lines[2]
    assert 'Revealed type is "list[str]"' in lines[3]
    assert "use.py:7: error" in lines[4]


def test_stub_of_the_engine_is_true() -> None:
    pytest.importorskip("mypy")
    done = subprocess.run(
        [sys.executable, "-m", "mypy.stubtest", "modelassay._core", "--ignore-disjoint-bases"],
        capture_output=True,
        text=True,
        cwd=shutil.os.path.dirname(ROOT),  # type: ignore[attr-defined]
    )
    assert done.returncode == 0, done.stdout + done.stderr
