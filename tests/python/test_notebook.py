"""The notebooks run from top to bottom, and show what they tell of."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import nbclient
import nbformat
import pytest
from conftest import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def _outputs(path: Path) -> list[Any]:
    notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    client = nbclient.NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(path.parent)}})
    client.execute()
    return [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook(path: Path) -> None:
    before = sorted(os.listdir(path.parent))
    outputs = _outputs(path)
    assert not [output for output in outputs if output.get("name") == "stderr"]
    views = [output["data"]["text/html"] for output in outputs if "text/html" in output.get("data", {})]
    assert any("What matters" in view and "<svg" in view for view in views)
    assert not any("<script" in view for view in views)
    assert sorted(os.listdir(path.parent)) == before, "a notebook leaves nothing in its folder"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_are_committed_without_outputs(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    assert not any(cell.get("outputs") for cell in notebook.cells), "outputs grow old: clear them before the commit"
