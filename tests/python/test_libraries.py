"""What other libraries would say: against Fairlearn itself, and against the documented formulas of the others.

MODELASSAY_UPDATE=1 writes the figures into docs/why-libraries-disagree.md; read the difference before you commit it.
"""

from __future__ import annotations

import csv
import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest
from conftest import ROOT

import modelassay
from modelassay import _core
from modelassay._audit import measured

EXAMPLE = ROOT / "examples" / "mortgage"
DOCUMENT = ROOT / "docs" / "why-libraries-disagree.md"
PLAN = EXAMPLE / "plan.yaml"


class Row(NamedTuple):
    """An application: groups, decision and what came true."""

    race: str
    sex: str
    decision: int
    label: int | None


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    with (EXAMPLE / "labels.csv").open() as file:
        labels = {row["application_id"]: int(row["approved"]) for row in csv.DictReader(file)}
    with (EXAMPLE / "predictions.csv").open() as file:
        return [
            Row(row["race"], row["sex"], int(row["decision"] == "approve"), labels.get(row["application_id"]))
            for row in csv.DictReader(file)
        ]


def _compared(name: str) -> dict[str, Any]:
    engine = measured(PLAN, {}, {"labels": None, "predictions": None, "reference": False})
    comparisons: list[dict[str, Any]] = json.loads(engine.compare_libraries(name)[0])
    return comparisons[0]


def _values(name: str, attribute: str, library: str, function: str) -> dict[str, float | None]:
    """Return the values of a function by group; the group is empty where it is about all of them."""
    comparison = _compared(name)
    (place,) = (
        place
        for place, one in enumerate(comparison["definitions"])
        if one["library"] == library and one["function"].split(" ")[0] == function
    )
    (held,) = (held for held in comparison["attributes"] if held["attribute"] == [attribute])
    return {", ".join(group or "" for group in value["group"]): value["value"] for value in held["values"][place]}


def _rate(rows: list[Row], hit: Callable[[Row], bool], base: Callable[[Row], bool]) -> float | None:
    counted = [row for row in rows if base(row)]
    return sum(map(hit, counted)) / len(counted) if counted else None


def _selection(rows: list[Row]) -> float:
    rate = _rate(rows, lambda row: row.decision == 1, lambda row: True)
    assert rate is not None
    return rate


def _tpr(rows: list[Row]) -> float:
    rate = _rate(rows, lambda row: row.decision == 1, lambda row: row.label == 1)
    assert rate is not None
    return rate


def _fpr(rows: list[Row]) -> float:
    rate = _rate(rows, lambda row: row.decision == 1, lambda row: row.label == 0)
    assert rate is not None
    return rate


def _race(rows: list[Row], *races: str) -> list[Row]:
    return [row for row in rows if row.race in races]


def test_formulas_of_the_others_give_the_same(rows: list[Row]) -> None:
    """AIF360, Aequitas, Veritas, holisticai and Local Law 144, written out from their documentation."""
    white, black, hispanic = (_race(rows, race) for race in ("white", "black", "hispanic"))
    others = black + hispanic
    ratio = {"black": _selection(black) / _selection(white), "hispanic": _selection(hispanic) / _selection(white)}
    selected = Counter(row.race for row in rows if row.decision == 1)
    odds = (_tpr(others) - _tpr(white), _fpr(others) - _fpr(white))
    expected: list[tuple[str, str, str, dict[str, float]]] = [
        ("selection_rate_ratio", "aif360", "disparate_impact", {"": _selection(others) / _selection(white)}),
        ("selection_rate_ratio", "aequitas", "pprev_disparity", ratio),
        (
            "selection_rate_ratio",
            "aequitas",
            "ppr_disparity",
            {race: selected[race] / selected["white"] for race in ("black", "hispanic")},
        ),
        ("selection_rate_ratio", "veritas", "disparate_impact", ratio),
        ("selection_rate_ratio", "holisticai", "four_fifths", {race: min(r, 1 / r) for race, r in ratio.items()}),
        # White applicants are the most selected ones.
        ("selection_rate_ratio", "aedt-audit (LL144)", "impact_ratios", ratio),
        (
            "selection_rate_difference",
            "aif360",
            "statistical_parity_difference",
            {"": _selection(others) - _selection(white)},
        ),
        (
            "selection_rate_difference",
            "veritas",
            "demographic_parity",
            {"black": _selection(white) - _selection(black), "hispanic": _selection(white) - _selection(hispanic)},
        ),
        ("average_odds_difference", "aif360", "average_odds_difference", {"": sum(odds) / 2}),
        (
            "average_odds_difference",
            "veritas",
            "equal_odds",
            {
                race: ((_tpr(white) + _fpr(white)) - (_tpr(own) + _fpr(own))) / 2
                for race, own in (("black", black), ("hispanic", hispanic))
            },
        ),
        ("equalized_odds_difference", "aif360", "equalized_odds_difference", {"": max(map(abs, odds))}),
    ]
    for measure, library, function, values in expected:
        assert _values(measure, "race", library, function) == pytest.approx(values, abs=1e-12), (library, function)


