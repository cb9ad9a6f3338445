"""The dossier through Python and the command line."""

from __future__ import annotations

import datetime
import json
import shutil
import subprocess
from pathlib import Path

import jsonschema
import pytest
from conftest import ROOT

import modelassay
from modelassay._cli import main

EXAMPLE = ROOT / "examples" / "mortgage"
DOSSIER = EXAMPLE / "dossier.yaml"
CLEAN = ROOT / "core" / "tests" / "fixtures" / "dossier" / "clean.yaml"
DAY = "2026-11-23"
#: The faults that the README of the example lists.
PLANTED = {
    "documentation/binding",
    "documentation/currency",
    "documentation/declared-measures",
    "acceptance/agreement",
    "data_governance/deletion",
    "risks/treatment",
    "monitoring/coverage",
    "monitoring/thresholds",
    "access/separation-of-duties",
    "incidents/exercises",
    "audit_programme/auditors",
    "audit_programme/follow-up",
}


def governance(report: modelassay.Report) -> dict[str, str]:
    rows = ("performance", "fairness", "data", "predictions")
    return {finding.check: finding.outcome for finding in report.findings if finding.dimension not in rows}


def test_the_example_has_the_faults_that_its_readme_lists() -> None:
    report = modelassay.audit(plan=EXAMPLE / "plan.yaml", dossier=DOSSIER, as_of=DAY)
    assert {check for check, outcome in governance(report).items() if outcome == "not_met"} == PLANTED
    assert "dossier" in {source["role"] for source in report.to_dict()["provenance"]["sources"]}


def test_one_dossier_has_one_digest_however_it_is_given(tmp_path: Path) -> None:
    report = modelassay.audit(plan=EXAMPLE / "plan.yaml", dossier=DOSSIER, as_of=DAY)
    as_text = modelassay.audit(plan=EXAMPLE / "plan.yaml", dossier=DOSSIER.read_text(), as_of=DAY)
    assert as_text.digest == report.digest
    plan = (EXAMPLE / "plan.yaml").read_text()
    (tmp_path / "plan.yaml").write_text(
        plan.replace("data: predictions.csv", f"dossier: {DOSSIER}\ndata: predictions.csv")
    )
    for name in ("predictions.csv", "labels.csv", "reference.csv"):
        (tmp_path / name).write_bytes((EXAMPLE / name).read_bytes())
    assert modelassay.audit(plan=tmp_path / "plan.yaml", as_of=DAY).digest == report.digest
    without = modelassay.audit(plan=tmp_path / "plan.yaml", dossier=False, as_of=DAY)
    assert governance(without) == {"documentation/dossier": "not_assessed"}


def test_a_mapping_may_hold_days_and_paths() -> None:
    dossier = {
        "identity": {"model_id": "m", "deployed_at": datetime.date(2026, 1, 1), "artifact": {"path": Path("m.onnx")}}
    }
    report = modelassay.audit(
        {"y": [1, 0], "p": [1, 1]}, label="y", prediction="p", dossier=dossier, as_of=datetime.date(2026, 2, 1)
    )
    assert report.to_dict()["inputs"]["dossier"]["sections"] == 1


def test_every_problem_is_said_at_once() -> None:
    with pytest.raises(modelassay.DossierError) as caught:
        modelassay.audit({"p": [1]}, prediction="p", dossier={"identty": {}, "people": {"persons": [{"name": "x"}]}})
    assert [problem["code"] for problem in caught.value.problems] == ["dossier_unknown_key", "dossier_missing_key"]
    with pytest.raises(modelassay.DossierError, match="cannot hold a set"):
        modelassay.audit({"p": [1]}, prediction="p", dossier={"identity": {"model_id": {1}}})
    with pytest.raises(modelassay.ModelassayError, match="cannot be read"):
        modelassay.audit({"p": [1]}, prediction="p", dossier="nowhere.yaml")


def test_what_is_excepted_does_not_fail_a_pipeline() -> None:
    def exception(subject: str) -> dict[str, str]:
        said = {"reason": "a new card is being approved", "compensating_control": "the card is withdrawn"}
        return {"subject": subject, **said, "approved_by": "p-audit", "expires": "2026-12-31"}

    def audit(*subjects: str) -> modelassay.Report:
        dossier = {
            "people": {"owners": ["p-owner"], "persons": [{"id": "p-owner"}, {"id": "p-audit"}]},
            "acceptance": {"declared": [{"measure": "accuracy", "value": 0.2}]},
            "exceptions": [exception(subject) for subject in subjects],
        }
        rows = {"y": [1, 0] * 50, "p": [1, 0] * 50}
        return modelassay.audit(
            rows, label="y", prediction="p", criteria=["accuracy >= 0.5"], dossier=dossier, as_of=DAY
        )

    report = audit("documentation/declared-measures", "documentation/dossier")
    assert report.verdict == "conditional"
    report.raise_for_outcome()
    one = audit("documentation/dossier")
    assert (one.verdict, one.verdict.reason) == ("fail", "1 check of the dossier is not met.")
    with pytest.raises(modelassay.OutcomeError, match="1 finding") as caught:
        one.raise_for_outcome()
    assert [finding.check for finding in caught.value.findings] == ["documentation/declared-measures"]
    assert report.to_dict()["lacking"][0]["path"] == "audits"


