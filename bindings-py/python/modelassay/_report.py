"""The report of an audit: its verdict, its tables, and its renderings."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any, TypeVar, cast, overload

from modelassay._errors import ModelassayError, OutcomeError, unknown
from modelassay._files import write_atomically
from modelassay._tables import Criteria, Findings, Measures
from modelassay._verdict import Verdict

if TYPE_CHECKING:
    from modelassay import _core
    from modelassay.types import Outcome, Tally
    from modelassay.types import Report as ReportDict

__all__ = ["Report"]

_OUTCOMES = ("not_met", "error", "undecided", "not_assessed", "not_applicable", "met")
_AnyTable = TypeVar("_AnyTable", Measures, Findings, Criteria)


class Report:
    """
    A finished audit.

    Made by :func:`modelassay.audit`. Nothing about it changes, and it renders without computing anything.
    """

    __slots__ = ("_core", "_tables")

    def __init__(self, core: _core.Report) -> None:
        self._core = core
        self._tables: dict[type, Any] = {}

    @property
    def verdict(self) -> Verdict:
        """The answer to the whole audit, with its denominators."""
        verdict = json.loads(self._core.verdict())
        return Verdict(verdict["outcome"], verdict["reason"], verdict["criteria"], verdict["findings"])

    @property
    def criteria(self) -> Criteria:
        """The acceptance criteria, each with its outcome."""
        return self._table(Criteria)

    @property
    def findings(self) -> Findings:
        """Every answer, criteria first."""
        return self._table(Findings)

    @property
    def measures(self) -> Measures:
        """Every number."""
        return self._table(Measures)

    @property
    def digest(self) -> str:
        """SHA-256 of everything that was computed, in hexadecimal; how the bytes came in is not part of it."""
        return self._core.digest

    @overload
    def to_json(self, path: None = None, *, indent: bool = False) -> str: ...
    @overload
    def to_json(self, path: str | os.PathLike[str], *, indent: bool = False) -> None: ...
    def to_json(self, path: str | os.PathLike[str] | None = None, *, indent: bool = False) -> str | None:
        """
        Return the report as JSON, or write it to a file.

        Parameters
        ----------
        path : path, optional
            Written whole or not at all.
        indent : bool
            Whether to break lines for people.

        Returns
        -------
        str or None
            The JSON (schema: ``modelassay schema findings``), unless it was written to a file.
        """
        return _returned_or_written(self._core.json(indent), path)

    @overload
    def to_html(self, path: None = None) -> str: ...
    @overload
    def to_html(self, path: str | os.PathLike[str]) -> None: ...
    def to_html(self, path: str | os.PathLike[str] | None = None) -> str | None:
        """
        Return the report as one self-contained HTML page, or write it to a file.

        Parameters
        ----------
        path : path, optional
            Written whole or not at all.

        Returns
        -------
        str or None
            The page, unless it was written to a file.
        """
        return _returned_or_written(self._core.html(), path)

    def to_text(self, *, width: int = 100, colour: bool = False) -> str:
        """
        Return the summary that the command line prints.

        Parameters
        ----------
        width : int
            Columns of the terminal.
        colour : bool
            Whether to use the escape sequences of terminals.

        Returns
        -------
        str
            About thirty lines.
        """
        return self._core.terminal(colour, width)

    def to_dict(self) -> ReportDict:
        """Return the report as plain dictionaries and lists; their types are in ``modelassay.types``."""
        return cast("ReportDict", json.loads(self._core.json(False)))

    def raise_for_outcome(self, *outcomes: Outcome) -> None:
        """
        Raise when a finding has one of these outcomes.

        What counts is what the verdict counts: findings that judge a criterion, whatever their outcome, and others
        that are not met or in error. What an exception of the dossier allows for a time does not.

        Parameters
        ----------
        *outcomes : str
            ``"not_met"`` (the default), ``"undecided"``, ``"not_assessed"``, ``"error"``…

        Raises
        ------
        OutcomeError
            It lists the findings. It is an AssertionError too, so that a test fails with their sentences.

        Examples
        --------
        >>> report.raise_for_outcome("not_met", "undecided")  # doctest: +SKIP
        """
        wanted = outcomes or ("not_met",)
        for outcome in wanted:
            if outcome not in _OUTCOMES:
                raise ModelassayError([unknown(f"there is no outcome '{outcome}'", outcome, _OUTCOMES)])
        findings = self.findings
        counting = (findings[place] for place in self._core.counting())
        if found := [finding for finding in counting if finding.outcome in wanted]:
            raise OutcomeError(self.verdict, found)

    def __repr__(self) -> str:
        verdict = self.verdict
        criteria = _tally(verdict.criteria, "criterion", "criteria")
        return f"<Report {verdict}: {criteria}; {_tally(verdict.findings, 'finding', 'findings')}; {self.digest[:12]}>"

    def _repr_html_(self) -> str:
        return self._core.notebook()

    def __eq__(self, other: object) -> bool:
        return self.digest == other.digest if isinstance(other, Report) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.digest)

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (self._core.json(False),)

    def _table(self, kind: type[_AnyTable]) -> _AnyTable:
        if kind not in self._tables:
            self._tables[kind] = kind(self._core)
        return cast("_AnyTable", self._tables[kind])


def _restored(text: str) -> Report:
    """Unpickle."""
    from modelassay import _core

    return Report(_core.Report.from_json(text))


def _returned_or_written(text: str, path: str | os.PathLike[str] | None) -> str | None:
    if path is None:
        return text
    write_atomically({path: text})
    return None


def _tally(tally: Tally, one: str, many: str) -> str:
    parts = [
        f"{tally[outcome]} {outcome.replace('_', ' ')}"
        for outcome in ("met", "not_met", "undecided", "not_assessed", "error")
        if tally[outcome]
    ]
    total = f"{tally['total']} {one if tally['total'] == 1 else many}"
    return f"{total} ({', '.join(parts)})" if parts else total
