"""The report in Python: its tables, its renderings, its files."""

from __future__ import annotations

import copy
import json
import os
import pickle
import re
from pathlib import Path

import jsonschema
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from conftest import Case, case

import modelassay


@pytest.fixture(scope="module")
def report() -> modelassay.Report:
    mortgage = case("mortgage")
    return modelassay.audit(plan=mortgage.plan, as_of=mortgage.as_of)


def test_verdict(report: modelassay.Report) -> None:
    assert report.verdict == "fail"
    assert report.verdict in {"fail", "incomplete"}
    assert report.verdict.exit_code == 1
    assert report.verdict.criteria["total"] == len(report.criteria) == 10
    assert report.verdict.findings["total"] == len(report.findings)
    assert report.verdict.reason


def test_criteria_stand_by_their_worst_group(report: modelassay.Report) -> None:
    counts = pl.DataFrame(report.criteria)["outcome"].value_counts()
    tally = report.verdict.criteria
    assert dict(counts.iter_rows()) == {name: count for name, count in tally.items() if count and name != "total"}
    for criterion in report.criteria:
        worst = report.findings.get(criterion.worst)
        assert (worst.criterion, worst.outcome) == (criterion.criterion, criterion.outcome)
        assert criterion.findings == len(report.findings.where(criterion=criterion.criterion))


def test_records_are_what_the_json_says(report: modelassay.Report) -> None:
    wire = report.to_dict()
    assert len(wire["measures"]) == len(report.measures)
    for record, measure in zip(report.measures, wire["measures"], strict=True):
        assert (record.id, record.name, record.value, record.n) == (
            measure["id"],
            measure["name"],
            measure["value"],
            measure["n"],
        )
        interval = measure.get("interval")
        if interval is None:
            assert record.lower is record.upper is record.level is record.method is None
        else:
            assert (record.lower, record.upper) == (interval["lower"], interval["upper"])
        assert (record.value is None) == (record.undefined is not None)
    for answer, finding in zip(report.findings, wire["findings"], strict=True):
        assert (answer.id, answer.outcome, answer.summary) == (finding["id"], finding["outcome"], finding["summary"])


@pytest.mark.parametrize("name", ["measures", "findings", "criteria"])
def test_tables_are_frames(report: modelassay.Report, name: str) -> None:
    table = getattr(report, name)
    fields = list(table[0]._fields)
    arrow = pa.table(table)
    assert arrow.column_names == fields
    assert [tuple(row.values()) for row in arrow.to_pylist()] == [tuple(row) for row in table]
    assert pl.DataFrame(table).equals(pl.DataFrame(arrow))
    frame = pd.DataFrame(table)
    assert list(frame.columns) == fields
    assert len(frame) == len(table)
    assert table.to_dicts() == arrow.to_pylist()
    some = table[2:7]
    assert pa.table(some).to_pylist() == arrow.to_pylist()[2:7]
    assert list(some) == list(table)[2:7]
    assert some[1] in table
    assert list(reversed(some)) == list(some)[::-1]
    assert table[-1] == list(table)[-1]
    assert str(len(table)) in repr(table).splitlines()[0]


def test_types_of_columns_do_not_depend_on_the_rows(report: modelassay.Report) -> None:
    none = report.measures.where(name="none of that name")
    assert len(none) == 0
    assert pa.table(none).schema == pa.table(report.measures).schema
    assert repr(none) == "Measures: 0 rows"


def test_filters(report: modelassay.Report) -> None:
    measures = report.measures
    black = measures.get("selection_rate", attribute="race", group="black")
    assert black.n == 118
    assert black.value == pytest.approx(73 / 118)
    whole = measures.get("selection_rate")
    assert whole.attribute is whole.group is None
    both = measures.get("selection_rate", attribute=["race", "sex"], group=["black", "male"])
    assert both.id == "selection_rate:race&sex=black&male"
    missing = measures.get("selection_rate", attribute="sex", group=[None])
    assert missing == measures.get("selection_rate", attribute="sex", group="∅")
    assert measures.get("roc_auc", table="reference").table == "reference"
    rates = measures.where(name=["selection_rate", "recall"], attribute="race", value=lambda value: value is not None)
    assert {rate.name for rate in rates} == {"selection_rate", "recall"}
    # A filter of a filter still knows its rows.
    again = rates.where(name="recall")
    assert pl.DataFrame(again)["id"].to_list() == [measure.id for measure in again]
    open_ = report.findings.where(outcome={"not_met", "undecided"}, dimension="fairness")
    assert len(open_) == sum(
        f.outcome in ("not_met", "undecided") and f.dimension == "fairness" for f in report.findings
    )


def test_json(report: modelassay.Report, tmp_path: Path) -> None:
    text = report.to_json()
    jsonschema.validate(json.loads(text), json.loads(modelassay.schema("findings")))
    assert json.loads(text) == json.loads(report.to_json(indent=True)) == report.to_dict()
    assert report.to_json(tmp_path / "report.json") is None
    assert (tmp_path / "report.json").read_text() == text
    assert [path.name for path in tmp_path.iterdir()] == ["report.json"]


def test_errors_fit_their_schema() -> None:
    with pytest.raises(modelassay.PlanError) as caught:
        modelassay.audit({}, plan="label: y\npredicton: p\n")
    jsonschema.validate(json.loads(caught.value.to_json()), json.loads(modelassay.schema("error")))


