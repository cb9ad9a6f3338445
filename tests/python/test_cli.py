"""The command line as a user meets it: in a folder of their own, as a process of its own."""

from __future__ import annotations

import datetime
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from conftest import ROOT

import modelassay
from modelassay._cli import main

EXAMPLE = ROOT / "examples" / "mortgage"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("plan.yaml", "predictions.csv", "labels.csv", "reference.csv"):
        shutil.copy(EXAMPLE / name, tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def modelassay_(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **variables}
    return subprocess.run(
        [sys.executable, "-m", "modelassay", *arguments], capture_output=True, text=True, env=environment
    )


def test_run_writes_both_reports_and_says_what_is_next(folder: Path) -> None:
    done = modelassay_("run", "plan.yaml", "--out", "report", "--as-of", "2026-11-23")
    assert (done.returncode, done.stderr) == (1, "")
    lines = done.stdout.splitlines()
    assert lines[0] == "■ FAIL  Mortgage pre-decision 2026.1"
    assert lines[-2:] == ["Written: report/report.html, report/report.json", "Next: open report/report.html"]
    assert len(lines) < 60
    assert sorted(path.name for path in (folder / "report").iterdir()) == ["report.html", "report.json"]
    report = json.loads((folder / "report" / "report.json").read_text())
    assert report["as_of"] == "2026-11-23"
    assert report["provenance"]["surface"] == "command line"
    assert report["digest"] in (folder / "report" / "report.html").read_text()


def test_the_day_is_today_unless_told(folder: Path) -> None:
    before = datetime.date.today().isoformat()
    done = modelassay_("run", "plan.yaml", "--out", "out", "--format", "json")
    today = json.loads((folder / "out" / "report.json").read_text())["as_of"]
    assert before <= today <= datetime.date.today().isoformat()
    assert f"As of: {today}" in done.stdout
    assert not (folder / "out" / "report.html").exists()
    modelassay_("run", "plan.yaml", "--out", "out", "--format", "json", "--as-of", "none")
    assert json.loads((folder / "out" / "report.json").read_text())["as_of"] is None


def test_paths_of_a_plan_are_relative_to_it(folder: Path) -> None:
    (folder / "plans").mkdir()
    shutil.move("plan.yaml", "plans/plan.yaml")
    for name in ("predictions.csv", "labels.csv", "reference.csv"):
        shutil.move(name, f"plans/{name}")
    assert main(["run", "plans/plan.yaml", "--quiet"]) == 1
    shutil.move("plans/predictions.csv", "mine.csv")
    assert main(["run", "plans/plan.yaml", "--quiet", "--data", "mine.csv"]) == 1


@pytest.mark.parametrize(
    ("criteria", "options", "code"),
    [
        (["accuracy >= 0.5"], [], 0),
        (["accuracy >= 0.99"], [], 1),
        (["accuracy >= 0.9"], [], 3),
        ([], [], 3),
        (["accuracy >= 0.9"], ["--fail-on", "not_met"], 0),
        (["accuracy >= 0.9"], ["--fail-on", "not_met,undecided"], 1),
        (["accuracy >= 0.99"], ["--fail-on", "none"], 0),
        (["accuracy >= 0.99"], ["--fail-on", "not-met"], 1),
    ],
)
def test_exit_codes(
    folder: Path, criteria: list[str], options: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = ["y,p"] + ["1,1"] * 45 + ["0,0"] * 45 + ["0,1"] * 10
    (folder / "data.csv").write_text("\n".join(rows) + "\n")
    (folder / "plan.json").write_text(
        json.dumps({"data": "data.csv", "label": "y", "prediction": "p", "criteria": criteria})
    )
    assert main(["run", "plan.json", "--quiet", *options]) == code
    assert capsys.readouterr() == ("", "")


def test_a_failed_run_leaves_nothing(folder: Path) -> None:
    (folder / "predictions.csv").write_text("application_id\n1\n")
    before = sorted(folder.iterdir())
    done = modelassay_("run", "plan.yaml", "--out", "report")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error: ")
    assert sorted(folder.iterdir()) == before


def test_colours_only_on_a_terminal_and_without_no_color(folder: Path) -> None:
    assert "\x1b" not in modelassay_("run", "plan.yaml").stdout
    pty = pytest.importorskip("pty")
    for variables, coloured in (({"TERM": "xterm"}, True), ({"TERM": "xterm", "NO_COLOR": "1"}, False)):
        out, end = pty.openpty()
        command = [sys.executable, "-m", "modelassay", "run", "plan.yaml"]
        environment = {key: value for key, value in os.environ.items() if key != "NO_COLOR"} | variables
        process = subprocess.Popen(command, stdout=end, stderr=end, env=environment)
        os.close(end)
        text = b""
        while True:
            try:
                piece = os.read(out, 4096)
            except OSError:
                break
            if not piece:
                break
            text += piece
        assert process.wait() == 1
        os.close(out)
        assert (b"\x1b[31m" in text) == coloured


def test_a_reader_that_has_seen_enough_is_no_error(folder: Path) -> None:
    command = f"{sys.executable} -m modelassay checks | head -n 1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("Performance\n", "")


def test_checks_and_explain(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["checks"]) == 0
    text = capsys.readouterr().out
    assert all(check.id in text for check in modelassay.checks())
    assert main(["checks", "--json"]) == 0
    every = json.loads(capsys.readouterr().out)
    assert [check["id"] for check in every] == [check.id for check in modelassay.checks()]
    for check in every:
        assert main(["explain", check["id"]]) == 0
        text = capsys.readouterr().out
        assert text.startswith(f"# {check['title']}\n")
        assert "## What to do" in text
    for name in ("recall", "tpr", "true-positive-rate"):
        assert main(["explain", name]) == 0
        assert "Name in a plan: `recall`" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["findings", "plan", "error"])
def test_schema(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", name]) == 0
    jsonschema.Draft202012Validator.check_schema(json.loads(capsys.readouterr().out))


def test_from_init_to_a_report(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", "predictions.csv"]) == 0
    assert "data: predictions.csv" in capsys.readouterr().out
    (folder / "audits").mkdir()
    assert main(["init", "predictions.csv", "-o", "audits/mine.yaml"]) == 0
    assert 'data: "../predictions.csv"' in (folder / "audits" / "mine.yaml").read_text()
    assert main(["run", "audits/mine.yaml", "--quiet"]) == 3
    assert main(["init", "predictions.csv", "-o", "audits/mine.yaml"]) == 2
    assert main(["init", "predictions.csv", "-o", "audits/mine.yaml", "--force"]) == 0


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["--version"])
    assert left.value.code == 0
    assert capsys.readouterr().out == f"modelassay {modelassay.__version__}\n"


def test_the_console_script_is_installed() -> None:
    from importlib.metadata import entry_points

    scripts = entry_points(group="console_scripts", name="modelassay")
    if not scripts:
        pytest.skip("modelassay is not installed from a wheel")
    assert next(iter(scripts)).load() is main


def test_explain_says_what_libraries_would_give_on_the_data(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "fairness/selection-rate-ratio"]) == 0
    alone = capsys.readouterr().out
    assert "## How libraries compute ratio of selection rates" in alone
    assert "value here" not in alone
    assert main(["explain", "fairness/selection-rate-ratio", "--plan", "plan.yaml"]) == 0
    text = capsys.readouterr().out
    assert "### Between groups of race\n" in text
    # All other groups together were approved 121 times of 185, white applicants 860 times of 1,009.
    assert "| aif360 | `disparate_impact` | SR(all u) / SR(p) | 0.767 |" in text
    shutil.move("predictions.csv", "mine.csv")
    assert main(["explain", "disparate-impact", "--plan", "plan.yaml", "--data", "mine.csv"]) == 0
    assert "| 0.767 |" in capsys.readouterr().out
    assert main(["explain", "recall", "--plan", "plan.yaml", "--data", "mine.csv"]) == 0
    assert "How libraries" not in capsys.readouterr().out
    assert main(["explain", "disparate-impact", "--data", "mine.csv"]) == 2
    assert "name the plan that says what the columns are" in capsys.readouterr().err


def test_rulebooks_are_read_beside_the_criteria(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = Path("plan.yaml")
    before = plan.read_text()
    plan.write_text(f"{before}\nrulebooks: [eeoc, ll144]\n")
    assert main(["run", "plan.yaml", "--quiet", "--out", "out", "--format", "json"]) == 1
    report = json.loads(Path("out/report.json").read_text())
    read = {finding["id"]: finding for finding in report["findings"] if "rulebook" in finding}
    black = read["fairness/rulebook-eeoc:race=black"]
    assert (black["outcome"], black["rulebook"]["name"]) == ("not_met", "eeoc")
    figures = {figure["name"]: figure["value"] for figure in black["rulebook"]["figures"]}
    assert figures["impact_ratio"] == pytest.approx((73 / 118) / (860 / 1009))
    assert read["fairness/rulebook-ll144:race"]["outcome"] == "not_applicable"
    plan.write_text(f"{before}\nrulebooks: [eoec]\n")
    assert main(["run", "plan.yaml", "--quiet"]) == 2
    assert "did you mean `eeoc`?" in capsys.readouterr().err
