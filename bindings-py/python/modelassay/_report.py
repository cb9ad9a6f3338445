"""The report of an audit: its verdict, its findings and measures as tables, and its renderings."""

from __future__ import annotations

import difflib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Generic, NamedTuple, TypeVar, cast, overload

from modelassay._errors import ModelassayError, OutcomeError, problem
from modelassay._files import write_atomically

if TYPE_CHECKING:
    from typing import Self

    from modelassay import _core
    from modelassay._core import _Flat
    from modelassay.types import Dimension, Outcome, Severity, Tally
    from modelassay.types import Report as ReportDict

__all__ = ["Criteria", "Criterion", "Finding", "Findings", "Measure", "Measures", "Report", "Verdict"]

#: How ids and tables write the group of rows whose value is missing, and join the parts of an intersection.
_MISSING, _AND = "∅", "&"
_OUTCOMES = ("not_met", "error", "undecided", "not_assessed", "not_applicable", "met")

_Groups = str | int | float | bool | None | Sequence[str | int | float | bool | None]


class Measure(NamedTuple):
    """
    One number with its uncertainty.

    Without an `attribute` it is about the whole table; with an attribute and a `group` about that group; with
    an attribute alone it is a gap between groups. An intersection joins its parts with ``&``; the group of rows
    whose value is missing is ``∅``. `value` is None exactly when `undefined` says why. `n` counts rows and is
    None where a small group is suppressed. `class_name` is the class that is set against the rest, of a model
    of several. `lower` and `upper` are the limits of the two-sided confidence interval of `level` by `method`.
    `at_least` and `at_most` bound the value where scores were too many to keep exactly.
    """

    id: str
    name: str
    convention: str
    table: str
    attribute: str | None
    group: str | None
    reference: str | None
    class_name: str | None
    value: float | None
    lower: float | None
    upper: float | None
    level: float | None
    method: str | None
    n: int | None
    n_effective: float | None
    population: str
    undefined: str | None
    at_least: float | None
    at_most: float | None


class Finding(NamedTuple):
    """
    The answer of one check, about one criterion or group.

    `value`, `lower`, `upper` and `n` are those of the measure that decided. `n_needed` is the number of rows that
    would decide with 80 % power if the estimate persists, `smallest_detectable` the distance from the threshold
    that these rows could have shown. `p_value` is that of "not met", `p_adjusted` and `p_adjusted_bh` the same after
    Holm's and Benjamini and Hochberg's adjustment, `p_equivalence` that of lying between two bounds. `concerned` counts
    rows (people, where a row is a person).
    """

    id: str
    check: str
    title: str
    dimension: Dimension
    outcome: Outcome
    reason: str | None
    severity: Severity
    evidence_class: str
    attribute: str | None
    group: str | None
    reference: str | None
    class_name: str | None
    feature: str | None
    criterion: int | None
    criterion_text: str | None
    measure: str | None
    value: float | None
    lower: float | None
    upper: float | None
    n: int | None
    decided_by: str | None
    p_value: float | None
    p_adjusted: float | None
    p_adjusted_bh: float | None
    p_equivalence: float | None
    n_needed: int | None
    smallest_detectable: float | None
    concerned: int | None
    summary: str
    remedy: str | None


class Criterion(NamedTuple):
    """
    What must hold, and whether it does.

    `criterion` is its place in the plan, from 0. A criterion over many groups stands by its worst group: `worst` is the
    id of that finding and `summary` its words; `findings` counts all of its findings.
    """

    criterion: int
    text: str
    outcome: Outcome
    severity: Severity
    measure: str
    attribute: str | None
    comparator: str
    threshold: float
    threshold_upper: float | None
    rule: str
    source: str | None
    findings: int
    worst: str
    summary: str


class Verdict(str):
    """
    The answer to the whole audit: ``"pass"``, ``"conditional"``, ``"incomplete"`` or ``"fail"``.

    Attributes
    ----------
    reason : str
        Why, in one sentence.
    criteria, findings : dict
        How many there are of each outcome, and in all (``total``).
    """

    __slots__ = ("criteria", "findings", "reason")

    reason: str
    criteria: Tally
    findings: Tally

    def __new__(cls, outcome: str, reason: str, criteria: Tally, findings: Tally) -> Verdict:
        """Make a verdict with its denominators."""
        self = super().__new__(cls, outcome)
        self.reason, self.criteria, self.findings = reason, criteria, findings
        return self

    def __getnewargs__(self) -> tuple[Any, ...]:
        return str(self), self.reason, self.criteria, self.findings

    @property
    def exit_code(self) -> int:
        """What the command line returns: 0 for pass and conditional, 1 for fail, 3 for incomplete."""
        return {"pass": 0, "conditional": 0, "fail": 1}.get(str(self), 3)