@pytest.mark.parametrize("attribute", ["race", "sex"])
def test_fairlearn_gives_the_same(attribute: str, rows: list[Row]) -> None:
    metrics = pytest.importorskip("fairlearn.metrics")
    labelled = [row for row in rows if row.label is not None]

    def call(function: str, rows: list[Row], **options: str) -> float:
        groups = [getattr(row, attribute) or "(missing)" for row in rows]
        truth, decided = [row.label or 0 for row in rows], [row.decision for row in rows]
        return float(getattr(metrics, function)(truth, decided, sensitive_features=groups, **options))

    # Selection needs no label, so it is compared on all rows; the rest on those with a label, as a user would.
    for measure, function, used in (
        ("selection_rate_difference", "demographic_parity_difference", rows),
        ("selection_rate_ratio", "demographic_parity_ratio", rows),
        ("recall_difference", "equal_opportunity_difference", labelled),
        ("recall_ratio", "equal_opportunity_ratio", labelled),
        ("false_positive_rate_difference", "false_positive_rate_difference", labelled),
        ("equalized_odds_difference", "equalized_odds_difference", labelled),
        ("equalized_odds_ratio", "equalized_odds_ratio", labelled),
    ):
        ours = _values(measure, attribute, "fairlearn", function)[""]
        assert ours == pytest.approx(call(function, used), abs=1e-12), function
    for measure, function in (
        ("selection_rate_difference", "demographic_parity_difference"),
        ("selection_rate_ratio", "demographic_parity_ratio"),
    ):
        ours = _values(measure, attribute, "fairlearn (to_overall)", function)[""]
        assert ours == pytest.approx(call(function, rows, method="to_overall"), abs=1e-12), function


def _defects() -> Iterator[str]:
    seen = set()
    for measure in json.loads(_core.measures()):
        for comparison in json.loads(_core.libraries(measure["name"])[0]):
            for one in comparison["definitions"]:
                if "defect" not in one or (one["library"], one["defect"]) in seen:
                    continue
                seen.add((one["library"], one["defect"]))
                functions = f"`{one['function']}`"
                if one["library"] == "aequitas":
                    functions = "every disparity"
                elif one["function"] == "True Positive Rate":
                    functions = "every rate"
                yield f"| {one['library']} | {functions} | {one['defect']} |"


def test_the_document_shows_what_the_engine_says() -> None:
    def table(found: re.Match[str]) -> str:
        text = modelassay.explain(found[1], plan=PLAN)
        (section,) = re.findall(rf"^### Between groups of {found[2]}\n\n(.*?)\n\n", text, re.MULTILINE | re.DOTALL)
        return f"<!-- explain: {found[1]} by {found[2]} -->\n{section}\n<!-- explain: end -->"

    text = DOCUMENT.read_text()
    now = re.sub(r"<!-- explain: (\w+) by (\w+) -->\n.*?<!-- explain: end -->", table, text, flags=re.DOTALL)
    defects = "\n".join(("| library | function | what |", "| --- | --- | --- |", *sorted(_defects())))
    now = re.sub(
        r"(<!-- defects: begin -->\n).*?(<!-- defects: end -->)",
        lambda found: f"{found[1]}{defects}\n{found[2]}",
        now,
        flags=re.DOTALL,
    )
    if os.environ.get("MODELASSAY_UPDATE"):
        DOCUMENT.write_text(now)
    else:
        assert now == text
    assert now.count("| fairlearn |") >= 4
