"""The exceptions of modelassay: one hierarchy, the same problems as on every other surface."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from modelassay._records import Finding
    from modelassay.types import Location, Problem

__all__ = ["DataError", "DossierError", "ModelassayError", "OutcomeError", "PlanError"]


class ModelassayError(Exception):
    """
    Everything that modelassay raises on purpose.

    Parameters
    ----------
    problems : iterable of dict
        What is wrong, at least one: ``code``, ``message``, and where they are known ``hint`` and ``location``.

    Attributes
    ----------
    problems : tuple of dict
        Every problem, in the order of the input; the same JSON on every surface.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__(self.problems)

    @property
    def code(self) -> str:
        """Stable code of the first problem, such as ``column_missing``."""
        return self.problems[0]["code"] if self.problems else "internal"

    @property
    def hint(self) -> str | None:
        """What to do about the first problem."""
        return self.problems[0].get("hint") if self.problems else None

    @property
    def location(self) -> Location:
        """Where the first problem is: ``source``, ``line``, ``column``, ``row``, ``field``, as far as known."""
        return self.problems[0].get("location", {}) if self.problems else {}

    def to_json(self) -> str:
        """Return the problems as JSON: ``{"problems": [...]}``."""
        return json.dumps({"problems": self.problems}, ensure_ascii=False)

    def __str__(self) -> str:
        lines = [f"{len(self.problems)} problems"] if len(self.problems) > 1 else []
        hint = None
        for problem in self.problems:
            # A hint that fits several problems stands once, below the last of them.
            if hint is not None and problem.get("hint") != hint:
                lines.append(f"  hint: {hint}")
            lines.append(_text(problem))
            hint = problem.get("hint")
        if hint is not None:
            lines.append(f"  hint: {hint}")
        return "\n".join(lines)


class PlanError(ModelassayError, ValueError):
    """The plan, or a keyword that stands for one of its keys, is wrong."""


class DossierError(ModelassayError, ValueError):
    """The dossier is wrong."""


class DataError(ModelassayError, ValueError):
    """A table cannot be read, or does not hold what the plan says."""


class OutcomeError(ModelassayError, AssertionError):
    """
    An audit has findings that :meth:`Report.raise_for_outcome` was told not to let pass.

    Attributes
    ----------
    findings : tuple of Finding
        The findings, in the order of the report.
    """

    def __init__(self, verdict: str, findings: Sequence[Finding]) -> None:
        self.findings: tuple[Finding, ...] = tuple(findings)
        super().__init__(())
        self._verdict = verdict

    @property
    def code(self) -> str:
        """The first outcome, such as ``not_met``."""
        return self.findings[0].outcome

    @property
    def hint(self) -> str | None:
        """What to do about the first finding."""
        return self.findings[0].remedy

    def __str__(self) -> str:
        count = len(self.findings)
        lines = [f"{count} finding{'' if count == 1 else 's'} (verdict: {self._verdict})"]
        for finding in self.findings:
            lines.append(f"- {finding.outcome.replace('_', ' ')}: {finding.summary}\n  {finding.id}")
        return "\n".join(lines)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self._verdict, self.findings)


def from_json(text: str) -> BaseException:
    """Make the exception for an error of the engine."""
    problems: list[Problem] = json.loads(text)["problems"]
    if any(problem["code"] == "interrupted" for problem in problems):
        return KeyboardInterrupt()
    if any(problem["code"] == "internal" for problem in problems):
        return ModelassayError(problems)
    if all(problem["code"].startswith("dossier_") for problem in problems):
        return DossierError(problems)
    if all(_is_of_plan(problem) for problem in problems):
        return PlanError(problems)
    return DataError(problems)


def problem(code: str, message: str, hint: str, **location: str | int) -> Problem:
    """Describe one problem that the Python face itself has found."""
    return {"code": code, "message": message, "hint": hint, "location": location}  # type: ignore[typeddict-item]


def some(names: Sequence[str]) -> str:
    """Name the first dozen."""
    most = 12
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")


def unknown(message: str, name: str, known: Sequence[str]) -> Problem:
    """Say that there is no such name, and which are like it."""
    alike = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
    hint = f"did you mean {', '.join(alike)}?" if alike else "there are: " + some(known)
    return problem("plan_invalid_value", message, hint)


def _is_of_plan(problem: Problem) -> bool:
    if problem["code"].startswith("plan_") or problem["code"] == "not_supported":
        return True
    return problem.get("location", {}).get("source") not in ("predictions", "labels", "reference")


def _text(problem: Problem) -> str:
    """Say where and what."""
    location = problem.get("location", {})
    parts = [location.get("source", "")]
    if "line" in location:
        parts.append(f"line {location['line']}" + (f", column {location['column']}" if "column" in location else ""))
    if "row" in location:
        parts.append(f"row {location['row']}")
    parts.append(location.get("field", ""))
    where = ", ".join(part for part in parts if part)
    text = f"{where}: {problem['message']}" if where else problem["message"]
    return f"{text} [{problem['code']}]"