_Row = TypeVar("_Row", Measure, Finding, Criterion)


class _Table(Generic[_Row]):
    """
    Rows of a report: a sequence of records, and an Arrow table.

    ``polars.DataFrame(table)``, ``pandas.DataFrame(table)`` and ``pyarrow.table(table)`` work, each without the
    others being installed.
    """

    # Not registered as a Sequence: data frame libraries would then pass over the Arrow interface.
    __slots__ = ("_core", "_places", "_rows")

    _name: ClassVar[_Flat]
    _record: ClassVar[Callable[..., Any]]
    _shown: ClassVar[tuple[str, ...]]

    def __init__(self, core: _core.Report, rows: Sequence[_Row] | None = None, places: list[int] | None = None) -> None:
        self._core = core
        if rows is None:
            rows = [type(self)._record(*row) for row in core.rows(self._name)]
        self._rows: Sequence[_Row] = rows
        self._places = places

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[_Row]:
        return iter(self._rows)

    @overload
    def __getitem__(self, place: int) -> _Row: ...
    @overload
    def __getitem__(self, place: slice) -> Self: ...
    def __getitem__(self, place: int | slice) -> _Row | Self:
        if isinstance(place, slice):
            return self._at(range(len(self))[place])
        return self._rows[place]

    def __contains__(self, row: object) -> bool:
        return row in self._rows

    def __reversed__(self) -> Iterator[_Row]:
        return reversed(self._rows)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, type(self)) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Export the rows through the Arrow PyCapsule interface."""
        return self._core.stream(self._name, self._places, requested_schema)

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (type(self), self._core.json(False), self._places)

    def __repr__(self) -> str:
        most = 20
        lines = [f"{type(self).__name__}: {len(self)} rows"]
        cells: list[list[str]] = [[_cell(getattr(row, name)) for name in self._shown] for row in self._rows[:most]]
        if cells:
            widths = [max(len(text) for text in column) for column in zip(self._shown, *cells, strict=True)]
            for line in [list(self._shown), *cells]:
                lines.append("  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip())
        if len(self) > most:
            lines.append(f"… and {len(self) - most} more")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        most = 60
        cell = "padding:2px 12px 2px 0;text-align:left;vertical-align:top"
        head = "".join(f'<th scope="col" style="{cell}">{_escaped(name)}</th>' for name in self._shown)
        body = "".join(
            "<tr>"
            + "".join(f'<td style="{cell}">{_escaped(_cell(getattr(row, name)))}</td>' for name in self._shown)
            + "</tr>"
            for row in self._rows[:most]
        )
        more = f"<div>… and {len(self) - most} more</div>" if len(self) > most else ""
        return (
            f'<div style="font-variant-numeric:tabular-nums"><div>{len(self)} rows</div>'
            f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}</div>"
        )

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return the rows as plain dictionaries."""
        return [row._asdict() for row in self._rows]

    def where(self, **wanted: Any) -> Self:
        """
        Keep the rows whose columns have the values wanted.

        Parameters
        ----------
        **wanted
            Column and value. A list, tuple or set of values keeps all of them, except for `attribute`, `group` and
            `reference`, where a list or tuple is an intersection. A callable is asked of each value.

        Returns
        -------
        table
            The rows that are left, as the same kind of table.
        """
        columns = self._core.columns(self._name)
        for name in wanted:
            if name not in columns:
                raise ModelassayError([_unlike(f"there is no column '{name}'", name, columns)])
        tests = [(name, _test(name, value)) for name, value in wanted.items()]
        return self._at(
            place for place, row in enumerate(self._rows) if all(test(getattr(row, name)) for name, test in tests)
        )

    def _at(self, places: Any) -> Self:
        places = list(places)
        of_all = places if self._places is None else [self._places[place] for place in places]
        return type(self)(self._core, [self._rows[place] for place in places], of_all)


