"""What there is to know without data: the checks, their documentation, schemas, a first plan."""

from __future__ import annotations

import difflib
import json
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from modelassay import _core
from modelassay._audit import measured
from modelassay._errors import ModelassayError, problem

if TYPE_CHECKING:
    from modelassay._inputs import Table

__all__ = ["Check", "Explanation", "checks", "draft_plan", "explain", "schema"]


class Check(NamedTuple):
    """A check: one question put to a model's predictions, data or groups."""

    id: str
    title: str
    dimension: str
    severity: str
    needs: tuple[str, ...]
    evidence_class: str
    since: str
    remedy: str
    doc: str


class Explanation(str):
    """Documentation in Markdown; a notebook shows it as such."""

    __slots__ = ()

    def _repr_markdown_(self) -> str:
        return str(self)


def checks() -> list[Check]:
    """
    List every check, in the order of reports.

    Returns
    -------
    list of Check
        Id, title, what it needs (``labels``, ``decisions``, ``scores``, ``groups``…) and its documentation.
    """
    return [Check(**{**check, "needs": tuple(check["needs"])}) for check in json.loads(_core.checks())]


def explain(
    name: str,
    data: Table | None = None,
    *,
    plan: str | os.PathLike[str] | Mapping[str, Any] | None = None,
    labels: Table | Literal[False] | None = None,
) -> Explanation:
    """
    Explain a check or a measure; a gap between groups also as other libraries compute it.

    Parameters
    ----------
    name : str
        Id of a check, such as ``fairness/selection-rate-ratio``, or name of a measure, such as ``recall``; other
        names that the field uses for a measure are known too.
    data : path, data frame, Arrow stream or mapping of arrays, optional
        Predictions on which to compare the libraries; those that the plan names by default.
    plan : path, str or mapping, optional
        The plan that says what their columns are. With it, every library's number is worked out on the data.
    labels : like `data`, optional
        Labels that came later. False leaves out the table that the plan names.

    Returns
    -------
    Explanation
        Its documentation, in Markdown: a str that a notebook shows as a text.

    Raises
    ------
    ModelassayError
        There is neither a check nor a measure of that name; ``hint`` offers what is alike. Or the plan or a table is
        wrong.
    """
    text = _documentation(name)
    known = name if "/" in name else name.replace("-", "_")
    if plan is None:
        if data is not None or labels is not None:
            hint = 'name the plan that says what the columns are: `plan="plan.yaml"`, or --plan FILE'
            raise ModelassayError([problem("plan_missing_key", "data cannot be explained without a plan", hint)])
        _, libraries = _core.libraries(known)
    else:
        engine = measured(plan, {}, {"labels": labels, "predictions": data, "reference": False})
        _, libraries = engine.compare_libraries(known)
    return Explanation(f"{text}\n{libraries}" if libraries else text)


def _documentation(name: str) -> str:
    every = checks()
    for check in every:
        if check.id == name:
            return _of_check(check)
    measures: list[dict[str, Any]] = json.loads(_core.measures())
    for measure in measures:
        if name.replace("-", "_") in (measure["name"], *measure["aliases"]):
            return _of_measure(measure, every)
    known = [check.id for check in every]
    for measure in measures:
        known += [measure["name"], *measure["aliases"]]
    alike = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
    hint = f"did you mean {', '.join(alike)}?" if alike else "`modelassay checks` lists the checks"
    raise ModelassayError([problem("plan_invalid_value", f"there is no check or measure '{name}'", hint)])


def schema(name: Literal["findings", "plan", "error"] | str = "findings") -> str:
    """
    Return a JSON Schema (2020-12) of what modelassay reads or writes.

    Parameters
    ----------
    name : {"findings", "plan", "error"}
        Of a report, a plan, or an error.

    Returns
    -------
    str
        The schema, as JSON.
    """
    text = _core.schema(name)
    if text is None:
        raise ModelassayError(
            [problem("plan_invalid_value", f"there is no schema '{name}'", "there are: findings, plan, error")]
        )
    return text


def draft_plan(data: str | os.PathLike[str], *, name: str | None = None) -> str:
    """
    Write a first plan for a table: roles guessed from its columns, every key explained, no criteria set.

    Parameters
    ----------
    data : path
        A CSV, Parquet or Arrow IPC file; only its first rows are looked at.
    name : str, optional
        How the plan calls the file; its path by default.

    Returns
    -------
    str
        The plan, in YAML.
    """
    path = os.fspath(data)
    return _core.draft_plan(path, path if name is None else name)


def _of_check(check: Check) -> str:
    needs = ", ".join(need.replace("_", " ") for need in check.needs) or "nothing but predictions"
    facts = f"{check.id}: {check.dimension}, severity {check.severity}, since {check.since}. Needs: {needs}."
    doc = "\n".join(f"#{line}" if line.startswith("# ") else line for line in check.doc.strip().splitlines())
    return f"# {check.title}\n\n{facts}\n\n{doc}\n"


def _of_measure(measure: dict[str, Any], every: list[Check]) -> str:
    facts = [f"Name in a plan: `{measure['name']}`"]
    if measure["aliases"]:
        facts.append("Also known as: " + ", ".join(f"`{alias}`" for alias in measure["aliases"]))
    facts.append("Of models that are: " + ", ".join(measure["tasks"]))
    if measure["needs"]:
        facts.append("Needs: " + ", ".join(need.replace("_", " ") for need in measure["needs"]))
    facts.append("Models: " + ", ".join(measure["tasks"]))
    if whole := measure["classes"]["whole"]:
        facts.append("Of several classes as a whole: " + ", ".join(f"`{convention}`" for convention in whole))
    if len(measure["conventions"]) > 1:
        facts.append("Conventions: " + ", ".join(f"`{convention}`" for convention in measure["conventions"]))
    for check in every:
        if check.id.rpartition("/")[2] == measure["name"].replace("_", "-"):
            facts.append(f"Judged by: `{check.id}`")
    text = "".join(f"- {fact}\n" for fact in facts)
    return f"# {measure['title']}\n\n{measure['definition']}\n\n{text}"
