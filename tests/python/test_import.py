"""The importers through Python and the command line; what each format fills is tested in the core."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ROOT

import modelassay
from modelassay._cli import main

SAMPLES = ROOT / "core" / "tests" / "fixtures" / "importers"
ALL = sorted(path for path in SAMPLES.iterdir() if path.name != "versions.txt")


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name)
def test_a_draft_is_a_dossier(path: Path) -> None:
    imported = modelassay.import_dossier(path)
    assert imported.filled
    assert all(filled.origin.file == path.as_posix() for filled in imported.filled)
    audited = modelassay.audit({"p": [1]}, prediction="p", dossier=imported.text, as_of="2026-11-23")
    assert audited.to_dict()["inputs"]["dossier"]["sections"] > 0


def test_the_first_of_two_statements_stands() -> None:
    imported = modelassay.import_dossier(SAMPLES / "README.md", SAMPLES / "card-toolkit.json")
    assert imported.formats == ("model_card", "card_toolkit")
    (auc,) = (conflict for conflict in imported.conflicts if isinstance(conflict.kept, float))
    assert (auc.kept, auc.given, auc.origin.line) == (0.82, 0.79, 34)
    assert repr(imported).startswith("Imported(filled=")


def test_beside_a_dossier_only_what_is_new_is_drafted() -> None:
    path = SAMPLES / "MLmodel"
    dossier = {"identity": {"artifact": {"size": 1}}, "design": {"features": [{"name": "age", "data_type": "long"}]}}
    imported = modelassay.import_dossier(path, dossier=dossier)
    assert [conflict.path for conflict in imported.conflicts] == ["identity.artifact.size"]
    assert "age" not in [filled.value for filled in imported.filled]


def test_bad_files_are_refused(tmp_path: Path) -> None:
    unknown, binary, large = tmp_path / "x.json", tmp_path / "b.md", tmp_path / "l.md"
    unknown.write_text("{}")
    binary.write_bytes(b"# \xff")
    large.write_bytes(b"\xc3\xa4" * (3 << 20))
    codes = {}
    for path in (unknown, binary, large, tmp_path / "none.md"):
        with pytest.raises(modelassay.ModelassayError) as caught:
            modelassay.import_dossier(path)
        codes[path.name] = caught.value.code
    assert codes == {
        "x.json": "format_unknown",
        "b.md": "text_encoding",
        "l.md": "budget_exceeded",
        "none.md": "file_unreadable",
    }
    with pytest.raises(modelassay.ModelassayError, match="no file"):
        modelassay.import_dossier()
    with pytest.raises(modelassay.ModelassayError, match="the formats are model_card"):
        modelassay.import_dossier(unknown, format="xml")  # type: ignore[arg-type]


def test_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft = tmp_path / "dossier.yaml"
    card, other = str(SAMPLES / "README.md"), str(SAMPLES / "card-toolkit.json")
    assert main(["import", card, other, "-o", str(draft)]) == 0
    out = capsys.readouterr().out
    assert "acceptance.declared[1].value  from" in out
    assert "Left out:" in out
    assert "Conflict: acceptance.declared[1].value is 0.82 from" in out
    assert modelassay.import_dossier(card, dossier=draft).filled == ()
    assert main(["import", card, "-o", str(draft)]) == 2
    assert "exists" in capsys.readouterr().err
    assert main(["import", card, "--dossier", str(draft)]) == 0
    printed = capsys.readouterr()
    assert printed.out.endswith("schema_version: 1\n")
    assert "Left out:" in printed.err