def test_the_schedule_of_an_inventory() -> None:
    audits = modelassay.schedule([DOSSIER, CLEAN], as_of="2027-02-21")
    assert [(audit.model, audit.audit, audit.status) for audit in audits] == [
        ("lending", "light", "overdue"),
        ("mortgage-pre-decision", "light", "overdue"),
        ("lending", "full", "due_soon"),
        ("mortgage-pre-decision", "full", "ok"),
    ]
    # Six months after the 21st of August.
    assert audits[2].due == datetime.date(2027, 2, 21)
    calendar = audits.to_ics()
    assert calendar.count("BEGIN:VEVENT") == 4
    assert "DTSTART;VALUE=DATE:20270221\r\n" in calendar
    assert all(len(line.encode()) <= 75 for line in calendar.split("\r\n"))
    empty = modelassay.schedule({"identity": {"name": "new"}}, as_of=DAY)
    assert [(audit.model, audit.due, audit.status) for audit in empty] == [("new", None, None)] * 2


def test_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", "--dossier", "--tier", "low", "-o", str(tmp_path / "dossier.yaml")]) == 0
    capsys.readouterr()
    assert main(["schedule", str(tmp_path / "dossier.yaml"), "--as-of", DAY]) == 0
    assert "nothing to count from" in capsys.readouterr().out
    assert main(["schedule", str(DOSSIER), "--as-of", "2027-08-01", "--json"]) == 1
    assert {audit["status"] for audit in json.loads(capsys.readouterr().out)} == {"overdue"}
    assert main(["schedule", str(DOSSIER), "--as-of", "soon"]) == 2
    assert main(["init"]) == 2
    assert main(["schema", "dossier"]) == 0
    assert '"title": "Dossier"' in capsys.readouterr().out


@pytest.mark.parametrize(
    ("dossier", "sound"),
    [
        ({"identity": {"model_id": "m", "artifact": {"sha256": "a" * 64}}, "risks": "unknown"}, True),
        ({"risks": {"id": "r", "severity": {"value": 3, "evidence": [{"uri": "a.pdf"}], "asserted_by": "p"}}}, True),
        ({"documents": {"not_applicable": "a toy"}, "purpose": {"users": "officers"}, "retention": None}, True),
        ({"identty": {}}, False),
        ({"risks": [{"severity": 3}]}, False),
        ({"risks": [{"id": "r", "severity": -1}]}, False),
        ({"impact": {"assessed_at": 2026}}, False),
        ({"classification": {"tier": "huge"}}, False),
    ],
)
def test_the_schema_takes_what_the_reader_takes(dossier: dict[str, object], sound: bool) -> None:
    schema = json.loads(modelassay.schema("dossier"))
    assert jsonschema.Draft202012Validator(schema).is_valid(dossier) == sound
    if sound:
        modelassay.schedule(dossier, as_of=DAY)
    else:
        with pytest.raises(modelassay.DossierError):
            modelassay.schedule(dossier, as_of=DAY)


def test_rules_are_written_for_what_alerts_nobody(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = modelassay.alert_rules(DOSSIER)
    assert [(rule.watches, rule.expr, rule.exported) for rule in found.rules] == [
        ("acceptance.criteria[2]", "model_false_positive_rate > 0.35", False)
    ]
    out = tmp_path / "rules.yaml"
    assert main(["alerts", str(DOSSIER), "-o", str(out)]) == 0
    assert "acceptance.criteria[2]: model_false_positive_rate > 0.35 (not exported yet)" in capsys.readouterr().out
    assert out.read_text() == found.text
    # What is written is what the importer reads.
    drafted = {filled.path: filled.value for filled in modelassay.import_dossier(out).filled}
    assert drafted["monitoring.monitors[0].metric"] == "model_false_positive_rate"
    assert drafted["monitoring.monitors[0].comparator"] == "<="
    assert drafted["monitoring.monitors[0].threshold"] == 0.35
    assert main(["alerts", str(CLEAN), "-o", str(tmp_path / "none.yaml")]) == 0
    assert "No rule is missing" in capsys.readouterr().out
    assert not (tmp_path / "none.yaml").exists()
    assert main(["alerts", str(DOSSIER), "-o", str(out)]) == 2


def test_promtool_takes_the_rules(tmp_path: Path) -> None:
    unpacked = ROOT / "target" / "tools" / "usr" / "bin" / "promtool"
    promtool = str(unpacked) if unpacked.exists() else shutil.which("promtool")
    if promtool is None:
        pytest.skip("there is no promtool: it comes with Debian's package prometheus")
    dossier = {
        "identity": {"model_id": 'odd "name" {{ $value }}: # é'},
        "acceptance": {
            "criteria": [
                {"id": "low {{", "measure": "roc_auc", "comparator": ">=", "threshold": 0.75},
                {
                    "id": "gap",
                    "measure": "selection_rate_ratio",
                    "attribute": "sex",
                    "comparator": ">",
                    "threshold": 0.8,
                },
            ],
            "slas": [{"id": "slow", "measure": "latency_p95_ms", "comparator": "<", "threshold": 1e-7}],
        },
        "monitoring": {"exported_metrics": ["shop_auc"]},
    }
    rules = modelassay.alert_rules(dossier)
    assert [rule.metric for rule in rules.rules] == [
        "shop_auc",
        "model_selection_rate_ratio_by_sex",
        "model_latency_p95_ms",
    ]
    (tmp_path / "rules.yaml").write_text(rules.text)
    checked = subprocess.run([promtool, "check", "rules", "rules.yaml"], cwd=tmp_path, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr
    assert "6 rules found" in checked.stdout