class Measures(_Table[Measure]):
    """Every measure of an audit."""

    __slots__ = ()
    _name = "measures"
    _record = Measure
    _shown = ("name", "convention", "table", "attribute", "group", "value", "lower", "upper", "n", "undefined")

    def get(
        self,
        name: str,
        *,
        attribute: str | Sequence[str] | None = None,
        group: _Groups = None,
        convention: str | None = None,
        reference: _Groups = None,
        class_name: str | int | float | bool | None = None,
        table: str = "predictions",
    ) -> Measure:
        """
        Return one measure.

        Parameters
        ----------
        name : str
            Its name, such as ``"selection_rate"``.
        attribute : str or sequence of str, optional
            Protected attribute, or the attributes of an intersection; without it, the whole table.
        group : optional
            Value of the attribute, or one for each attribute; ``"∅"`` is the group of rows where it is missing.
        convention : str, optional
            Named definition, where a measure has several.
        reference : optional
            The group it is compared with, where there are several.
        class_name : optional
            One class against the rest, of a model of several; without it, the model as a whole.
        table : {"predictions", "reference"}
            The table it was measured on.

        Returns
        -------
        Measure

        Raises
        ------
        ModelassayError
            There is no such measure, or there are several; ``hint`` says which.
        """
        wanted: dict[str, Any] = {"name": name, "table": table, "attribute": attribute, "class_name": class_name}
        if group is not None:
            wanted["group"] = group
        if convention is not None:
            wanted["convention"] = convention
        if reference is not None:
            wanted["reference"] = reference
        found = self.where(**wanted)
        if len(found) == 1:
            return found[0]
        if found:
            ids = [measure.id for measure in found]
            hint = "add `group=` or `convention=`: " + _some(ids)
            raise ModelassayError([problem("plan_invalid_value", f"{len(ids)} measures fit '{name}'", hint)])
        named = [measure for measure in self if measure.name == name]
        if named:
            hint = "there are: " + _some([measure.id for measure in named])
            raise ModelassayError([problem("plan_invalid_value", f"no such '{name}' was measured", hint)])
        names = list(dict.fromkeys(measure.name for measure in self))
        raise ModelassayError([_unlike(f"no measure '{name}' is in the report", name, names)])


class Findings(_Table[Finding]):
    """Every answer of an audit, in the order of the report."""

    __slots__ = ()
    _name = "findings"
    _record = Finding
    _shown = ("outcome", "severity", "check", "attribute", "group", "value", "lower", "upper", "n", "reason")

    def get(self, id: str) -> Finding:
        """Return the finding with this id."""
        for finding in self:
            if finding.id == id:
                return finding
        raise ModelassayError([_unlike(f"there is no finding '{id}'", id, [finding.id for finding in self])])


class Criteria(_Table[Criterion]):
    """The acceptance criteria of the plan, in its order, each with its outcome."""

    __slots__ = ()
    _name = "criteria"
    _record = Criterion
    _shown = ("outcome", "severity", "text", "findings")


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
        that are not met or in error.

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
                raise ModelassayError([_unlike(f"there is no outcome '{outcome}'", outcome, _OUTCOMES)])
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
        return _restored, (Report, self._core.json(False), None)

    def _table(self, kind: type[_AnyTable]) -> _AnyTable:
        if kind not in self._tables:
            self._tables[kind] = kind(self._core)
        return cast("_AnyTable", self._tables[kind])


def _restored(kind: type, text: str, places: list[int] | None) -> Any:
    """Unpickle."""
    from modelassay import _core

    core = _core.Report.from_json(text)
    if kind is Report:
        return Report(core)
    whole = kind(core)
    return whole if places is None else whole._at(places)


def _returned_or_written(text: str, path: str | os.PathLike[str] | None) -> str | None:
    if path is None:
        return text
    write_atomically({path: text})
    return None


def _test(column: str, wanted: Any) -> Callable[[Any], bool]:
    if callable(wanted):
        return cast("Callable[[Any], bool]", wanted)
    if column in ("attribute", "group", "reference", "class_name"):
        parts = wanted if isinstance(wanted, list | tuple) else [wanted]
        alone = wanted is None
        text = None if alone else _AND.join(_MISSING if part is None else _text(part) for part in parts)
        return lambda value: value == text
    if isinstance(wanted, list | tuple | set | frozenset):
        return lambda value: value in wanted
    return lambda value: value == wanted


def _text(value: Any) -> str:
    """Write a group as the report does: true and false in small letters, whole numbers without a point."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _cell(value: Any) -> str:
    if value is None:
        return "-"
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _tally(tally: Tally, one: str, many: str) -> str:
    parts = [
        f"{tally[outcome]} {outcome.replace('_', ' ')}"
        for outcome in ("met", "not_met", "undecided", "not_assessed", "error")
        if tally[outcome]
    ]
    total = f"{tally['total']} {one if tally['total'] == 1 else many}"
    return f"{total} ({', '.join(parts)})" if parts else total


def _some(names: Sequence[str]) -> str:
    most = 12
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")


def _unlike(message: str, name: str, known: Sequence[str]) -> Any:
    alike = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
    hint = f"did you mean {', '.join(alike)}?" if alike else "there are: " + _some(known)
    return problem("plan_invalid_value", message, hint)