def test_html(report: modelassay.Report, tmp_path: Path) -> None:
    page = report.to_html()
    assert page.startswith("<!")
    assert report.digest in page
    assert "<script" not in page.lower()
    assert not re.search(r"(src|href)=[\"']?(https?:)?//", page)
    assert report.to_html(str(tmp_path / "report.html")) is None
    assert (tmp_path / "report.html").read_text(encoding="utf-8") == page


def test_notebook_view_has_no_script_and_asks_for_nothing(report: modelassay.Report) -> None:
    view = report._repr_html_()
    for word in ("<script", "javascript:", " on", "http://", "https://", "<link", "<style", "url("):
        if word == " on":
            assert not re.search(r"<[^>]*\son[a-z]+=", view)
        else:
            assert word not in view.lower().replace("http://www.w3.org/", "")
    assert "fail" in view.lower()
    assert len(view) < 100_000


def test_views_escape_hostile_names() -> None:
    canary = "<script>alert(1)</script>"
    data = {"y": [1, 0] * 20, "p": [1, 0] * 20, canary: [canary, "&amp;"] * 20}
    report = modelassay.audit(data, label="y", prediction="p", protected=[canary], model={"name": canary})
    for view in (report._repr_html_(), report.to_html(), report.measures._repr_html_(), report.findings._repr_html_()):
        assert "<script" not in view
        assert "&lt;script&gt;" in view


def test_text(report: modelassay.Report) -> None:
    text = report.to_text(width=80)
    assert "FAIL" in text
    assert "\x1b" not in text
    assert all(len(line) <= 80 for line in text.splitlines())
    assert "\x1b[" in report.to_text(colour=True)


def test_repr(report: modelassay.Report) -> None:
    text = repr(report)
    assert text.startswith("<Report fail: 10 criteria (3 met, 3 not met, 4 undecided); ")
    assert report.digest[:12] in text
    assert "\n" not in text


def test_raise_for_outcome(report: modelassay.Report) -> None:
    report.raise_for_outcome("error")
    with pytest.raises(modelassay.OutcomeError) as caught:
        report.raise_for_outcome("not_met")
    assert {finding.outcome for finding in caught.value.findings} == {"not_met"}
    assert len(caught.value.findings) == report.verdict.findings["not_met"]
    assert caught.value.findings[0].summary in str(caught.value)
    assert isinstance(caught.value, AssertionError)
    assert caught.value.code == "not_met"
    # Questions without a criterion do not count as not assessed: the verdict does not count them either.
    report.raise_for_outcome("not_assessed")


def test_reports_can_be_pickled_and_compared(report: modelassay.Report, mortgage: Case) -> None:
    again = pickle.loads(pickle.dumps(report))
    assert again == report
    assert again.to_json() == report.to_json()
    assert hash(again) == hash(report)
    assert copy.copy(report.verdict).reason == report.verdict.reason
    rates = report.measures.where(name="selection_rate")
    assert list(pickle.loads(pickle.dumps(rates))) == list(rates)
    without_date = modelassay.audit(plan=mortgage.plan)
    assert without_date != report


def test_provenance(report: modelassay.Report, mortgage: Case) -> None:
    provenance = report.to_dict()["provenance"]
    assert provenance["surface"] == "python"
    assert [source["role"] for source in provenance["sources"]] == ["labels", "predictions", "reference"]
    source = provenance["sources"][1]
    assert (source["name"], source["format"]) == ("predictions.csv", "csv")
    assert source["bytes"] == mortgage.tables["data"].stat().st_size
    import hashlib

    assert source["sha256"] == hashlib.sha256(mortgage.tables["data"].read_bytes()).hexdigest()


def test_files_are_written_whole_or_not_at_all(
    report: modelassay.Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "report.html"
    target.write_text("the report of yesterday")
    target.chmod(0o640)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space left"):
            report.to_html(target)
    assert target.read_text() == "the report of yesterday"
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]
    report.to_html(target)
    assert target.read_text(encoding="utf-8") == report.to_html()
    with pytest.raises(FileNotFoundError):
        report.to_html(tmp_path / "nowhere" / "report.html")


def test_a_table_that_the_plan_names_can_be_left_out(mortgage: Case) -> None:
    report = modelassay.audit(plan=mortgage.plan, reference=False)
    assert report.to_dict()["inputs"]["reference"] is None


def test_progress(mortgage: Case) -> None:
    told: list[tuple[str, int, int | None, str]] = []
    modelassay.audit(plan=mortgage.plan, progress=lambda *what: told.append(what))
    assert [what for what in told if what[1] == what[2]] == [
        (role, path.stat().st_size, path.stat().st_size, "bytes")
        for role, path in (
            ("labels", mortgage.tables["labels"]),
            ("predictions", mortgage.tables["data"]),
            ("reference", mortgage.tables["reference"]),
        )
    ]

    def stop(*_: object) -> None:
        raise LookupError("seen enough")

    with pytest.raises(LookupError, match="seen enough"):
        modelassay.audit(plan=mortgage.plan, progress=stop)


def test_bar(mortgage: Case, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    modelassay.audit(plan=mortgage.plan, progress=True)
    assert capsys.readouterr().err == "", "short work leaves no trace"
    monkeypatch.setattr("modelassay._progress._PATIENCE", 0.0)
    modelassay.audit(plan=mortgage.plan, progress=True)
    bar = capsys.readouterr().err
    assert "predictions [########################] 100% of 88.9 kB" in bar
    assert bar.endswith("\r\x1b[K")
    modelassay.audit(plan=mortgage.plan)
    assert capsys.readouterr().err == "", "no bar where there is no terminal"
