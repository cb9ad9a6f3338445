"""What the documents show is what happens: every command and every example is run.

MODELASSAY_UPDATE=1 writes the outputs into the documents; read the difference before you commit it.
"""

from __future__ import annotations

import contextlib
import doctest
import io
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT

import modelassay

FENCE = re.compile(r"^```(console|pycon)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def _console(block: str, _: dict[str, Any]) -> str:
    text = ""
    for command in re.findall(r"^\$ (.*)\n", block, re.MULTILINE):
        run = command.replace("modelassay ", f"{sys.executable} -m modelassay ")
        done = subprocess.run(run, shell=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        text += f"$ {command}\n{done.stdout}"
    return text


def _pycon(block: str, names: dict[str, Any]) -> str:
    text = ""
    for example in doctest.DocTestParser().get_examples(block):
        first, *rest = example.source.rstrip("\n").split("\n")
        text += f">>> {first}\n" + "".join(f"... {line}".rstrip() + "\n" for line in rest)
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            try:
                exec(compile(example.source, "<document>", "single"), names)
            except modelassay.ModelassayError as error:
                kind = f"{type(error).__module__.replace('._errors', '')}.{type(error).__name__}"
                out.write(f"Traceback (most recent call last):\n  ...\n{kind}: {error}\n")
        text += out.getvalue()
    return text


@pytest.mark.parametrize("name", ["python.md", "command-line.md"])
def test_document(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = ROOT / "docs" / name
    for file in ("plan.yaml", "dossier.yaml", "predictions.csv", "labels.csv", "reference.csv"):
        shutil.copy(ROOT / "examples" / "mortgage" / file, tmp_path)
    shutil.copy(ROOT / "core" / "tests" / "fixtures" / "importers" / "rules.yaml", tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)
    names: dict[str, Any] = {}
    run = {"console": _console, "pycon": _pycon}

    def again(found: re.Match[str]) -> str:
        return f"```{found[1]}\n{run[found[1]](found[2], names)}```"

    text = document.read_text()
    now = FENCE.sub(again, text)
    if os.environ.get("MODELASSAY_UPDATE"):
        document.write_text(now)
    else:
        # Digests change with every word of the engine: that they are shown matters, not which.
        digest = re.compile(r"\b[0-9a-f]{12,64}\b")
        assert digest.sub("…", now) == digest.sub("…", text)
