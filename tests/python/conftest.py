"""What the tests of the Python surface share."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REFERENCE_DATA = Path(os.environ.get("MODELASSAY_REFDATA", ROOT.parent / "shared" / "data"))


@dataclass(frozen=True)
class Case:
    """Tables, a plan and the one digest that every surface must give."""

    name: str
    plan: Path
    tables: dict[str, Path]
    as_of: str
    digest: str
    #: Columns that hold text, as a person who knows the table would say.
    text: tuple[str, ...]


_TEXT = {
    "mortgage": ("application_id", "race", "sex"),
    "adult_logreg": ("sex", "race", "workclass", "marital_status", "occupation", "native_country"),
    "employment_ma": ("sex", "race", "dis", "schl", "mar", "relp", "cit"),
}


def case(name: str) -> Case:
    """Find a case; without its data the test is skipped, and the summary says so."""
    known = json.loads((ROOT / "tests" / "parity" / "digests.json").read_text())[name]
    folder = REFERENCE_DATA if known["refdata"] else ROOT
    if not folder.is_dir():
        pytest.skip(f"the reference data are not in {folder}: set MODELASSAY_REFDATA")
    roles = ("data", "labels", "reference")
    tables = {role: folder / known[role] for role in roles if known.get(role)}
    return Case(name, ROOT / known["plan"], tables, known["as_of"], known["digest"], _TEXT[name])


@pytest.fixture(params=list(_TEXT))
def each_case(request: pytest.FixtureRequest) -> Case:
    return case(request.param)


@pytest.fixture
def mortgage() -> Case:
    return case("mortgage")
